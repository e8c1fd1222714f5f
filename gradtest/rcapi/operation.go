package rcapi

import (
	"fmt"
	"strings"
)

// Operation is one operation of the platform: one of its public specification (the variables of this package, such as
// [ReadUserCallLog]) or one that an app declares with [Parse]. Its facts are those of the newest edition that has it;
// for those of another see [Operation.At].
//
// Treat the variables of this package as constants: neither they nor the slices of any Operation may be changed.
// Reading them is safe for concurrent use.
type Operation struct {
	ID            string   // operationId of the specification; of a parsed operation, its pattern
	Method        string   // upper case
	Path          string   // template, such as /restapi/v1.0/account/{accountId}
	Group         Group    // usage-plan group; empty: not known, see Operation.Groups
	Scope         Scope    // app scope it needs; empty: none
	Permission    string   // user permission it needs, "A OR B" for alternatives; empty: none
	Success       []int    // documented statuses from 200 to 399, ascending
	ContentTypes  []string // request content types, sorted; nil: no body
	PathParams    []string // names in the order of the path
	RequiredQuery []string // names of required query parameters, sorted
	Deprecated    bool     // the platform advises against it

	editions uint8 // a bit for each edition that has it; zero: the catalogue lacks it
	changed  uint8 // a bit for each edition that differs
}

// In returns o in usage-plan group g.
func (o Operation) In(g Group) Operation { o.Group = g; return o }

// Needs returns o with app scope s.
func (o Operation) Needs(s Scope) Operation { o.Scope = s; return o }

// OAuth reports whether the operation is an authorization request (token, revoke, authorize, user info, discovery,
// …), which never counts as volume. It depends on the path alone, so it also works for Operation{Path: p}.
func (o Operation) OAuth() bool {
	return o.Path == "/restapi/oauth" || strings.HasPrefix(o.Path, "/restapi/oauth/") || strings.HasPrefix(o.Path, "/.well-known/")
}

// Reads reports whether the operation only reads: GET or HEAD. Others may change the account, send messages or cost
// money.
func (o Operation) Reads() bool { return o.Method == "GET" || o.Method == "HEAD" }

// String returns the method and the template, such as "GET /restapi/v1.0/subscription".
func (o Operation) String() string { return o.Method + " " + o.Path }

// GoName returns the name of the variable of this package that has the operation with the ID of o, such as
// ReadUserCallLog; empty for an ID that is not in the catalogue.
func (o Operation) GoName() string {
	known, ok := Lookup(o.ID)
	if !ok {
		return ""
	}
	return strings.ToUpper(known.ID[:1]) + known.ID[1:]
}

// GoString returns o as Go source: rcapi.ReadUserCallLog for an operation of the catalogue, a call of MustParse for
// others.
func (o Operation) GoString() string {
	known, ok := Lookup(o.ID)
	var b strings.Builder
	switch {
	case ok && known.Method == o.Method && known.Path == o.Path:
		b.WriteString("rcapi." + o.GoName())
	case o.Method == "" && o.Path == "":
		return "rcapi.Operation{}"
	default:
		known = Operation{}
		fmt.Fprintf(&b, "rcapi.MustParse(%q)", o.String())
	}
	if o.Group != known.Group {
		fmt.Fprintf(&b, ".In(%#v)", o.Group)
	}
	if o.Scope != known.Scope {
		fmt.Fprintf(&b, ".Needs(%#v)", o.Scope)
	}
	return b.String()
}
