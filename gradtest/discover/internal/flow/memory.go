package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// address divides an address into the variable, allocation or pointer that it is a part of, and the part. If value is
// true, base is the content of the address itself.
func (e *Evaluator) address(addr ssa.Value, f *Frame, at ssa.Instruction) (base loc, path []sel, value bool) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		base, path, value = e.address(a.X, f, at)
		return base, append(path[:len(path):len(path)], fieldSel(a.X.Type(), a.Field)), value
	case *ssa.IndexAddr:
		el := e.element(loc{v: a.X, f: f, at: at}, a.Index, f)
		return el.loc, el.path, el.value
	}
	return loc{v: addr, f: f, at: at}, nil, false
}

// readAddress reads the content of an address.
func (e *Evaluator) readAddress(addr ssa.Value, f *Frame, at ssa.Instruction) loc {
	base, path, value := e.address(addr, f, at)
	if value {
		return e.read(base, path)
	}
	return e.readMemory(base, path)
}

// read returns a part of a value. A pointer is followed.
func (e *Evaluator) read(l loc, path []sel) loc {
	for range 200 {
		e.tick()
		switch {
		case len(path) == 0:
			return l
		case l.json != nil:
			return loc{json: l.json.part(path), f: l.f}
		case l.zero:
			return loc{v: l.v, f: l.f, zero: true}
		case len(l.path) > 0 || l.lit != nil || l.v == nil:
			return loc{v: l.v, f: l.f, at: l.at, path: append(l.path[:len(l.path):len(l.path)], path...)}
		}
		if _, ok := l.v.Type().Underlying().(*types.Pointer); ok {
			return e.readMemory(l, path)
		}
		switch v := l.v.(type) {
		case *ssa.UnOp:
			if u, ok := isDeref(v); ok {
				base, more, value := e.address(u.X, l.f, u)
				path = append(more[:len(more):len(more)], path...)
				if value {
					l = base
					continue
				}
				return e.readMemory(base, path)
			}
		case *ssa.Field:
			path = append([]sel{fieldSel(v.X.Type(), v.Field)}, path...)
			l = loc{v: v.X, f: l.f, at: v}
			continue
		case *ssa.Const:
			return loc{v: v, f: l.f, zero: true}
		}
		next, ok := e.step(l)
		if !ok {
			if s, ok := e.anyStore(l, path); ok {
				return s
			}
			return loc{v: l.v, f: l.f, at: l.at, path: path}
		}
		l = next
	}
	panic(impossible{})
}

// readMemory returns what is at a part of what a pointer points to.
func (e *Evaluator) readMemory(base loc, path []sel) loc {
	if s, ok := e.summary(path); ok {
		return s
	}
	for range 200 {
		e.tick()
		if base.json != nil || base.zero || base.lit != nil || len(base.path) > 0 || base.v == nil {
			return e.read(base, path)
		}
		switch v := base.v.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			b, more, value := e.address(v, base.f, base.at)
			path = append(more[:len(more):len(more)], path...)
			if value {
				return e.read(b, path)
			}
			base = b
			continue
		case *ssa.Global:
			return e.readGlobal(v, path, base.f)
		}
		if w := e.lastWrite(base, path); w != nil {
			if w.kind != passed {
				return e.written(w, base.f, path)
			}
			if next, ok := e.enter(w, base.f); ok {
				path = path[len(w.path):]
				base = next
				continue
			}
			return loc{v: base.v, f: base.f, at: base.at, path: path}
		}
		if a, ok := base.v.(*ssa.Alloc); ok {
			if e.escapes(a, path) {
				return loc{v: a, f: base.f, at: base.at, path: append([]sel{{field: -1}}, path...)}
			}
			return loc{v: a, f: base.f, zero: true}
		}
		next, ok := e.step(base)
		if !ok {
			if s, ok := e.anyStore(base, path); ok {
				return s
			}
			return loc{v: base.v, f: base.f, at: base.at, path: path}
		}
		if _, free := base.v.(*ssa.FreeVar); free && len(path) == 0 {
			if l, ok := e.capturedVariable(next); ok {
				return l
			}
		}
		base = next
	}
	panic(impossible{})
}

// capturedVariable reads a variable that a closure captured: the closure runs after it was made, so every store that
// the maker has may be the last.
func (e *Evaluator) capturedVariable(l loc) (loc, bool) {
	a, ok := l.v.(*ssa.Alloc)
	if !ok || e.lastWrite(l, nil) != nil {
		return loc{}, false
	}
	var stores []write
	for _, w := range e.writesOf(a) {
		if w.kind == stored && len(w.path) == 0 {
			stores = append(stores, w)
		}
	}
	if len(stores) == 0 {
		return loc{}, false
	}
	w := stores[e.choose(choiceKey{l.f.id, a}, len(stores))]
	return loc{v: w.val, f: l.f, at: w.at}, true
}

// written returns what a write leaves at path.
func (e *Evaluator) written(w *write, f *Frame, path []sel) loc {
	rest := path[len(w.path):]
	switch w.kind {
	case decoded:
		if j := e.decode(w, f); j != nil {
			return loc{json: j.part(rest), f: f}
		}
		return loc{v: w.val, f: f, at: w.at, path: append([]sel{{field: -1}}, rest...)}
	case opaque:
		return loc{v: w.val, f: f, at: w.at, path: append([]sel{{field: -1}}, rest...)}
	case captured:
		mc := w.at.(*ssa.MakeClosure)
		inner := e.start(mc.Fn.(*ssa.Function), f)
		inner.lexical, inner.closure = f, mc
		return e.read(loc{v: w.val, f: inner, at: w.inner}, rest)
	}
	return e.read(loc{v: w.val, f: f, at: w.at}, rest)
}

// enter goes into a function that may have written through a pointer it was given, to its end.
func (e *Evaluator) enter(w *write, f *Frame) (loc, bool) {
	call := w.at.(ssa.CallInstruction)
	fn, frame := w.fn, w.frame
	if fn == nil {
		fn, frame = e.callee(call, f)
	}
	if fn == nil || len(fn.Blocks) == 0 || f.tooDeep(fn) {
		return loc{}, false
	}
	i := w.arg
	if call.Common().IsInvoke() {
		i++
	}
	var returns []ssa.Instruction
	for _, b := range fn.Blocks {
		if r, ok := lastOf(b).(*ssa.Return); ok {
			returns = append(returns, r)
		}
	}
	if len(returns) == 0 || i >= len(fn.Params) {
		return loc{}, false
	}
	r := returns[e.choose(choiceKey{frame.id, "return"}, len(returns))]
	e.checkReached(frame, r.Block())
	return loc{v: fn.Params[i], f: frame, at: r}, true
}

// readGlobal reads a part of a package's variable. All stores of the program may be the last.
func (e *Evaluator) readGlobal(g *ssa.Global, path []sel, f *Frame) loc {
	if file := e.embeds[globalName(g)]; file != "" && len(path) == 0 {
		return e.file(file, f)
	}
	var found []globalWrite
	for _, w := range e.callers.globals[g] {
		if isPrefix(w.path, path) && (w.val != nil || e.writesThrough(w.at, w.arg, path[len(w.path):])) {
			found = append(found, w)
		}
	}
	if len(found) == 0 {
		if g.Pkg != nil && g.Pkg.Members["init"] != nil && len(g.Pkg.Func("init").Blocks) == 0 {
			return loc{v: g, f: f, path: append([]sel{{field: -1}}, path...)} // another package's, without bodies
		}
		return loc{v: g, f: f, zero: true}
	}
	w := found[e.choose(choiceKey{0, g}, len(found))]
	frame := e.start(w.at.Parent(), f)
	if w.val != nil {
		l := e.read(loc{v: w.val, f: frame, at: w.at}, path[len(w.path):])
		if l.zero && len(found) > 1 {
			panic(impossible{}) // another store sets it
		}
		return l
	}
	call := w.at.(ssa.CallInstruction)
	wr := &write{at: w.at, arg: w.arg, path: w.path, kind: passKind(call, w.arg), val: call.Common().Args[w.arg]}
	if wr.kind == passed {
		if next, ok := e.enter(wr, frame); ok {
			return e.readMemory(next, path[len(w.path):])
		}
		wr.kind = opaque
	}
	return e.written(wr, frame, path)
}

func globalName(g *ssa.Global) string {
	if g.Pkg == nil {
		return g.Name()
	}
	return g.Pkg.Pkg.Path() + "." + g.Name()
}

// anyStore chooses one of all stores to the field that path ends in: for objects that cannot be followed to where they
// are made.
func (e *Evaluator) anyStore(l loc, path []sel) (loc, bool) {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].elem || path[i].st == nil || path[i].field < 0 {
			continue
		}
		stores := e.callers.fields[path[i].st.Field(path[i].field).Origin()]
		if len(stores) == 0 || len(stores) > 64 {
			return loc{}, false
		}
		s := stores[e.choose(choiceKey{l.f.id, path[i].st.Field(path[i].field)}, len(stores))]
		if e.active[activeKey{-1, s.Addr}] {
			panic(impossible{})
		}
		e.active[activeKey{-1, s.Addr}] = true
		defer delete(e.active, activeKey{-1, s.Addr})
		return e.read(loc{v: s.Val, f: e.start(s.Parent(), l.f), at: s}, path[i+1:]), true
	}
	return loc{}, false
}

func isPrefix(a, b []sel) bool {
	if len(a) > len(b) {
		return false
	}
	for i := range a {
		if a[i].field != b[i].field || a[i].elem != b[i].elem {
			return false
		}
	}
	return true
}
