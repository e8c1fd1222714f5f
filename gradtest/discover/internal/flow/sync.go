package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Values that the standard library keeps: in package sync/atomic, and functions that package sync wraps.

// origin is the name of a function; of an instance that of the generic function.
func originName(fn *ssa.Function) string {
	if fn == nil {
		return ""
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	return fn.String()
}

// atomicMethod returns the method of an atomic pointer or value that a call calls; empty: it calls none.
func atomicMethod(call *ssa.CallCommon) string {
	name := originName(call.StaticCallee())
	for _, t := range []string{"(*sync/atomic.Pointer[T]).", "(*sync/atomic.Value)."} {
		if m, ok := strings.CutPrefix(name, t); ok {
			return m
		}
	}
	return ""
}

// cell identifies a variable or a field of a struct that holds an atomic value; nil: it is neither.
func cell(v ssa.Value) any {
	switch v := v.(type) {
	case *ssa.Global:
		return v
	case *ssa.FieldAddr:
		if f := fieldOf(v.X.Type(), v.Field); f != nil {
			return f
		}
	}
	return nil
}

// atomicStore takes in a call that stores an atomic value.
func (c *callers) atomicStore(in ssa.CallInstruction) {
	switch atomicMethod(in.Common()) {
	case "Store", "Swap", "CompareAndSwap":
		if k := cell(in.Common().Args[0]); k != nil {
			c.atomics[k] = append(c.atomics[k], in)
		}
	}
}

// loaded returns what an atomic value that a call loads can be.
func (e *Evaluator) loaded(call *ssa.Call, f *Frame) (loc, bool) {
	if m := atomicMethod(&call.Call); m != "Load" && m != "Swap" {
		return loc{}, false
	}
	k := cell(call.Call.Args[0])
	if k == nil || len(e.callers.atomics[k]) == 0 {
		return loc{}, false
	}
	stores := e.callers.atomics[k]
	s := stores[e.choose(choiceKey{0, k}, len(stores))]
	args := s.Common().Args
	return loc{v: args[len(args)-1], f: e.start(s.Parent(), f), at: s}, true
}

// wrapped returns the function that sync.OnceValue and its like call.
func (e *Evaluator) wrapped(l loc) (loc, bool) {
	call, ok := l.v.(*ssa.Call)
	if !ok {
		return l, false
	}
	switch originName(call.Call.StaticCallee()) {
	case "sync.OnceValue", "sync.OnceValues", "sync.OnceFunc":
		if _, ok := call.Call.Args[0].Type().Underlying().(*types.Signature); ok {
			return e.resolve(loc{v: call.Call.Args[0], f: l.f, at: call}), true
		}
	}
	return l, false
}
