package openapi

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type document struct {
	Paths      map[string]pathItem `yaml:"paths" json:"paths"`
	Components struct {
		Parameters    map[string]parameter   `yaml:"parameters" json:"parameters"`
		RequestBodies map[string]requestBody `yaml:"requestBodies" json:"requestBodies"`
	} `yaml:"components" json:"components"`
}

type pathItem struct {
	Parameters []parameter `yaml:"parameters" json:"parameters"`
	Get        *operation  `yaml:"get" json:"get"`
	Head       *operation  `yaml:"head" json:"head"`
	Post       *operation  `yaml:"post" json:"post"`
	Put        *operation  `yaml:"put" json:"put"`
	Patch      *operation  `yaml:"patch" json:"patch"`
	Delete     *operation  `yaml:"delete" json:"delete"`
	Options    *operation  `yaml:"options" json:"options"`
	Trace      *operation  `yaml:"trace" json:"trace"`
}

type operation struct {
	ID          string              `yaml:"operationId" json:"operationId"`
	Parameters  []parameter         `yaml:"parameters" json:"parameters"`
	RequestBody *requestBody        `yaml:"requestBody" json:"requestBody"`
	Responses   map[string]struct{} `yaml:"responses" json:"responses"`
	Deprecated  bool                `yaml:"deprecated" json:"deprecated"`
	Group       string              `yaml:"x-throttling-group" json:"x-throttling-group"`
	Scope       string              `yaml:"x-app-permission" json:"x-app-permission"`
	Permission  string              `yaml:"x-user-permission" json:"x-user-permission"`
	Errors      []*errorCode        `yaml:"x-error-codes" json:"x-error-codes"`
}

type errorCode struct {
	Status string `yaml:"httpCode" json:"httpCode"`
	Code   string `yaml:"errorCode" json:"errorCode"`
}

type parameter struct {
	Ref      string `yaml:"$ref" json:"$ref"`
	Name     string `yaml:"name" json:"name"`
	In       string `yaml:"in" json:"in"`
	Required bool   `yaml:"required" json:"required"`
}

type requestBody struct {
	Ref     string              `yaml:"$ref" json:"$ref"`
	Content map[string]struct{} `yaml:"content" json:"content"`
}

// Read returns the rows of an OpenAPI 3 document in YAML or JSON, sorted by path and method. It reports all errors
// together. A document without operations is an error.
func Read(src []byte) ([]Row, error) {
	var doc document
	if err := unmarshal(src, &doc); err != nil {
		return nil, fmt.Errorf("openapi: read: %w", err)
	}
	var rows []Row
	var faults []error
	for path, item := range doc.Paths {
		for method, op := range item.operations() {
			row, err := doc.row(method, path, item, op)
			if err != nil {
				faults = append(faults, err)
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, errors.New("openapi: read: the document has no operations: use an OpenAPI 3 specification")
	}
	slices.SortFunc(rows, order)
	faults = append(faults, duplicates(rows)...)
	if len(faults) > 0 {
		slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return nil, errors.Join(faults...)
	}
	return rows, nil
}

func (item pathItem) operations() map[string]*operation {
	all := map[string]*operation{
		"GET": item.Get, "HEAD": item.Head, "POST": item.Post, "PUT": item.Put,
		"PATCH": item.Patch, "DELETE": item.Delete, "OPTIONS": item.Options, "TRACE": item.Trace,
	}
	maps.DeleteFunc(all, func(_ string, op *operation) bool { return op == nil })
	return all
}

func (doc *document) row(method, path string, item pathItem, op *operation) (Row, error) {
	row := Row{
		ID: op.ID, Method: method, Path: path, Group: op.Group, Scope: op.Scope, Permission: op.Permission,
		Deprecated: op.Deprecated, PathParams: placeholders(path),
	}
	fault := func(format string, args ...any) (Row, error) {
		return row, fmt.Errorf("openapi: %s %s: "+format, append([]any{method, path}, args...)...)
	}
	if op.ID == "" {
		return fault("no operationId")
	}
	if op.Group == "" {
		return fault("no x-throttling-group")
	}
	params, err := doc.parameters(item.Parameters, op.Parameters)
	if err != nil {
		return fault("%w", err)
	}
	var declared []string
	for _, p := range params {
		switch {
		case p.In == "path":
			declared = append(declared, p.Name)
		case p.In == "query" && p.Required:
			row.RequiredQuery = append(row.RequiredQuery, p.Name)
		}
	}
	slices.Sort(row.RequiredQuery)
	if !sameSet(declared, row.PathParams) {
		return fault("declares path parameters %q, the template has %q", declared, row.PathParams)
	}
	if row.ContentTypes, err = doc.contentTypes(op.RequestBody); err != nil {
		return fault("%w", err)
	}
	for status := range op.Responses {
		if n, err := strconv.Atoi(status); err == nil && n >= 200 && n < 400 {
			row.Success = append(row.Success, n)
		}
	}
	for _, e := range op.Errors {
		if e != nil && e.Code != "" {
			row.Errors = append(row.Errors, e.Status+" "+e.Code)
		}
	}
	slices.Sort(row.Errors)
	row.Errors = slices.Compact(row.Errors)
	slices.Sort(row.Success)
	if _, stated := op.Responses["default"]; len(row.Success) == 0 && !stated {
		return fault("no success status")
	}
	return row, nil
}

// parameters resolves references. A parameter of an operation replaces that of the path with the same place and name.
func (doc *document) parameters(lists ...[]parameter) ([]parameter, error) {
	var out []parameter
	for _, list := range lists {
		for _, p := range list {
			if p.Ref != "" {
				named, ok := doc.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
				if !ok || named.Ref != "" {
					return nil, fmt.Errorf("unresolved reference %s", p.Ref)
				}
				p = named
			}
			out = slices.DeleteFunc(out, func(q parameter) bool { return q.In == p.In && q.Name == p.Name })
			out = append(out, p)
		}
	}
	return out, nil
}

func (doc *document) contentTypes(body *requestBody) ([]string, error) {
	if body == nil {
		return nil, nil
	}
	if body.Ref != "" {
		named, ok := doc.Components.RequestBodies[strings.TrimPrefix(body.Ref, "#/components/requestBodies/")]
		if !ok || named.Ref != "" {
			return nil, fmt.Errorf("unresolved reference %s", body.Ref)
		}
		body = &named
	}
	return slices.Sorted(maps.Keys(body.Content)), nil
}

var placeholder = regexp.MustCompile(`\{([^{}/]+)\}`)

func placeholders(path string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(path, -1) {
		out = append(out, m[1])
	}
	return out
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// duplicates reports operations with the same id, or the same method and shape of path, which a table cannot
// distinguish.
func duplicates(rows []Row) []error {
	var faults []error
	ids, shapes := make(map[string]Row, len(rows)), make(map[string]Row, len(rows))
	for _, r := range rows {
		if other, ok := ids[strings.ToLower(r.ID)]; ok && r.ID != "" {
			faults = append(faults, fmt.Errorf("openapi: operationId %s: used by %s %s and %s %s", r.ID, other.Method, other.Path, r.Method, r.Path))
		}
		ids[strings.ToLower(r.ID)] = r
		shape := r.shape()
		if other, ok := shapes[shape]; ok {
			faults = append(faults, fmt.Errorf("openapi: %s %s: has the same shape as %s", r.Method, r.Path, other.Path))
		}
		shapes[shape] = r
	}
	return faults
}
