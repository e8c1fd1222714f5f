package gradtest

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// emulatorWindow is the sliding window of the embedded emulator: the shortest that its headers can express, so that a
// sweep that would take minutes takes seconds.
const emulatorWindow = time.Second

// emulation is an emulator of this process with the evidence kept of it.
type emulation struct {
	server *rctest.Server
	store  ledger.Store
	gate   window.Gate

	once  sync.Once
	token *remembering
}

// share makes the token source of the first session that of all: the emulator, like the platform, keeps only a few
// sessions of a user.
func (e *emulation) share(first *remembering) *remembering {
	e.once.Do(func() { e.token = first })
	return e.token
}

// emulations are shared by the tests of a process: the evidence that an app's unit tests leave is found by its suite,
// as it is with a real server and the ledger's directory. They end with the process.
var emulations struct {
	sync.Mutex
	byApp map[string]*emulation
}

// embedded is the emulator of an app, started when it is first asked for.
func embedded(a App) (*emulation, error) {
	scopes := slices.Clone(a.Scopes)
	slices.Sort(scopes)
	key := a.name() + "\x00" + fmt.Sprint(scopes)

	emulations.Lock()
	defer emulations.Unlock()
	if e := emulations.byApp[key]; e != nil {
		return e, nil
	}
	server, err := rctest.Start(rctest.Config{Scopes: scopes, Window: emulatorWindow})
	if err != nil {
		return nil, fmt.Errorf("gradtest: the embedded emulator does not start: %w", err)
	}
	e := &emulation{server: server, store: ledger.NewMemory(), gate: window.NewMemory(compressed())}
	if emulations.byApp == nil {
		emulations.byApp = make(map[string]*emulation)
	}
	emulations.byApp[key] = e
	return e, nil
}

// compressed are the platform's limits over the embedded emulator's window.
func compressed() map[string]window.Limit {
	all := limits()
	for group, l := range all {
		l.Per, l.Penalty = emulatorWindow, emulatorWindow
		all[group] = l
	}
	return all
}
