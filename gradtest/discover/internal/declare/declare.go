// Package declare finds what the gradtest.App values of a program declare, without running it.
//
// It starts at every store to App.Endpoints and App.Scopes and goes backwards to all operations and scopes that can be
// in them: through literals, variables, append, helpers and their call sites, tables, maps and callbacks. Unlike
// package flow it does not keep combinations of values apart, since an App declares all that any path puts into it.
package declare

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// App is a value of type gradtest.App that the program fills.
type App struct {
	Fn        *ssa.Function // that fills it
	Pos       token.Pos
	Name      string // empty: none, or not constant
	Endpoints []Endpoint
	Scopes    []rcapi.Scope
	ScopesPos token.Pos // where Scopes is set; invalid: nowhere
	Gaps      []Gap
}

// Endpoint is an operation that an App declares.
type Endpoint struct {
	Pos       token.Pos
	Operation rcapi.Operation
}

// Gap is a part of a declaration that is known only when the program runs.
type Gap struct {
	Pos    token.Pos
	Scopes bool // of App.Scopes; else of App.Endpoints
	Reason string
}

// Package is the import path of package gradtest.
const Package = "github.com/graduationkit/ringcentral/gradtest"

// Find returns the Apps of a program in the order of their positions.
func Find(functions []*ssa.Function, inside func(*ssa.Function) bool) []App {
	stores := fieldStores(functions, inside)
	if len(stores) == 0 {
		return nil
	}
	t := newTracer(functions)
	var apps []App
	for _, s := range t.sites(stores) {
		if len(s.stores["Endpoints"]) > 0 {
			apps = append(apps, t.app(s))
		}
	}
	slices.SortStableFunc(apps, func(a, b App) int { return cmp.Compare(a.Pos, b.Pos) })
	return apps
}

func (t *tracer) app(s *site) App {
	a := App{Fn: s.fn, Pos: s.x.Pos()}
	if !s.whole() || !a.Pos.IsValid() {
		a.Pos = s.stores["Endpoints"][0].Pos()
	}
	for _, st := range s.stores["Name"] {
		if k, ok := st.Val.(*ssa.Const); ok && k.Value != nil {
			a.Name = constant.StringVal(k.Value)
		}
	}
	type at struct {
		pos token.Pos
		id  string
	}
	seen := make(map[at]bool)
	t.field(s, "Endpoints", []int{element, t.opField(s)}, query{
		leaf: func(v ssa.Value, c *context, pos token.Pos) bool {
			return t.operation(v, c, pos, func(op rcapi.Operation, pos token.Pos) {
				if k := (at{pos, op.ID}); !seen[k] {
					seen[k] = true
					a.Endpoints = append(a.Endpoints, Endpoint{pos, op})
				}
			}, func(pos token.Pos, reason string) { a.gap(pos, false, reason) })
		},
		unknown: func(pos token.Pos, reason string) { a.gap(pos, false, reason) },
	})
	if list := s.stores["Scopes"]; len(list) > 0 {
		a.ScopesPos = list[0].Pos()
	}
	t.field(s, "Scopes", []int{element}, query{
		leaf: func(v ssa.Value, _ *context, _ token.Pos) bool {
			scopes, ok := scopesOf(v)
			a.Scopes = append(a.Scopes, scopes...)
			return ok
		},
		unknown: func(pos token.Pos, reason string) { a.gap(pos, true, reason) },
	})
	slices.Sort(a.Scopes)
	a.Scopes = slices.DeleteFunc(slices.Compact(a.Scopes), func(s rcapi.Scope) bool { return s == "" })
	slices.SortStableFunc(a.Endpoints, func(a, b Endpoint) int { return cmp.Compare(a.Pos, b.Pos) })
	return a
}

func (a *App) gap(pos token.Pos, scopes bool, reason string) {
	g := Gap{pos, scopes, reason}
	if !slices.Contains(a.Gaps, g) {
		a.Gaps = append(a.Gaps, g)
	}
}

// opField is the index of Endpoint.Op.
func (t *tracer) opField(s *site) int {
	st := deref(s.x.Type()).Underlying().(*types.Struct)
	for f := range st.Fields() {
		if f.Name() == "Endpoints" {
			return fieldIndex(f.Type().Underlying().(*types.Slice).Elem(), "Op")
		}
	}
	return -1
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func fieldIndex(t types.Type, name string) int {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return -1
	}
	for i := range st.NumFields() {
		if st.Field(i).Name() == name {
			return i
		}
	}
	return -1
}

func fieldName(fa *ssa.FieldAddr) string {
	return deref(fa.X.Type()).Underlying().(*types.Struct).Field(fa.Field).Name()
}

func isNamed(t types.Type, pkg, name string) bool {
	n, ok := types.Unalias(deref(types.Unalias(t))).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == pkg && n.Obj().Name() == name
}

// implements reports whether a concrete type has the methods of an interface.
func implements(t, iface types.Type) bool {
	i, ok := iface.Underlying().(*types.Interface)
	return ok && types.Implements(t, i)
}
