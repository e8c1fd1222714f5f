package flow

import (
	"golang.org/x/tools/go/ssa"
)

// Frame is an activation of a function in one run. The frame of a sink has no caller until a value of the caller is
// needed; then a call site is chosen.
type Frame struct {
	Fn      *ssa.Function
	id      int
	parent  *Frame          // of the caller; nil until it is needed
	call    ssa.Instruction // in parent: where Fn is called
	lexical *Frame          // of the function that made the closure
	closure *ssa.MakeClosure
	origin  *Frame // the frame whose evaluation needed this one; nil in the chain of the sink
	depth   int
	bound   ssa.Value // in parent: the receiver, where no call passes it
	climbed bool      // parent was chosen because a value was needed: parent is in the chain of the sink
}

type frameKey struct {
	from int
	at   any
	kind byte // 'd' descended, 'c' climbed, 'l' lexical, 's' start
}

func (e *Evaluator) frameID(from int, at any, kind byte) int {
	k := frameKey{from, at, kind}
	id, ok := e.ids[k]
	if !ok {
		id = len(e.ids) + 1
		e.ids[k] = id
	}
	return id
}

func (e *Evaluator) start(fn *ssa.Function, origin *Frame) *Frame {
	from := 0
	if origin != nil {
		from = origin.id
	}
	f := &Frame{Fn: fn, id: e.frameID(from, fn, 's'), origin: origin}
	if origin != nil {
		f.depth = origin.depth + 1
	}
	return f
}

// descend returns the frame of a callee.
func (e *Evaluator) descend(f *Frame, call ssa.Instruction, fn *ssa.Function) *Frame {
	type callee struct {
		call ssa.Instruction
		fn   *ssa.Function
	}
	return &Frame{Fn: fn, id: e.frameID(f.id, callee{call, fn}, 'd'), parent: f, call: call, origin: f, depth: f.depth + 1}
}

// tooDeep reports whether a call of fn would go deeper than is followed: a recursion, or a chain of calls beyond
// reason.
func (f *Frame) tooDeep(fn *ssa.Function) bool {
	if f.depth > 40 {
		return true
	}
	n := 0
	for g := f; g != nil; g = g.up() {
		if g.Fn == fn {
			if n++; n > 1 && (n > 8 || !endsAtNil(fn)) {
				return true
			}
		}
	}
	return false
}

// endsAtNil reports whether a recursion goes along pointers and ends at nil, so that the evaluator sees its end: the
// function compares a field of a parameter with nil.
func endsAtNil(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		cond, ok := lastOf(b).(*ssa.If)
		if !ok {
			continue
		}
		op, ok := cond.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		if k, ok := op.Y.(*ssa.Const); !ok || !k.IsNil() {
			continue
		}
		if u, ok := isDeref(op.X); ok {
			if fa, ok := u.X.(*ssa.FieldAddr); ok {
				if _, ok := fa.X.(*ssa.Parameter); ok && fieldOf(fa.X.Type(), fa.Field) != nil {
					return true
				}
			}
		}
	}
	return false
}

func (f *Frame) up() *Frame {
	if f.parent != nil {
		return f.parent
	}
	if f.lexical != nil {
		return f.lexical
	}
	return f.origin
}

// caller returns the frame that called f and the call. Without a known caller it chooses one; ok is false if there is
// none.
func (e *Evaluator) caller(f *Frame) (*Frame, ssa.Instruction, bool) {
	if f.parent != nil {
		return f.parent, f.call, true
	}
	sites := e.callers.of(f.Fn, e.values)
	if len(sites) == 0 || f.depth > 40 {
		return nil, nil, false
	}
	site := sites[e.choose(choiceKey{f.id, "caller"}, len(sites))]
	parent := &Frame{
		Fn: site.Parent(), id: e.frameID(f.id, site, 'c'), origin: f.origin, depth: f.depth + 1,
	}
	n := 0
	for _, g := range e.chain {
		if g.Fn == parent.Fn {
			n++
		}
	}
	if n > 1 || len(e.chain) > 25 {
		panic(impossible{}) // a recursion: what it adds is seen without it
	}
	f.parent, f.call, f.climbed = parent, site, true
	if f.origin == nil {
		e.chain = append(e.chain, parent)
	}
	e.checkCallee(f, parent, site)
	e.checkReached(parent, site.Block())
	return parent, site, true
}

// enclosing returns the frame of the function that made the closure f.Fn.
func (e *Evaluator) enclosing(f *Frame) (*Frame, *ssa.MakeClosure, bool) {
	if f.lexical != nil {
		return f.lexical, f.closure, true
	}
	sites := e.callers.closures[f.Fn]
	if len(sites) == 0 {
		return nil, nil, false
	}
	if f.parent == nil && e.values && len(f.Fn.Params) > 0 {
		e.caller(f) // may say which of the closures it calls
		if f.lexical != nil {
			return f.lexical, f.closure, true
		}
	}
	mc := sites[e.choose(choiceKey{f.id, "closure"}, len(sites))]
	// A closure that its maker calls shares its frame.
	for g := f.parent; g != nil; g = g.up() {
		if g.Fn == mc.Parent() {
			f.lexical, f.closure = g, mc
			return g, mc, true
		}
	}
	l := &Frame{Fn: mc.Parent(), id: e.frameID(f.id, mc, 'l'), origin: f.origin, depth: f.depth + 1}
	f.lexical, f.closure = l, mc
	if f.origin == nil {
		e.chain = append(e.chain, l)
	}
	return l, mc, true
}
