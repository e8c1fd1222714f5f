package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// loc is a value in a frame, as it is just before instruction at; a nil at means at any time.
type loc struct {
	v    ssa.Value
	f    *Frame
	at   ssa.Instruction
	json *jsonValue // v is read from JSON
	zero bool       // the zero value of v's type
	lit  *string    // v is this text
	path []sel      // a part of v that has no instruction of its own: v is opaque
}

// sel selects a part of a value: a field, or an element of an array.
type sel struct {
	field int
	elem  bool
	st    *types.Struct
}

// step follows a value one step back towards its origin; ok is false if l is an origin already.
func (e *Evaluator) step(l loc) (loc, bool) {
	e.tick()
	if l.json != nil || l.zero || l.lit != nil || len(l.path) > 0 {
		return l, false
	}
	f := l.f
	switch v := l.v.(type) {
	case *ssa.Phi:
		i := e.edge(f, v.Block())
		return loc{v: v.Edges[i], f: f, at: lastOf(v.Block().Preds[i])}, true
	case *ssa.Parameter:
		return e.argument(v, f)
	case *ssa.FreeVar:
		return e.captured(v, f)
	case *ssa.ChangeType:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.ChangeInterface:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.MakeInterface:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.TypeAssert:
		if v.CommaOk {
			return l, false
		}
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.Convert:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.MultiConvert:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.SliceToArrayPointer:
		return loc{v: v.X, f: f, at: v}, true
	case *ssa.Call:
		return e.result(v, f, 0)
	case *ssa.Extract:
		return e.extract(v, f)
	case *ssa.Field:
		return e.read(loc{v: v.X, f: f, at: v}, []sel{fieldSel(v.X.Type(), v.Field)}), true
	case *ssa.Index:
		el := e.element(loc{v: v.X, f: f, at: v}, v.Index, f)
		if el.value {
			return e.read(el.loc, el.path), true
		}
		return e.readMemory(el.loc, el.path), true
	case *ssa.Lookup:
		if v.CommaOk {
			return l, false
		}
		return e.lookup(v, f), true
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return e.readAddress(v.X, f, v), true
		case token.ARROW:
			if !v.CommaOk {
				return e.received(v, f)
			}
		}
	}
	return l, false
}

// resolve goes as far back as it can.
func (e *Evaluator) resolve(l loc) loc {
	for range 200 {
		next, ok := e.step(l)
		if !ok || next.v == l.v && next.f == l.f && next.json == nil && !next.zero && next.lit == nil {
			return next
		}
		l = next
	}
	panic(impossible{})
}

func fieldSel(t types.Type, i int) sel {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return sel{field: i, st: st}
}

func lastOf(b *ssa.BasicBlock) ssa.Instruction { return b.Instrs[len(b.Instrs)-1] }

// argument returns what the caller passes for a parameter.
func (e *Evaluator) argument(p *ssa.Parameter, f *Frame) (loc, bool) {
	i := -1
	for j, q := range f.Fn.Params {
		if q == p {
			i = j
		}
	}
	if f.bound != nil {
		return loc{v: f.bound, f: f.parent, at: definition(f.bound)}, i == 0
	}
	parent, call, ok := e.caller(f)
	if !ok || i < 0 {
		e.because("parameter %s of %s has no known caller", p.Name(), name(f.Fn))
		return loc{v: p, f: f}, false
	}
	common := call.(ssa.CallInstruction).Common()
	if common.IsInvoke() {
		if i == 0 {
			return loc{v: common.Value, f: parent, at: call}, true
		}
		i--
	}
	if i >= len(common.Args) {
		return loc{v: p, f: f}, false
	}
	return loc{v: common.Args[i], f: parent, at: call}, true
}

// captured returns what a closure captured.
func (e *Evaluator) captured(v *ssa.FreeVar, f *Frame) (loc, bool) {
	l, mc, ok := e.enclosing(f)
	if !ok {
		return loc{v: v, f: f}, false
	}
	for i, fv := range f.Fn.FreeVars {
		if fv == v {
			return loc{v: mc.Bindings[i], f: l, at: mc}, true
		}
	}
	return loc{v: v, f: f}, false
}

// edge chooses the predecessor that a block was entered from. A loop is left by the way it was entered.
func (e *Evaluator) edge(f *Frame, b *ssa.BasicBlock) int {
	i := e.choose(choiceKey{f.id, e.inRound(f, b)}, len(b.Preds))
	e.checkReached(f, b.Preds[i])
	e.checkBranch(f, b.Preds[i], b)
	return i
}

// result returns what a call returns.
func (e *Evaluator) result(call *ssa.Call, f *Frame, i int) (loc, bool) {
	origin := loc{v: call, f: f, at: call}
	if isBuiltin(call) {
		return origin, false
	}
	if l, ok := e.loaded(call, f); ok {
		return l, true
	}
	fn, frame := e.callee(call, f)
	if fn == nil || len(fn.Blocks) == 0 || e.intrinsic(fn) || f.tooDeep(fn) {
		return origin, false
	}
	var returns []*ssa.Return
	for _, b := range fn.Blocks {
		if r, ok := lastOf(b).(*ssa.Return); ok && i < len(r.Results) {
			returns = append(returns, r)
		}
	}
	returns = successes(returns, i)
	if len(returns) == 0 {
		return origin, false
	}
	r := returns[e.choose(choiceKey{frame.id, "return"}, len(returns))]
	e.checkReached(frame, r.Block())
	return loc{v: r.Results[i], f: frame, at: r}, true
}

// successes leaves out the returns that end with an error that is not nil and a zero value: their caller gives up.
func successes(returns []*ssa.Return, i int) []*ssa.Return {
	var good []*ssa.Return
	for _, r := range returns {
		last := r.Results[len(r.Results)-1]
		c, isConst := last.(*ssa.Const)
		failed := len(r.Results) > 1 && i < len(r.Results)-1 && isError(last.Type()) && !(isConst && c.IsNil())
		if v, ok := r.Results[i].(*ssa.Const); failed && ok && (v.Value == nil || v.Value.ExactString() == `""`) {
			continue
		}
		good = append(good, r)
	}
	return good
}

func isError(t types.Type) bool { return types.TypeString(t, nil) == "error" }

func (e *Evaluator) extract(v *ssa.Extract, f *Frame) (loc, bool) {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		l, ok := e.result(t, f, v.Index)
		if !ok {
			return loc{v: v, f: f, at: v}, false
		}
		return l, true
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return loc{v: t.X, f: f, at: t}, true
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return e.lookup(t, f), true
		}
	case *ssa.UnOp:
		if v.Index == 0 && t.Op == token.ARROW {
			return e.received(t, f)
		}
	case *ssa.Next:
		return e.entry(t, v.Index, f)
	}
	return loc{v: v, f: f, at: v}, false
}

// received returns a value that the program sends on a channel of this type.
func (e *Evaluator) received(v *ssa.UnOp, f *Frame) (loc, bool) {
	elem := v.X.Type().Underlying().(*types.Chan).Elem()
	sends := e.callers.sends[elem.String()]
	if len(sends) == 0 {
		return loc{v: v, f: f, at: v}, false
	}
	s := sends[e.choose(choiceKey{f.id, v}, len(sends))]
	return loc{v: s.X, f: e.start(s.Parent(), f), at: s}, true
}

func name(fn *ssa.Function) string {
	if fn.Pkg != nil {
		return fn.RelString(fn.Pkg.Pkg)
	}
	return fn.String()
}

func isBuiltin(call *ssa.Call) bool { _, ok := call.Call.Value.(*ssa.Builtin); return ok }
