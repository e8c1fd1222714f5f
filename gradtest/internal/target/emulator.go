package target

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// emulatorWindow is the sliding window of the embedded emulator: the shortest that its headers can express, so that a
// sweep takes seconds instead of minutes.
const emulatorWindow = time.Second

// embedded is an emulator in this process, with the evidence kept of it. The lock of emulators guards its fields.
type embedded struct {
	served
	store ledger.Store
	gate  window.Gate

	sessions int // open now; without one the emulator keeps its state but serves nothing
	token    *issuedTokens
	idle     func() // closes the connections of the token source
}

// served is an emulator that serves.
type served struct {
	url         string
	credentials Credentials
	stop        func()
	declare     func(...rcapi.Operation)                                 // adds operations that the catalogue lacks
	again       func(url string) (newURL string, stop func(), err error) // after stop
}

// share returns the token source of the first session to all others: the emulator, like the platform, keeps only a few
// login sessions per user. idle closes the connections of first.
func (e *embedded) share(first *issuedTokens, idle func()) *issuedTokens {
	emulators.Lock()
	defer emulators.Unlock()
	if e.token == nil {
		e.token, e.idle = first, idle
	}
	return e.token
}

// leave ends one session.
func (e *embedded) leave() {
	emulators.Lock()
	defer emulators.Unlock()
	if e.sessions--; e.sessions > 0 {
		return
	}
	if e.idle != nil {
		e.idle()
	}
	e.stop()
}

// join begins one session.
func (e *embedded) join() error {
	if e.sessions == 0 {
		url, stop, err := e.again(e.url)
		if err != nil {
			return err
		}
		if url != e.url {
			e.url, e.token = url, nil // the token source has the former address
		}
		e.stop = stop
	}
	e.sessions++
	return nil
}

// emulators are shared by the tests of a process. An app's suite finds the evidence of its unit tests there, as it does
// in the ledger directory with a real server. They serve while a session is open, and keep their state.
var emulators struct {
	sync.Mutex
	byApp map[string]*embedded
}

// emulatorOf returns the emulator of an app and starts it on first use. leave ends the use.
func emulatorOf(cfg Config) (*embedded, error) {
	scopes := slices.Clone(cfg.Scopes)
	slices.Sort(scopes)
	key := cfg.Name + "\x00" + fmt.Sprint(scopes)

	emulators.Lock()
	defer emulators.Unlock()
	if e := emulators.byApp[key]; e != nil {
		e.declare(cfg.Operations...)
		return e, e.join()
	}
	store := ledger.NewMemory()
	e := &embedded{store: store, gate: store.Gate(emulatorLimits()), sessions: 1}
	var err error
	if e.served, err = startEmulator(scopes); err != nil {
		return nil, err
	}
	e.declare(cfg.Operations...)
	if emulators.byApp == nil {
		emulators.byApp = make(map[string]*embedded)
	}
	emulators.byApp[key] = e
	return e, nil
}
