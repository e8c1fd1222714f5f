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

func problem(status int, code, message string, extra ...Attribute) *Problem {
	return &Problem{Status: status, Errors: []Error{{code, message, extra}}}
}

// unknown is a thing that does not exist. The code is the same with status 400 when the id stands in the body.
func unknown(name, value string) *Problem {
	return problem(http.StatusNotFound, "CMN-102", "Resource for parameter ["+name+"] is not found",
		Attribute{"parameterName", name}, Attribute{"parameterValue", value})
}

// unknownInBody is an id in the body that names nothing.
func unknownInBody(name, value string) *Problem {
	p := unknown(name, value)
	p.Status = http.StatusBadRequest
	return p
}

// missing is a required parameter or member that was not given.
func missing(name string) *Problem {
	return problem(http.StatusBadRequest, "CMN-100", "Parameter ["+name+"] is mandatory", Attribute{"parameterName", name})
}

// invalid is a parameter or member whose value cannot be.
func invalid(name, value string) *Problem {
	return problem(http.StatusBadRequest, "CMN-101", "Parameter ["+name+"] value is invalid",
		Attribute{"parameterName", name}, Attribute{"parameterValue", value})
}

// refused is a fault that has to do with the state of things.
func refused(status int, code, message string) *Problem { return problem(status, code, message) }

// problemOf joins what is wrong with a body or query; nil: nothing is.
func problemOf(faults []shape.Mismatch) *Problem {
	var all *Problem
	for _, f := range faults {
		p := invalid(f.Path, f.Value)
		switch {
		case f.Missing:
			p = missing(f.Path)
		case f.Path == "": // no parameter is wrong, the body as a whole is
			p = problem(http.StatusBadRequest, "CMN-101", "Request body is invalid. Expected: "+f.Want)
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

func notNow(message string) *Problem { return refused(http.StatusForbidden, "CMN-109", message) }
