package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// check reports all rows that would not make valid Go: names that are not identifiers or collide with each other or
// with taken, and groups that package rcapi does not have.
func check(rows []openapi.Merged, taken map[string]string) error {
	var faults []error
	seen := make(map[string]string)
	claim := func(name, from string) {
		if !token.IsIdentifier(name) {
			faults = append(faults, fmt.Errorf("rcapigen: %s: %q is not a Go identifier: add a name for it to the generator", from, name))
		}
		if where, ok := taken[name]; ok {
			faults = append(faults, fmt.Errorf("rcapigen: %s: %s is already declared in %s: rename or remove that", from, name, where))
		}
		if other, ok := seen[name]; ok {
			faults = append(faults, fmt.Errorf("rcapigen: %s: %s is also the name of %s", from, name, other))
		}
		seen[name] = from
	}
	for _, r := range rows {
		claim(identifier(r.ID), "operation "+r.ID)
		if !usagePlan(r.Group) {
			faults = append(faults, fmt.Errorf("rcapigen: operation %s: usage-plan group %q is unknown: give it a constant and a row in rcapi/group.go first", r.ID, r.Group))
		}
	}
	for _, s := range scopes(rows) {
		claim("Scope"+s, "scope "+s)
	}
	return errors.Join(faults...)
}

// usagePlan reports whether package rcapi has a usage-plan group of that name.
func usagePlan(name string) bool {
	return slices.ContainsFunc(rcapi.Groups(), func(g rcapi.GroupInfo) bool { return !g.Service && string(g.Group) == name })
}

// declared returns the package-level names of the hand-written files in dir, each with its file.
func declared(dir string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, fmt.Errorf("rcapigen: list %s: %w", dir, err)
	}
	names := make(map[string]string)
	for _, path := range files {
		base := filepath.Base(path)
		if strings.HasSuffix(base, "_gen.go") || strings.HasSuffix(base, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("rcapigen: read: %w", err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("rcapigen: parse: %w", err)
		}
		for _, d := range file.Decls {
			for _, name := range namesOf(d) {
				names[name] = base
			}
		}
	}
	return names, nil
}

func namesOf(d ast.Decl) []string {
	var out []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			out = append(out, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				out = append(out, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					out = append(out, n.Name)
				}
			}
		}
	}
	return out
}
