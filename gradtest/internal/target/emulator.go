package target

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// emulatorWindow is the sliding window of the embedded emulator: the shortest that its headers can express, so that a
// sweep takes seconds instead of minutes.
const emulatorWindow = time.Second

// embedded is an emulator in this process, with the evidence kept of it.
type embedded struct {
	url         string
	credentials Credentials
	store       ledger.Store
	gate        window.Gate

	once  sync.Once
	token *issuedTokens
}

// share returns the token source of the first session to all others: the emulator, like the platform, keeps only a few
// login sessions per user.
func (e *embedded) share(first *issuedTokens) *issuedTokens {
	e.once.Do(func() { e.token = first })
	return e.token
}

// emulators are shared by the tests of a process. An app's suite finds the evidence of its unit tests there, as it does
// in the ledger directory with a real server. They end with the process.
var emulators struct {
	sync.Mutex
	byApp map[string]*embedded
}

// emulatorOf returns the emulator of an app and starts it on first use.
func emulatorOf(cfg Config) (*embedded, error) {
	scopes := slices.Clone(cfg.Scopes)
	slices.Sort(scopes)
	key := cfg.Name + "\x00" + fmt.Sprint(scopes)

	emulators.Lock()
	defer emulators.Unlock()
	if e := emulators.byApp[key]; e != nil {
		return e, nil
	}
	store := ledger.NewMemory()
	e := &embedded{store: store, gate: store.Gate(emulatorLimits())}
	var err error
	if e.url, e.credentials, err = startEmulator(scopes); err != nil {
		return nil, err
	}
	if emulators.byApp == nil {
		emulators.byApp = make(map[string]*embedded)
	}
	emulators.byApp[key] = e
	return e, nil
}
