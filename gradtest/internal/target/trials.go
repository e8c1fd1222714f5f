package target

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// trials are shared by all sessions of a process that send the same tokens.
var trials struct {
	sync.Mutex
	byScope map[string]*wire.Trials
}

func trialsOf(scope string) *wire.Trials {
	trials.Lock()
	defer trials.Unlock()
	if trials.byScope == nil {
		trials.byScope = make(map[string]*wire.Trials)
	}
	t := trials.byScope[scope]
	if t == nil {
		t = new(wire.Trials)
		trials.byScope[scope] = t
	}
	return t
}

// scope names the server and the evidence, within which a token is one and the same. A store without a place of its
// own is known by its address.
func (t *Target) scope() string {
	scope := t.URL + "\x00" + t.Credentials.ClientID + "\x00" + t.Evidence
	if t.Evidence == "" {
		if v := reflect.ValueOf(t.Store); v.Kind() == reflect.Pointer {
			scope += fmt.Sprintf("%x", v.Pointer())
		}
	}
	return scope
}

// LimitInFlight sets how many calls may be in flight with one token, in all sessions of this process with the same
// server and evidence; zero: any number.
func (t *Target) LimitInFlight(n int) { trialsOf(t.Scope).Limit(n) }
