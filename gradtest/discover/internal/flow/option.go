package flow

import "golang.org/x/tools/go/ssa"

// Functional options are function values in a slice, called in a loop with a pointer to what they set. The last one
// that sets a field decides.

// optionIndex returns the address of the element that a write calls, if it is the call of an element.
func optionIndex(w write) *ssa.IndexAddr {
	call, ok := w.at.(ssa.CallInstruction)
	if !ok || w.kind != passed || call.Common().IsInvoke() || call.Common().StaticCallee() != nil {
		return nil
	}
	u, ok := isDeref(call.Common().Value)
	if !ok {
		return nil
	}
	index, _ := u.X.(*ssa.IndexAddr)
	return index
}

// option finds the last element that may write to path, and reports whether there is one.
func (e *Evaluator) option(w *write, index *ssa.IndexAddr, f *Frame, path []sel) bool {
	els, ok := e.elements(loc{v: index.X, f: f, at: index}, make(map[ssa.Value]bool))
	if !ok {
		return false
	}
	for i := len(els) - 1; i >= 0; i-- {
		l := els[i].loc
		if !els[i].value {
			l = e.readMemory(l, els[i].path)
		}
		fn, frame := e.functionOf(e.resolve(l), w.at.(ssa.CallInstruction), f)
		if fn != nil && e.mayWrite(fn, w.arg, path[len(w.path):]) && e.combined(fn, frame, w.arg, path[len(w.path):]) {
			w.fn, w.frame = fn, frame
			return true
		}
	}
	return false
}

// combined reports whether an option that only applies others, as one that combines them, has one that may write to
// path. For any other option it is true.
func (e *Evaluator) combined(fn *ssa.Function, frame *Frame, arg int, path []sel) bool {
	only := true
	for _, w := range e.writesOf(fn.Params[arg]) {
		if !e.relevant(w, path) {
			continue
		}
		index := optionIndex(w)
		if index == nil {
			return true
		}
		if e.option(&w, index, frame, path) {
			return true
		}
		only = false
	}
	return only
}
