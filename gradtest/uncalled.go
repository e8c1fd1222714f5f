package gradtest

import (
	"context"
	"flag"
	"strings"
	"sync"
	"testing"
)

// open counts the sessions of Start and Open by the scope of their target.
var open struct {
	sync.Mutex
	sessions map[string]int
}

func sessionOpens(scope string) {
	open.Lock()
	defer open.Unlock()
	if open.sessions == nil {
		open.sessions = make(map[string]int)
	}
	open.sessions[scope]++
}

// sessionEnds reports whether it was the last one.
func sessionEnds(scope string) bool {
	open.Lock()
	defer open.Unlock()
	open.sessions[scope]--
	return open.sessions[scope] == 0
}

// noteUncalled notes what nothing has called yet, once for each operation, when the last session of the process ends
// that is open at the time. It says nothing where calls are missing for another reason: the session made none, its test
// failed, or -run selects tests.
//
// tb is the session's test; nil: it has none.
func (s *session) noteUncalled(tb testing.TB) {
	if !sessionEnds(s.target.Scope) || !s.local.reached() || tb != nil && (tb.Failed() || tb.Skipped()) || selected() {
		return
	}
	records, err := s.load(context.Background())
	if err != nil {
		return // the next verdict reports it
	}
	var ids []string
	for _, op := range s.app.uncalled(records) {
		if s.progress.first("uncalled " + op.String()) {
			ids = append(ids, op.ID)
		}
	}
	if len(ids) > 0 {
		s.progress.once("Declared, and not called so far: " + strings.Join(ids, ", ") +
			". gradtest.Run calls what is missing; remove from App.Endpoints what the app does not call any more.")
	}
}

// selected reports whether the command line selects tests.
func selected() bool {
	for _, name := range []string{"test.run", "test.skip"} {
		if f := flag.Lookup(name); f != nil && f.Value.String() != "" {
			return true
		}
	}
	return false
}
