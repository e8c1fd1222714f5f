package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Applied is a call, or a store to a field, that made an object of a library what it is.
type Applied struct {
	Name string // of the method, function or field
	args []ssa.Value
	f    *Frame
	e    *Evaluator
}

// Arg evaluates argument i; the receiver is not counted.
func (a Applied) Arg(i int) string {
	if i >= len(a.args) {
		return ""
	}
	if els, ok := a.e.elements(loc{v: a.args[i], f: a.f, at: definition(a.args[i])}, make(map[ssa.Value]bool)); ok {
		if len(els) == 0 {
			return ""
		}
		return a.e.elementText(els[0])
	}
	return a.e.text(a.args[i], a.f)
}

// Applied returns the calls of methods of the packages for which library is true that made v, the last first, up to
// the function that created it.
func (r *Run) Applied(v ssa.Value, at ssa.Instruction, library func(path string) bool) (list []Applied) {
	e := r.e
	l := loc{v: v, f: r.f, at: at}
	inLibrary := func(fn *ssa.Function) bool { return fn != nil && fn.Pkg != nil && library(fn.Pkg.Pkg.Path()) }
	for range 200 {
		if l.v == nil || l.zero || l.json != nil || len(l.path) > 0 {
			return list
		}
		var found []write
		for _, w := range e.writesOf(l.v) {
			call, ok := w.at.(ssa.CallInstruction)
			switch {
			case ok && w.arg == 0 && w.kind == opaque && inLibrary(call.Common().StaticCallee()) && call.Common().StaticCallee().Signature.Recv() != nil,
				w.kind == stored && len(w.path) == 1:
				if len(found) < 60 {
					found = append(found, w)
				}
			}
		}
		if len(found) > 0 && l.at != nil && l.at.Parent() == l.f.Fn {
			e.walkBack(l.f, l.at, definition(l.v), found, func(w *write) bool {
				if call, ok := w.at.(ssa.CallInstruction); ok {
					list = append(list, Applied{call.Common().StaticCallee().Name(), call.Common().Args[1:], l.f, e})
				} else if p := w.path[0]; p.st != nil {
					list = append(list, Applied{p.st.Field(p.field).Name(), []ssa.Value{w.val}, l.f, e})
				}
				return false
			})
		}
		c, ok := l.v.(*ssa.Call)
		if x, isExtract := l.v.(*ssa.Extract); isExtract {
			c, ok = x.Tuple.(*ssa.Call)
		}
		if ok && inLibrary(c.Call.StaticCallee()) {
			fn := c.Call.StaticCallee()
			if fn.Signature.Recv() == nil {
				return append(list, Applied{fn.Name(), c.Call.Args, l.f, e})
			}
			list = append(list, Applied{fn.Name(), c.Call.Args[1:], l.f, e})
			l = loc{v: c.Call.Args[0], f: l.f, at: c}
			continue
		}
		next, ok := e.step(l)
		if !ok {
			return list
		}
		l = next
	}
	return list
}

// URL evaluates a url.URL or a pointer to one as it is at an instruction.
func (r *Run) URL(v ssa.Value, at ssa.Instruction) string { return r.e.url(loc{v: v, f: r.f, at: at}) }

// Function returns the function that a value is in this run, or nil.
func (r *Run) Function(v ssa.Value, at ssa.Instruction) *ssa.Function {
	fn, _ := r.e.resolve(loc{v: v, f: r.f, at: at}).v.(*ssa.Function)
	return fn
}

// First evaluates v, or if it is the slice of a variadic parameter its first element.
func (r *Run) First(v ssa.Value, at ssa.Instruction) string {
	if _, ok := v.Type().Underlying().(*types.Slice); !ok {
		return r.Text(v)
	}
	els, ok := r.e.elements(loc{v: v, f: r.f, at: at}, make(map[ssa.Value]bool))
	if !ok || len(els) == 0 {
		return ""
	}
	return r.e.elementText(els[0])
}

// Dynamic returns the concrete type of an interface value in this run, or nil.
func (r *Run) Dynamic(v ssa.Value, at ssa.Instruction) types.Type {
	return r.e.dynamicType(loc{v: v, f: r.f, at: at})
}
