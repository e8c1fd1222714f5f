package world

import (
	"encoding/json"
	"fmt"
	"maps"
)

// Problem is a refusal. Its first error is also at the top level.
type Problem struct {
	Status int
	Errors []Error
}

// Error is one entry of the errors of an answer.
type Error struct {
	Code    string
	Message string
	Extra   []Attribute
}

// Attribute is a further member of an error.
type Attribute struct{ Name, Value string }

// Object returns the error as a member of errors lists it.
func (e Error) Object() Object {
	o := Object{"errorCode": e.Code, "message": e.Message}
	for _, a := range e.Extra {
		o[a.Name] = a.Value
	}
	return o
}

// JSON returns the problem as it appears inside the answer to a batch.
func (p *Problem) JSON() []byte {
	o := Object{}
	var all []Object
	for _, e := range p.Errors {
		all = append(all, e.Object())
	}
	maps.Copy(o, all[0])
	o["errors"] = all
	body, _ := json.Marshal(o) // only strings: cannot fail
	return body
}

// ProblemKind is one row of a problem table: the status, code and text of one reason to refuse a request. Each family
// has its table in a file problems.go, so that a code, its text and its status are written once.
type ProblemKind struct {
	status int
	code   string
	text   string // a format of package fmt
}

// DefineProblem returns a row of a problem table. The text is a format of package fmt.
func DefineProblem(status int, code, text string) ProblemKind { return ProblemKind{status, code, text} }

// New returns the problem; args fill the verbs of its text.
func (k ProblemKind) New(args ...any) *Problem {
	return &Problem{Status: k.status, Errors: []Error{{Code: k.code, Message: fmt.Sprintf(k.text, args...)}}}
}

// For returns the problem with the name and the value of the parameter that caused it.
func (k ProblemKind) For(name, value string, args ...any) *Problem {
	return k.New(args...).with("parameterName", name).with("parameterValue", value)
}

// ForName returns the problem with the name of the parameter that caused it, without the value.
func (k ProblemKind) ForName(name string, args ...any) *Problem {
	return k.New(args...).with("parameterName", name)
}

// with adds an attribute to the first error.
func (p *Problem) with(name, value string) *Problem {
	p.Errors[0].Extra = append(p.Errors[0].Extra, Attribute{name, value})
	return p
}
