package gradtest

import (
	"fmt"
	"slices"

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
