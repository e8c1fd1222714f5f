package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Row holds the facts of one operation.
type Row struct {
	ID            string   // operationId
	Method        string   // upper case
	Path          string   // template
	Group         string   // x-throttling-group
	Scope         string   // x-app-permission; empty: none
	Permission    string   // x-user-permission; empty: none
	Success       []int    // documented statuses from 200 to 399, ascending; nil: only a default answer is documented
	ContentTypes  []string // of the request body, sorted; nil: no body
	PathParams    []string // in the order of the path
	RequiredQuery []string // sorted
	Deprecated    bool
	Errors        []string // status and code of each x-error-codes, such as "400 CMN-101", sorted
}

// Diff returns the differences between got and want, as "field: got …, want …". Nil means that the rows are equal.
func Diff(got, want Row) []string {
	var out []string
	add := func(field string, got, want any) {
		g, w := fmt.Sprintf("%q", got), fmt.Sprintf("%q", want)
		if g != w {
			out = append(out, fmt.Sprintf("%s: got %v, want %v", field, got, want))
		}
	}
	add("operationId", got.ID, want.ID)
	add("method", got.Method, want.Method)
	add("path", got.Path, want.Path)
	add("group", got.Group, want.Group)
	add("app permission", got.Scope, want.Scope)
	add("user permission", got.Permission, want.Permission)
	add("success statuses", fmt.Sprint(got.Success), fmt.Sprint(want.Success))
	add("content types", got.ContentTypes, want.ContentTypes)
	add("path parameters", got.PathParams, want.PathParams)
	add("required query", got.RequiredQuery, want.RequiredQuery)
	add("error codes", got.Errors, want.Errors)
	add("deprecated", fmt.Sprint(got.Deprecated), fmt.Sprint(want.Deprecated))
	return out
}

// Compare returns the differences between the rows of a table and those of a specification, sorted by operation:
// missing operations, additional operations, and operations with different facts. Nil means that they agree.
func Compare(table, spec []Row) []string {
	have := make(map[string]Row, len(table))
	for _, r := range table {
		have[r.ID] = r
	}
	var out []string
	for _, want := range spec {
		got, ok := have[want.ID]
		delete(have, want.ID)
		if !ok {
			out = append(out, fmt.Sprintf("%s (%s %s): in the specification, not in the table", want.ID, want.Method, want.Path))
			continue
		}
		for _, d := range Diff(got, want) {
			out = append(out, fmt.Sprintf("%s (%s %s): %s", want.ID, want.Method, want.Path, d))
		}
	}
	for _, r := range have {
		out = append(out, fmt.Sprintf("%s (%s %s): in the table, not in the specification", r.ID, r.Method, r.Path))
	}
	slices.Sort(out)
	return out
}

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}

// order sorts rows by path, then by method in the order of methods, so that a table does not depend on the file's
// order.
func order(a, b Row) int {
	return cmp.Or(
		strings.Compare(a.Path, b.Path),
		cmp.Compare(slices.Index(methods, a.Method), slices.Index(methods, b.Method)),
	)
}
