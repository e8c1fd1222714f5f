package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// callee returns the function that a call calls in this run and its frame; nil if it is not known.
func (e *Evaluator) callee(call ssa.CallInstruction, f *Frame) (*ssa.Function, *Frame) {
	common := call.Common()
	if common.IsInvoke() {
		return e.implementation(call, f)
	}
	if fn := common.StaticCallee(); fn != nil {
		frame := e.descend(f, call, fn)
		if mc, ok := common.Value.(*ssa.MakeClosure); ok {
			frame.lexical, frame.closure = f, mc
		}
		return fn, frame
	}
	// The function may be what an earlier call of it has returned, such as the next state of a machine.
	k := activeKey{f.id, common.Value}
	if e.calling[k] {
		return nil, nil
	}
	e.calling[k] = true
	defer delete(e.calling, k)
	l := e.resolve(loc{v: common.Value, f: f, at: call})
	e.climbs = append(e.climbs, climb{l.f, ""})
	return e.functionOf(l, call, f)
}

// functionOf returns the function that a value is.
func (e *Evaluator) functionOf(l loc, call ssa.CallInstruction, f *Frame) (*ssa.Function, *Frame) {
	l, _ = e.wrapped(l)
	switch v := l.v.(type) {
	case *ssa.Function:
		return v, e.descend(f, call, v)
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		frame := e.descend(f, call, fn)
		frame.lexical, frame.closure = l.f, v
		return fn, frame
	}
	return nil, nil
}

// implementation returns the method that an interface call calls: that of the receiver's type, or if the receiver is
// not known one of all that implement the interface.
func (e *Evaluator) implementation(call ssa.CallInstruction, f *Frame) (*ssa.Function, *Frame) {
	common := call.Common()
	iface, ok := common.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil, nil
	}
	var found []*ssa.Function
	for _, m := range e.callers.methods[common.Method.Name()] {
		recv := m.Signature.Recv().Type()
		if types.Implements(recv, iface) {
			found = append(found, m)
		} else if _, isPtr := recv.(*types.Pointer); !isPtr && types.Implements(types.NewPointer(recv), iface) {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	if len(found) > 1 {
		if t := e.dynamicType(loc{v: common.Value, f: f, at: call}); t != nil {
			var exact []*ssa.Function
			for _, m := range found {
				if types.Identical(m.Signature.Recv().Type(), t) || types.Identical(types.NewPointer(m.Signature.Recv().Type()), t) {
					exact = append(exact, m)
				}
			}
			if len(exact) == 0 { // a promoted method
				if m := method(call.Parent().Prog, t, common.Method.Pkg(), common.Method.Name()); m != nil {
					exact = append(exact, m)
				}
			}
			found = exact
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	fn := found[e.choose(choiceKey{f.id, call}, len(found))]
	return fn, e.descend(f, call, fn)
}

// dynamicType returns the concrete type of an interface value, or nil.
func (e *Evaluator) dynamicType(l loc) types.Type {
	for range 100 {
		if m, ok := l.v.(*ssa.MakeInterface); ok {
			e.climbs = append(e.climbs, climb{l.f, ""}) // the object decides what is called
			return m.X.Type()
		}
		next, ok := e.step(l)
		if !ok || next.zero || next.json != nil || next.v == nil {
			return nil
		}
		l = next
	}
	return nil
}

// checkCallee ends the run if the chosen call site does not call f.Fn.
func (e *Evaluator) checkCallee(f, parent *Frame, site ssa.Instruction) {
	climbs := len(e.climbs)
	defer func() { e.climbs = e.climbs[:climbs] }() // the object says that this call is possible, not what it calls
	common := site.(ssa.CallInstruction).Common()
	switch {
	case common.IsInvoke():
		t := e.dynamicType(loc{v: common.Value, f: parent, at: site})
		if t == nil {
			return
		}
		recv := f.Fn.Signature.Recv().Type()
		if !types.Identical(recv, t) && !types.Identical(types.NewPointer(recv), t) && !promotes(t, recv) {
			panic(impossible{})
		}
	case common.StaticCallee() == nil:
		k := activeKey{parent.id, common.Value}
		if e.calling[k] {
			return
		}
		e.calling[k] = true
		defer delete(e.calling, k)
		l := e.resolve(loc{v: common.Value, f: parent, at: site})
		fn, _ := e.functionOf(l, site.(ssa.CallInstruction), parent)
		if fn == nil {
			if _, ok := l.v.(*ssa.Const); ok || l.zero {
				panic(impossible{})
			}
			return
		}
		if fn != f.Fn {
			panic(impossible{})
		}
		if mc, ok := l.v.(*ssa.MakeClosure); ok && f.lexical == nil {
			f.lexical, f.closure = l.f, mc
		}
	}
}

// promotes reports whether t embeds a value of type recv.
func promotes(t, recv types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if p, ok := recv.(*types.Pointer); ok {
		recv = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		if v := st.Field(i); v.Embedded() {
			ft := v.Type()
			if p, ok := ft.(*types.Pointer); ok {
				ft = p.Elem()
			}
			if types.Identical(ft, recv) || promotes(ft, recv) {
				return true
			}
		}
	}
	return false
}

// method returns a method of a concrete type, or nil.
func method(prog *ssa.Program, t types.Type, pkg *types.Package, name string) *ssa.Function {
	if types.IsInterface(t) {
		return nil
	}
	s := prog.MethodSets.MethodSet(t).Lookup(pkg, name)
	if s == nil {
		return nil
	}
	return prog.MethodValue(s)
}
