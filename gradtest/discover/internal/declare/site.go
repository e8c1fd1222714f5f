package declare

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// site is an App in memory: a variable, an allocation, an element of a table, or a field of a struct, of which all
// objects are taken as one.
type site struct {
	fn     *ssa.Function
	x      ssa.Value // the address of one of them
	stores map[string][]*ssa.Store
}

// whole reports whether all that is written to the App is found by following its address.
func (s *site) whole() bool {
	switch s.x.(type) {
	case *ssa.Alloc, *ssa.Global:
		return true
	}
	return false
}

// fieldStores returns the stores to fields of an App.
func fieldStores(functions []*ssa.Function, inside func(*ssa.Function) bool) (found []*ssa.Store) {
	for _, fn := range functions {
		if !inside(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				if st, ok := in.(*ssa.Store); ok {
					if fa, ok := st.Addr.(*ssa.FieldAddr); ok && isNamed(fa.X.Type(), Package, "App") {
						found = append(found, st)
					}
				}
			}
		}
	}
	return found
}

// sites groups stores by the App that they write to. One through a pointer writes to all that the pointer can point to.
func (t *tracer) sites(stores []*ssa.Store) (order []*site) {
	sites := make(map[any]*site)
	for _, st := range stores {
		fa := st.Addr.(*ssa.FieldAddr)
		var roots []ssa.Value
		t.run(query{
			leaf: func(v ssa.Value, _ *context, _ token.Pos) bool {
				switch v.(type) {
				case *ssa.Alloc, *ssa.Global, *ssa.FieldAddr, *ssa.IndexAddr:
					if isNamed(v.Type(), Package, "App") && isStruct(deref(v.Type())) {
						roots = append(roots, variable(v))
						return true
					}
				}
				return false
			},
			unknown: func(token.Pos, string) {},
		}).value(fa.X, nil, nil, token.NoPos)
		if len(roots) == 0 {
			roots = []ssa.Value{fa.X}
		}
		for _, x := range roots {
			k := any(x)
			if f, ok := x.(*ssa.FieldAddr); ok {
				k = deref(f.X.Type()).Underlying().(*types.Struct).Field(f.Field).Origin()
			}
			s := sites[k]
			if s == nil {
				s = &site{fn: st.Parent(), x: x, stores: make(map[string][]*ssa.Store)}
				if in, ok := x.(ssa.Instruction); ok {
					s.fn = in.Parent()
				}
				sites[k], order = s, append(order, s)
			}
			s.stores[fieldName(fa)] = append(s.stores[fieldName(fa)], st)
		}
	}
	return order
}

// variable returns the variable that a literal is assigned to, if that is all that becomes of it; else the literal.
func variable(v ssa.Value) ssa.Value {
	lit, ok := v.(*ssa.Alloc)
	if !ok || lit.Comment != "complit" {
		return v
	}
	var to ssa.Value
	for _, in := range *lit.Referrers() {
		load, ok := in.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, use := range *load.Referrers() {
			st, ok := use.(*ssa.Store)
			if !ok || st.Val != load || to != nil {
				return v
			}
			switch st.Addr.(type) {
			case *ssa.Alloc, *ssa.Global:
				to = st.Addr
			default:
				return v
			}
		}
	}
	if to == nil {
		return v
	}
	return to
}

func isStruct(t types.Type) bool { _, ok := t.Underlying().(*types.Struct); return ok }

// field traces a field of an App and the rest of a path: also what the whole App was copied from.
func (t *tracer) field(s *site, name string, rest []int, q query) {
	run := t.run(q)
	if s.whole() {
		run.value(s.x, prepend(fieldIndex(s.x.Type(), name), rest), nil, s.x.Pos())
		return
	}
	for _, st := range s.stores[name] {
		run.value(st.Val, rest, nil, st.Pos())
	}
}
