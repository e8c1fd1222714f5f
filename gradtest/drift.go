package gradtest

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The differences between what an App declares and what is called, as notes of the sessions of Start and Open. Reports
// have the same, but without the lines of code, and such a session prints no report. Package drift finds them in the
// source.

// undeclaredNote says that a call is of an operation that the App does not declare; empty: it is, or the call is the
// suite's own or an authorization request.
func (a App) undeclaredNote(r ledger.Record) string {
	if r.Kind != ledger.Done || r.OAuth || r.Fault || r.Endpoint != "" || r.Method == "" {
		return ""
	}
	called := rcapi.Operation{ID: r.Op, Method: r.Method, Path: r.Path}
	if slices.ContainsFunc(a.Endpoints, func(e Endpoint) bool { return same(e.Op, called) }) {
		return ""
	}
	op, known := rcapi.Lookup(r.Op)
	if !known {
		op = called
	}
	where := "through the gateway"
	if r.Site != "" {
		where = "at " + r.Site
	}
	text := fmt.Sprintf("Not declared: %s is called %s, but App.Endpoints does not have it: add {Op: %s}", op, where, op.GoString())
	if op.Scope != "" && !declares(withIncluded(a.Scopes), op.Scope) {
		text += fmt.Sprintf(", and %s to App.Scopes", op.Scope.GoString())
	}
	return text + ", or stop calling it."
}

func same(a, b rcapi.Operation) bool { return a.Method == b.Method && a.Path == b.Path }

// uncalled returns the declared operations that no record is of.
func (a App) uncalled(records []ledger.Record) (ops []rcapi.Operation) {
	for _, e := range a.called() {
		if !slices.ContainsFunc(records, func(r ledger.Record) bool {
			return r.Kind == ledger.Done && same(e.Op, rcapi.Operation{Method: r.Method, Path: r.Path})
		}) {
			ops = append(ops, e.Op)
		}
	}
	return ops
}

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

// noteUncalled notes what nothing has called yet, once for each operation, when the last session of the process ends that
// is open at the time. It says nothing where calls are missing for another reason: the session made none, its test
// failed, or -run selects tests.
func (s *Session) noteUncalled() {
	if s.ended.Swap(true) || !sessionEnds(s.s.target.Scope) || !s.s.local.reached() ||
		s.tb != nil && (s.tb.Failed() || s.tb.Skipped()) || selected() {
		return
	}
	records, err := s.s.load(context.Background())
	if err != nil {
		return // the next verdict reports it
	}
	var ids []string
	for _, op := range s.s.app.uncalled(records) {
		if s.s.progress.first("uncalled " + op.String()) {
			ids = append(ids, op.ID)
		}
	}
	if len(ids) > 0 {
		s.s.progress.once("Declared, and not called so far: " + strings.Join(ids, ", ") +
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
