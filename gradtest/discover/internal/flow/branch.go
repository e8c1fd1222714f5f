package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// checkReached ends the run if block b cannot be reached: the branches before it compare values that this run knows
// with constants, and go other ways.
func (e *Evaluator) checkReached(f *Frame, b *ssa.BasicBlock) {
	if !e.reachable(f, b, 0) {
		panic(impossible{})
	}
}

func (e *Evaluator) reachable(f *Frame, b *ssa.BasicBlock, depth int) (ok bool) {
	k := blockKey{f.id, b}
	if known, done := e.reached[k]; done {
		return known
	}
	e.reached[k] = true // while it is computed
	defer func() { e.reached[k] = ok }()
	switch {
	case len(b.Preds) == 0 || depth > 60:
		return true
	case len(b.Preds) == 1:
		return e.passable(f, b.Preds[0], b) && e.reachable(f, b.Preds[0], depth+1)
	case len(b.Preds) > 6:
		return e.reachable(f, b.Idom(), depth+1)
	}
	for _, p := range b.Preds {
		if !b.Dominates(p) && e.passable(f, p, b) && e.reachable(f, p, depth+1) {
			return true
		}
	}
	return false
}

// checkBranch ends the run if a branch does not go from one block to another.
func (e *Evaluator) checkBranch(f *Frame, from, to *ssa.BasicBlock) {
	if !e.passable(f, from, to) {
		panic(impossible{})
	}
}

func (e *Evaluator) passable(f *Frame, from, to *ssa.BasicBlock) bool {
	cond, ok := lastOf(from).(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return true
	}
	got, ok := e.truth(f, cond.Cond)
	return !ok || got == (from.Succs[0] == to)
}

// truth returns the value of a condition if it depends on constants only.
func (e *Evaluator) truth(f *Frame, cond ssa.Value) (value, ok bool) {
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			v, ok := e.truth(f, c.X)
			return !v, ok
		}
	case *ssa.Parameter:
		return e.boolean(f, c)
	case *ssa.Extract: // of a type switch
		if a, ok := c.Tuple.(*ssa.TypeAssert); ok && c.Index == 1 {
			if _, ok := a.X.(*ssa.Parameter); ok {
				return asserts(e.dynamicType(loc{v: a.X, f: f, at: a}), a.AssertedType)
			}
		}
	case *ssa.BinOp:
		if k, ok := c.Y.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Int {
			if i, ok := e.round(f, c.X); ok {
				return constant.Compare(constant.MakeInt64(int64(i)), c.Op, k.Value), true
			}
		}
		if c.Op != token.EQL && c.Op != token.NEQ {
			return false, false
		}
		x, y := c.X, c.Y
		if _, ok := x.(*ssa.Const); ok {
			x, y = y, x
		}
		k, ok := y.(*ssa.Const)
		if ok && k.IsNil() {
			isNil, ok := e.isNil(f, x)
			return isNil == (c.Op == token.EQL), ok
		}
		if !ok || k.Value == nil || !e.simple(x) {
			return false, false
		}
		s := e.text(x, f)
		if !Known(s) {
			return false, false
		}
		return (s == constText(k)) == (c.Op == token.EQL), true
	case *ssa.Call: // strings.HasPrefix and its kin
		fn := c.Call.StaticCallee()
		if fn == nil || len(c.Call.Args) != 2 {
			return false, false
		}
		test := predicates[fn.String()]
		if test == nil {
			return false, false
		}
		s, t := e.text(c.Call.Args[0], f), e.text(c.Call.Args[1], f)
		return test(s, t)
	}
	return false, false
}

// isNil reports whether a pointer that is kept in a field is nil.
func (e *Evaluator) isNil(f *Frame, v ssa.Value) (value, ok bool) {
	u, isLoad := isDeref(v)
	if !isLoad {
		return false, false
	}
	fa, isField := u.X.(*ssa.FieldAddr)
	if _, isPtr := v.Type().Underlying().(*types.Pointer); !isField || !isPtr {
		return false, false
	}
	switch fa.X.(type) {
	case *ssa.Parameter, *ssa.Alloc:
	default:
		return false, false
	}
	if e.callers.filled[fieldOf(fa.X.Type(), fa.Field)] {
		return false, false
	}
	l := e.resolve(loc{v: v, f: f, at: u})
	if l.zero {
		return true, true
	}
	switch v := l.v.(type) {
	case *ssa.Const:
		return v.IsNil(), true
	case *ssa.Alloc, *ssa.Global:
		return false, len(l.path) == 0
	}
	return false, false
}

// asserts reports whether an interface value of type t has the asserted type.
func asserts(t, asserted types.Type) (value, ok bool) {
	if t == nil {
		return false, false
	}
	if i, ok := asserted.Underlying().(*types.Interface); ok {
		return types.Implements(t, i), true
	}
	return types.Identical(t, asserted), true
}

func (e *Evaluator) boolean(f *Frame, p *ssa.Parameter) (value, ok bool) {
	if b, isBasic := p.Type().Underlying().(*types.Basic); !isBasic || b.Kind() != types.Bool {
		return false, false
	}
	s := e.text(p, f)
	return s == "true", s == "true" || s == "false"
}

// simple reports whether a value is worth evaluating for a condition: a parameter, a field, or what is computed from
// them. Anything else would add choices that decide nothing.
func (e *Evaluator) simple(v ssa.Value) bool {
	if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&(types.IsString|types.IsInteger|types.IsBoolean) == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.Const, *ssa.FreeVar:
		return true
	case *ssa.Convert:
		return e.simple(v.X)
	case *ssa.ChangeType:
		return e.simple(v.X)
	case *ssa.Field:
		return true
	case *ssa.UnOp:
		if fa, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL {
			switch fa.X.(type) {
			case *ssa.Parameter, *ssa.Alloc, *ssa.IndexAddr:
				return true
			}
		}
		if al, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			return al.Comment != "" && !isCaptured(al) // closures may set it, such as the body of a range over a function
		}
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		return fn != nil && (fn.String() == "strings.ToUpper" || fn.String() == "strings.ToLower") && e.simple(v.Call.Args[0])
	}
	return false
}

func isCaptured(a *ssa.Alloc) bool {
	return slices.ContainsFunc(*a.Referrers(), func(in ssa.Instruction) bool { _, ok := in.(*ssa.MakeClosure); return ok })
}

func constText(c *ssa.Const) string {
	if c.Value == nil {
		return ""
	}
	if c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return c.Value.ExactString()
}
