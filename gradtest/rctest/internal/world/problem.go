package world

import (
	"encoding/json"
	"maps"
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// Problem is a refusal. Its first error is the one that stands at top level as well.
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

// NewAttribute returns an attribute of an error.
func NewAttribute(name, value string) Attribute { return Attribute{name, value} }

func NewProblem(status int, code, message string, extra ...Attribute) *Problem {
	return &Problem{Status: status, Errors: []Error{{code, message, extra}}}
}

// NotFound is a thing that does not exist. The code is the same with status 400 when the id stands in the body.
func NotFound(name, value string) *Problem {
	return NewProblem(http.StatusNotFound, "CMN-102", "Resource for parameter ["+name+"] is not found",
		Attribute{"parameterName", name}, Attribute{"parameterValue", value})
}

// NotFoundInBody is an id in the body that names nothing.
func NotFoundInBody(name, value string) *Problem {
	p := NotFound(name, value)
	p.Status = http.StatusBadRequest
	return p
}

// Missing is a required parameter or member that was not given.
func Missing(name string) *Problem {
	return NewProblem(http.StatusBadRequest, "CMN-100", "Parameter ["+name+"] is mandatory",
		Attribute{"parameterName", name})
}

// Invalid is a parameter or member whose value cannot be.
func Invalid(name, value string) *Problem {
	return NewProblem(http.StatusBadRequest, "CMN-101", "Parameter ["+name+"] value is invalid",
		Attribute{"parameterName", name}, Attribute{"parameterValue", value})
}

// Refuse is a fault that has to do with the state of things.
func Refuse(status int, code, message string) *Problem { return NewProblem(status, code, message) }

// problemOfFaults joins what is wrong with a body or query; nil: nothing is.
func problemOfFaults(faults []shape.Mismatch) *Problem {
	var all *Problem
	for _, f := range faults {
		p := Invalid(f.Path, f.Value)
		switch {
		case f.Missing:
			p = Missing(f.Path)
		case f.Path == "": // no parameter is wrong, the body as a whole is
			p = NewProblem(http.StatusBadRequest, "CMN-101", "Request body is invalid. Expected: "+f.Want)
		}
		if all == nil {
			all = p
			continue
		}
		all.Errors = append(all.Errors, p.Errors...)
	}
	return all
}

// JSON is the refusal as it stands inside the answer to a batch.
func (p *Problem) JSON() []byte {
	o := Object{}
	var all []Object
	for _, e := range p.Errors {
		one := Object{"errorCode": e.Code, "message": e.Message}
		for _, a := range e.Extra {
			one[a.Name] = a.Value
		}
		all = append(all, one)
	}
	maps.Copy(o, all[0])
	o["errors"] = all
	body, _ := json.Marshal(o) // of texts alone
	return body
}

func NotAllowedNow(message string) *Problem { return Refuse(http.StatusForbidden, "CMN-109", message) }
