// Package requestcheck finds what makes the platform refuse a request, before the request is sent: a body or a required
// member is missing, the body has a content type that the operation does not take, a query parameter is missing, a
// value is not one of those that the operation takes.
//
// It knows only what the platform's specification says (package shape), and it accepts what is in doubt: types,
// lengths, formats, members that the specification lacks, and operations that it does not have.
package requestcheck

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Request is what a call of an operation is about to send.
type Request struct {
	Op    rcapi.Operation
	Query url.Values

	Type string // content type of the body, with or without parameters; empty: none
	Body []byte // nil: none

	Multipart bool     // Body is the JSON part of a multipart body, which may be missing
	Files     []string // names of the other parts
}

// Faults returns what is wrong with a request. Nil: nothing is known to be.
func Faults(r Request) []error {
	known, ok := rcapi.Lookup(r.Op.ID)
	if !ok || known.Method != r.Op.Method || known.Path != r.Op.Path {
		return nil
	}
	op := shape.Of(known.ID)
	if op == nil {
		return nil
	}
	faults := queryFaults(op, r.Query)
	return append(faults, bodyFaults(op, r)...)
}

func queryFaults(op *shape.Operation, query url.Values) (faults []error) {
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		if !query.Has(p.Name) {
			if p.Required {
				faults = append(faults,
					fmt.Errorf("the query parameter %s is required: set it in Endpoint.Query, or in Prepare", p.Name))
			}
			continue
		}
		s := p.Shape
		if s != nil && s.Type == "array" {
			s = s.Items
		}
		for _, value := range query[p.Name] {
			for one := range strings.SplitSeq(value, ",") {
				if !allowed(s, one) {
					faults = append(faults, fmt.Errorf("the query parameter %s has the value %q: use one of %s",
						p.Name, short(one), list(s.Enum)))
				}
			}
		}
	}
	return faults
}

func bodyFaults(op *shape.Operation, r Request) []error {
	if len(op.Request) == 0 { // a body that is not needed does no harm
		return nil
	}
	if r.Body == nil && !r.Multipart {
		return missingBody(op)
	}
	kind, _, err := mime.ParseMediaType(r.Type)
	if err != nil {
		return nil
	}
	var fitting []shape.Content
	for _, c := range op.Request {
		if sameKind(c.Type, kind) {
			fitting = append(fitting, c)
		}
	}
	multipart := func(c shape.Content) bool { return isMultipart(c.Type) }
	if len(fitting) == 0 && isFile(kind) && slices.ContainsFunc(op.Request, multipart) {
		return nil // clients upload images by themselves too
	}
	if len(fitting) == 0 {
		return []error{wrongType(op, kind)}
	}
	switch {
	case r.Multipart:
		return partFaults(fitting, r)
	case shape.IsJSON(kind) && fitting[0].Type != anyType:
		return jsonFaults(op, fitting[0].Shape, r.Body)
	}
	return nil
}

// missingBody judges a request without a body.
func missingBody(op *shape.Operation) []error {
	if !op.RequestRequired || slices.ContainsFunc(op.Request, func(c shape.Content) bool { return c.Type == anyType }) {
		return nil
	}
	first := op.Request[0]
	var names []string
	if s := first.Shape; s != nil && s.Type != "array" { // ids may be in the path instead of an array
		for _, m := range s.Members {
			if m.Required && !m.ReadOnly {
				names = append(names, m.Name)
			}
		}
	}
	switch {
	case len(names) > 0 && isMultipart(first.Type):
		return []error{fmt.Errorf("the body is missing: set Endpoint.Body, or Body in Prepare, to a gradtest.Multipart with %s",
			and(names))}
	case len(names) > 0:
		return []error{fmt.Errorf("the body is missing: set Endpoint.Body, or Body in Prepare, with at least %s",
			and(names))}
	}
	return nil
}

func wrongType(op *shape.Operation, kind string) error {
	var types []string
	advice := ""
	for _, c := range op.Request {
		types = append(types, c.Type)
		switch {
		case isMultipart(c.Type):
			advice = ": use gradtest.Multipart"
		case shape.IsJSON(c.Type) && advice == "":
			advice = ": pass a value that encodes as JSON, and set no other Content-Type in Header"
		case c.Type == formType && advice == "":
			advice = ": use url.Values"
		}
	}
	return fmt.Errorf("the body is %s, but the operation takes %s%s", kind, strings.Join(types, " or "), advice)
}

// sameKind reports whether a body of a kind can be one of a documented content type.
func sameKind(documented, kind string) bool {
	if documented == anyType {
		return true
	}
	if isMultipart(documented) {
		return isMultipart(kind)
	}
	if shape.IsJSON(documented) {
		return shape.IsJSON(kind)
	}
	family, ok := strings.CutSuffix(documented, "*")
	return documented == kind || ok && strings.HasPrefix(kind, family)
}

func isMultipart(kind string) bool { return strings.HasPrefix(kind, "multipart/") }

func isFile(kind string) bool { return !isMultipart(kind) && !shape.IsJSON(kind) && kind != formType }

const (
	formType = "application/x-www-form-urlencoded"
	anyType  = "*/*" // in operations of older editions
)

func jsonFaults(op *shape.Operation, s *shape.Shape, body []byte) []error {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		if len(strings.TrimSpace(string(body))) == 0 {
			return missingBody(op)
		}
		return []error{fmt.Errorf("the body is not JSON: %w", err)}
	}
	if o, ok := v.(map[string]any); s == nil || s.Type == "array" && ok && len(o) == 0 {
		return nil
	}
	faults := texts(members(s, v, ""))
	files := func(c shape.Content) bool { return c.Type == "multipart/form-data" && c.Shape != s }
	if len(faults) > 0 && slices.ContainsFunc(op.Request, files) {
		faults[0] = fmt.Errorf("%w; to send files, use gradtest.Multipart", faults[0])
	}
	return faults
}

// partFaults judges a multipart body by the content type that it fits best.
func partFaults(fitting []shape.Content, r Request) []error {
	var v map[string]any
	if r.Body != nil && json.Unmarshal(r.Body, &v) != nil {
		return nil
	}
	var least []error
	for i, c := range fitting {
		var found []fault
		if c.Shape != nil {
			for _, f := range members(c.Shape, orEmpty(v), "") {
				if m, ok := c.Shape.Member(f.path); ok && f.missing && suppliedByFile(m, r.Files) {
					continue
				}
				found = append(found, f)
			}
		}
		if len(found) == 0 {
			return nil
		}
		if i == 0 || len(found) < len(least) {
			least = texts(found)
		}
	}
	return least
}

func orEmpty(v map[string]any) map[string]any {
	if v == nil {
		return map[string]any{}
	}
	return v
}

// suppliedByFile reports whether a part of the body is the member: one of its name, or any file for a binary member.
func suppliedByFile(m shape.Member, files []string) bool {
	s := m.Shape
	if s != nil && s.Type == "array" {
		s = s.Items
	}
	binary := s == nil || s.Format == "binary" || s.Type == "object" && s.Free()
	return slices.Contains(files, m.Name) || binary && len(files) > 0
}
