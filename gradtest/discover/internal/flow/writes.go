package flow

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// write is an instruction that may write to what a pointer points to.
type write struct {
	at    ssa.Instruction
	kind  writeKind
	path  []sel
	val   ssa.Value
	arg   int             // of a call
	inner ssa.Instruction // of a closure: its store
	boxed bool            // the pointer is passed as an interface value
	fn    *ssa.Function   // of a call of a function value: what it calls
	frame *Frame
}

type writeKind byte

const (
	stored   writeKind = iota // val is stored
	passed                    // the pointer is passed to a function of the program
	decoded                   // JSON is decoded into it
	opaque                    // the pointer is passed to a function without a body
	captured                  // a closure captures it and stores val
)

type paramKey struct {
	fn   *ssa.Function
	arg  int
	path string
}

func pathKey(path []sel) string {
	var b strings.Builder
	for _, s := range path {
		fmt.Fprintf(&b, "%d%t,", s.field, s.elem)
	}
	return b.String()
}

// writesOf returns the instructions of v's function that may write through v, in no order.
func (e *Evaluator) writesOf(v ssa.Value) []write {
	if w, ok := e.writes[v]; ok {
		return w
	}
	e.writes[v] = nil
	var found []write
	collectWrites(v, v, nil, &found, 0)
	e.writes[v] = found
	return found
}

func collectWrites(root, v ssa.Value, path []sel, found *[]write, depth int) {
	refs := v.Referrers()
	if refs == nil || depth > 8 {
		return
	}
	for _, in := range *refs {
		switch in := in.(type) {
		case *ssa.Store:
			if in.Addr == v {
				*found = append(*found, write{at: in, path: path, val: in.Val})
			}
		case *ssa.FieldAddr:
			collectWrites(root, in, append(path[:len(path):len(path)], fieldSel(in.X.Type(), in.Field)), found, depth+1)
		case *ssa.IndexAddr:
			if i, ok := in.Index.(*ssa.Const); ok && in.X == v {
				collectWrites(root, in, append(path[:len(path):len(path)], sel{field: int(i.Int64()), elem: true}), found, depth+1)
			}
		case *ssa.MakeInterface, *ssa.ChangeType, *ssa.ChangeInterface:
			n := len(*found)
			collectWrites(root, in.(ssa.Value), path, found, depth+1)
			if _, ok := in.(*ssa.MakeInterface); ok {
				for i := range (*found)[n:] {
					(*found)[n+i].boxed = true
				}
			}
		case *ssa.MakeClosure:
			collectCaptured(in, v, path, found)
		case ssa.CallInstruction:
			if _, ok := in.Common().Value.(*ssa.Builtin); ok {
				continue
			}
			for i, a := range in.Common().Args {
				if a == v {
					*found = append(*found, write{at: in, kind: passKind(in, i), path: path, arg: i, val: v})
				}
			}
		}
	}
}

func collectCaptured(mc *ssa.MakeClosure, v ssa.Value, path []sel, found *[]write) {
	fn := mc.Fn.(*ssa.Function)
	for i, b := range mc.Bindings {
		if b != v || i >= len(fn.FreeVars) {
			continue
		}
		var inner []write
		collectWrites(fn.FreeVars[i], fn.FreeVars[i], path, &inner, 6)
		for _, w := range inner {
			if w.kind == stored {
				*found = append(*found, write{at: mc, kind: captured, path: w.path, val: w.val, inner: w.at})
			}
		}
	}
}

// passKind says what a call may do with a pointer that it is given.
func passKind(call ssa.CallInstruction, arg int) writeKind {
	common := call.Common()
	if common.IsInvoke() {
		return passed
	}
	fn := common.StaticCallee()
	switch {
	case fn == nil || len(fn.Blocks) > 0:
		return passed
	case decoders[fn.String()] && arg == len(common.Args)-1:
		return decoded
	}
	return opaque
}

// writesThrough reports whether a call may write to a part of what its argument points to.
func (e *Evaluator) writesThrough(at ssa.Instruction, arg int, path []sel) bool {
	call := at.(ssa.CallInstruction)
	switch passKind(call, arg) {
	case decoded:
		return true
	case opaque:
		return fills(call)
	}
	common := call.Common()
	if fn := common.StaticCallee(); fn != nil {
		return e.mayWrite(fn, arg, path)
	}
	if !common.IsInvoke() {
		for _, fn := range e.callers.bySig[signature(common.Signature())] {
			if e.mayWrite(fn, arg, path) {
				return true
			}
		}
	}
	if common.IsInvoke() {
		for _, m := range e.callers.methods[common.Method.Name()] {
			if e.mayWrite(m, arg+1, path) {
				return true
			}
		}
	}
	return false
}

// fills reports whether a function without a body may be one that fills what it is given: a decoder, a flag, a reader
// of the environment. Methods of the pointer's own type are not.
func fills(call ssa.CallInstruction) bool {
	fn := call.Common().StaticCallee()
	if fn == nil || fn.Signature.Recv() != nil && len(call.Common().Args) > 0 && call.Common().Args[0] != nil && len(call.Common().Args) == 1 {
		return false
	}
	for _, w := range []string{"Decode", "Unmarshal", "Var", "Scan", "Process", "Parse", "Load", "Fill", "Bind", "Read"} {
		if strings.Contains(fn.Name(), w) {
			return true
		}
	}
	return false
}

func (e *Evaluator) mayWrite(fn *ssa.Function, arg int, path []sel) bool {
	if arg >= len(fn.Params) {
		return false
	}
	k := paramKey{fn, arg, pathKey(path)}
	if may, ok := e.mayWrites[k]; ok {
		return may
	}
	e.mayWrites[k] = false
	for _, w := range e.writesOf(fn.Params[arg]) {
		if e.relevant(w, path) {
			e.mayWrites[k] = true
			return true
		}
	}
	return false
}

// escapes reports whether a variable is passed as an interface value, so that code without a body may fill it.
func (e *Evaluator) escapes(a *ssa.Alloc, path []sel) bool {
	return slices.ContainsFunc(e.writesOf(a), func(w write) bool { return w.boxed && isPrefix(w.path, path) })
}

// relevant reports whether w may write to path.
func (e *Evaluator) relevant(w write, path []sel) bool {
	if !isPrefix(w.path, path) {
		return false
	}
	switch w.kind {
	case stored, captured, decoded:
		return true
	}
	return e.writesThrough(w.at, w.arg, path[len(w.path):])
}
