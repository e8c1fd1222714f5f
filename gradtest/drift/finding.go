package drift

import (
	"fmt"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Kind says what a finding is about.
type Kind string

// The kinds of findings.
const (
	Undeclared   Kind = "undeclared"    // code calls an operation that no App declares
	Uncalled     Kind = "uncalled"      // an App declares an operation that nothing calls
	MissingScope Kind = "missing-scope" // App.Scopes lacks a scope that an operation needs
	BadIgnore    Kind = "bad-ignore"    // a comment that accepts nothing, or gives no reason
	Unresolved   Kind = "unresolved"    // a call or a declaration that is known only when the program runs; fails nothing
)

// Kinds returns all kinds with what they mean, for the rules of a report.
func Kinds() map[Kind]string {
	return map[Kind]string{
		Undeclared:   "The code calls an operation that no App declares.",
		Uncalled:     "An App declares an operation that nothing calls.",
		MissingScope: "App.Scopes lacks a scope that an operation needs.",
		BadIgnore:    "A gradtest:ignore comment accepts nothing or gives no reason.",
		Unresolved:   "A call or declaration is known only when the program runs.",
	}
}

// Finding is one difference between what is declared and what is called.
type Finding struct {
	discover.Place // of the call, the endpoint, App.Scopes or the comment

	Kind      Kind
	App       string           // the name of the App; empty: it has none, or the finding is about no App
	Operation rcapi.Operation  // the zero Operation: about none
	Scope     rcapi.Scope      // empty: about none
	Message   string           // what is wrong, without the place
	Fix       string           // what to do
	Paste     string           // the line of Go to paste; empty: none
	Others    []discover.Place // further calls of the same operation
	Accepted  string           // the reason of the comment that accepts it; empty: not accepted
}

// Fails reports whether the finding is an error: neither accepted nor unresolved.
func (f Finding) Fails() bool { return f.Kind != Unresolved && f.Accepted == "" }

// Text returns message and fix as one line.
func (f Finding) Text() string {
	text := f.Message
	if n := len(f.Others); n > 0 {
		places := make([]string, 0, 3)
		for _, p := range f.Others[:min(n, 3)] {
			places = append(places, fmt.Sprintf("%s:%d", p.File, p.Line))
		}
		text += " (also at " + strings.Join(places, ", ")
		if n > 3 {
			text += fmt.Sprintf(" and %d more", n-3)
		}
		text += ")"
	}
	if f.Fix != "" {
		text += ": " + f.Fix
	}
	if f.Paste != "" {
		text += ": " + f.Paste
	}
	return text
}

// String returns the finding as go vet prints it.
func (f Finding) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text()) }
