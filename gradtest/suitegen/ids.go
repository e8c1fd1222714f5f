package suitegen

import (
	"net/http"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// source says where the value of a path parameter comes from: from a response, or it is fixed.
type source struct {
	param string
	op    rcapi.Operation // that is called
	path  string          // of the member in its response
	fresh bool            // op creates it, before every call
	body  *body           // with which it is created; nil: the usual one of op
	query []pair          // of op
	fixed string          // a value that exists in every account; then there is no op
}

func (s source) known() bool { return s.fixed != "" || s.op.ID != "" }

// parent returns the path before a parameter.
func parent(op rcapi.Operation, param string) string {
	before, _, _ := strings.Cut(op.Path, "/{"+param+"}")
	return before
}

// listed is a source in the list of the resources that a parameter names.
func listed(op rcapi.Operation, param string) source {
	if s, ok := lookup(knownIDs, op, param); ok {
		return s
	}
	list, ok := at(http.MethodGet, parent(op, param))
	if !ok {
		return source{param: param}
	}
	path := itemID(list, param)
	if path == "" {
		return source{param: param}
	}
	return source{param: param, op: list, path: path, query: requiredQuery(list)}
}

// created is a source that creates a resource.
func created(op rcapi.Operation, param string) source {
	if s, ok := lookup(knownNew, op, param); ok {
		s.fresh = true
		return s
	}
	create, ok := at(http.MethodPost, parent(op, param))
	if !ok || create.Paid() {
		return source{param: param}
	}
	for _, name := range []string{"id", param} {
		if _, ok := response(create).Member(name); ok {
			return source{param: param, op: create, path: name, query: requiredQuery(create), fresh: true}
		}
	}
	return source{param: param}
}

// removal returns the operation that deletes the resource that a parameter names.
func removal(op rcapi.Operation, param string) (rcapi.Operation, bool) {
	return at(http.MethodDelete, parent(op, param)+"/{"+param+"}")
}

// at returns the operation with this method and template.
func at(method, template string) (rcapi.Operation, bool) {
	for op := range rcapi.All() {
		if op.Method == method && op.Path == template {
			return op, true
		}
	}
	return rcapi.Operation{}, false
}

// response returns the shape of the JSON that an operation answers with.
func response(op rcapi.Operation) *shape.Shape {
	s := shape.Of(op.ID)
	if s == nil {
		return nil
	}
	for _, r := range s.Responses {
		for _, c := range r.Contents {
			if shape.IsJSON(c.Type) && c.Shape != nil {
				return c.Shape
			}
		}
	}
	return nil
}

// itemID returns the path of the first item's id in the response of a list; empty if it has none.
func itemID(list rcapi.Operation, param string) string {
	s := response(list)
	if s == nil {
		return ""
	}
	if s.Type == "array" {
		if name := idOf(s.Items, param); name != "" {
			return "0." + name
		}
	}
	for _, name := range arrays(s) {
		m, _ := s.Member(name)
		if id := idOf(m.Shape.Items, param); id != "" {
			return name + ".0." + id
		}
	}
	return ""
}

// arrays returns the names of the members that are lists, records first.
func arrays(s *shape.Shape) (names []string) {
	for _, m := range s.Members {
		if m.Shape != nil && m.Shape.Type == "array" {
			names = append(names, m.Name)
		}
	}
	if i := slices.Index(names, "records"); i > 0 {
		names[0], names[i] = names[i], names[0]
	}
	return names
}

func idOf(item *shape.Shape, param string) string {
	for _, name := range []string{param, "id"} {
		if m, ok := item.Member(name); ok && (m.Shape == nil || m.Shape.Type != "object" && m.Shape.Type != "array") {
			return name
		}
	}
	return ""
}
