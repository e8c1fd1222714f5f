package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// checkReached ends the run if block b cannot be reached: a branch before it compares a value that this run knows with
// a constant, and goes the other way.
func (e *Evaluator) checkReached(f *Frame, b *ssa.BasicBlock) {
	for d := b.Idom(); d != nil; d = d.Idom() {
		cond, ok := lastOf(d).(*ssa.If)
		if !ok {
			continue
		}
		for i, s := range d.Succs {
			if s != d.Succs[1-i] && len(s.Preds) == 1 && s.Dominates(b) {
				e.checkCondition(f, cond.Cond, i == 0)
			}
		}
	}
}

// checkBranch does the same for the edge from one block to another.
func (e *Evaluator) checkBranch(f *Frame, from, to *ssa.BasicBlock) {
	if cond, ok := lastOf(from).(*ssa.If); ok && from.Succs[0] != from.Succs[1] {
		e.checkCondition(f, cond.Cond, from.Succs[0] == to)
	}
}

func (e *Evaluator) checkCondition(f *Frame, cond ssa.Value, want bool) {
	if got, ok := e.truth(f, cond); ok && got != want {
		panic(impossible{})
	}
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
	case *ssa.BinOp:
		if c.Op != token.EQL && c.Op != token.NEQ {
			return false, false
		}
		x, y := c.X, c.Y
		if _, ok := x.(*ssa.Const); ok {
			x, y = y, x
		}
		k, ok := y.(*ssa.Const)
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
			return al.Comment != ""
		}
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		return fn != nil && (fn.String() == "strings.ToUpper" || fn.String() == "strings.ToLower") && e.simple(v.Call.Args[0])
	}
	return false
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
