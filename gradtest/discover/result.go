package discover

import (
	"cmp"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Result is what [Scan] found, each list ordered by file and line.
type Result struct {
	Calls          []Call        // of operations in the catalogue
	Authorizations []Call        // token, revoke and other OAuth requests, which count for no endpoint
	Unresolved     []Unresolved  // calls of the platform of which something is not known
	Unknown        []Unknown     // calls of the platform that the catalogue lacks
	Apps           []App         // what the scanned code declares as a gradtest.App
	Steps          []Declaration // operations that a suite calls for its endpoints, as with gradtest.FromList
	Runs           []Place       // where the scanned code runs an App, such as calls of gradtest.Run
	Ignores        []Ignore      // comments //gradtest:ignore, which accept a finding
	Notes          []string      // what could not be scanned, one sentence each
}

// Place is a position in the scanned code.
type Place struct {
	Package string // import path
	Root    string // the folder of its module
	File    string // relative to Root, with slashes
	Line    int
	Reach   Reach
	Via     string   // the function that sends, such as net/http.NewRequest
	Why     []string // the functions from main, a handler or a test to the function that sends, the outermost first
}

// Call is a place at which the code calls an operation.
type Call struct {
	Place
	Operation rcapi.Operation
}

// Unresolved is a place at which the code calls the platform, but which operation is not known.
type Unresolved struct {
	Place
	Method string   // empty: not known
	Path   string   // with {} for what is not known
	Reason string   // why it is not known
	Could  []string // operations that it could be
}

// Unknown is a place at which the code calls an operation that the catalogue lacks.
type Unknown struct {
	Place
	Method  string
	Path    string
	Nearest string // the ID of the operation most similar to it
	Parse   string // Go source of the operation, to paste into an App
}

// Reach says which code leads to a call.
type Reach string

// The reaches, in the order of their weight.
const (
	Production Reach = "production" // main, an init function, a handler or the exported API of a library
	TestOnly   Reach = "test-only"  // only tests
	Dead       Reach = "dead"       // nothing
)

func (r Reach) weight() int { return slices.Index([]Reach{Production, TestOnly, Dead}, r) }

func byPlace(a, b Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Root, b.Root))
}

func (r *Result) sort() {
	calls := func(a, b Call) int {
		return cmp.Or(byPlace(a.Place, b.Place), cmp.Compare(a.Operation.ID, b.Operation.ID))
	}
	slices.SortFunc(r.Calls, calls)
	slices.SortFunc(r.Authorizations, calls)
	slices.SortFunc(r.Unresolved, func(a, b Unresolved) int {
		return cmp.Or(byPlace(a.Place, b.Place), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	slices.SortFunc(r.Unknown, func(a, b Unknown) int {
		return cmp.Or(byPlace(a.Place, b.Place), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
}
