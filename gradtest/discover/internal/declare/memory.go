package declare

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// tracer is an index of a program.
type tracer struct {
	static   map[*ssa.Function][]ssa.CallInstruction
	passed   map[*ssa.Function][]ssa.CallInstruction // calls that have the function as an argument
	closures map[*ssa.Function][]*ssa.MakeClosure
	globals  map[*ssa.Global][]ssa.Instruction
	methods  map[string][]*ssa.Function
	dynamic  []ssa.CallInstruction  // calls of function values
	taken    map[*ssa.Function]bool // functions that are used as values
	contexts map[contextKey]*context
}

type contextKey struct {
	call ssa.CallInstruction
	fn   *ssa.Function
	up   *context
}

func newTracer(functions []*ssa.Function) *tracer {
	t := &tracer{
		static:   make(map[*ssa.Function][]ssa.CallInstruction),
		passed:   make(map[*ssa.Function][]ssa.CallInstruction),
		closures: make(map[*ssa.Function][]*ssa.MakeClosure),
		globals:  make(map[*ssa.Global][]ssa.Instruction),
		methods:  make(map[string][]*ssa.Function),
		taken:    make(map[*ssa.Function]bool),
		contexts: make(map[contextKey]*context),
	}
	for _, fn := range functions {
		if fn.Signature.Recv() != nil && fn.Synthetic == "" {
			t.methods[fn.Name()] = append(t.methods[fn.Name()], fn)
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				t.instruction(in)
			}
		}
	}
	return t
}

func (t *tracer) instruction(in ssa.Instruction) {
	for _, op := range in.Operands(nil) {
		if g, ok := (*op).(*ssa.Global); ok {
			t.globals[g] = append(t.globals[g], in)
		}
	}
	call, isCall := in.(ssa.CallInstruction)
	for _, op := range in.Operands(nil) {
		if fn, ok := (*op).(*ssa.Function); ok && !(isCall && *op == call.Common().Value) {
			t.taken[fn] = true
		}
	}
	switch in := in.(type) {
	case *ssa.MakeClosure:
		fn := in.Fn.(*ssa.Function)
		t.closures[fn] = append(t.closures[fn], in)
	case ssa.CallInstruction:
		_, builtin := in.Common().Value.(*ssa.Builtin)
		if fn := in.Common().StaticCallee(); fn != nil {
			t.static[fn] = append(t.static[fn], in)
		} else if !in.Common().IsInvoke() && !builtin {
			t.dynamic = append(t.dynamic, in)
		}
		for _, a := range in.Common().Args {
			if fn := functionOf(a); fn != nil {
				t.passed[fn] = append(t.passed[fn], in)
			}
		}
	}
}

// contextOf returns an equal context that was made before, so that a trace sees when it comes back.
func (t *tracer) contextOf(c *context) *context {
	if c == nil {
		return nil
	}
	k := contextKey{c.call, c.fn, c.up}
	if old := t.contexts[k]; old != nil {
		return old
	}
	t.contexts[k] = c
	return c
}

// callees are the functions that a call can call; none if that is not known.
func (t *tracer) callees(call *ssa.CallCommon, c *context) (found []*ssa.Function) {
	if fn := call.StaticCallee(); fn != nil {
		return []*ssa.Function{fn}
	}
	if call.IsInvoke() {
		for _, m := range t.methods[call.Method.Name()] {
			if implements(m.Signature.Recv().Type(), call.Value.Type()) {
				found = append(found, m)
			}
		}
		return found
	}
	t.run(query{
		leaf: func(v ssa.Value, _ *context, _ token.Pos) bool {
			fn := functionOf(v)
			if fn != nil && !slices.Contains(found, fn) {
				found = append(found, fn)
			}
			return fn != nil
		},
		unknown: func(token.Pos, string) {},
	}).value(call.Value, nil, c, token.NoPos)
	return found
}

// global traces all that the program stores to a part of a variable.
func (r *run) global(g *ssa.Global, path []int, pos token.Pos) {
	uses := r.globals[g]
	if len(uses) == 0 || !slices.ContainsFunc(uses, func(in ssa.Instruction) bool { _, load := in.(*ssa.UnOp); return !load }) {
		if g.Pkg != nil && len(g.Pkg.Func("init").Blocks) == 0 { // another module's
			r.unknown(pos, "it comes from "+g.Pkg.Pkg.Path()+"."+g.Name())
		}
		return
	}
	for _, in := range uses {
		r.use(g, in, path, nil, pos)
	}
}

// usesOf returns the instructions that use an address.
func (t *tracer) usesOf(addr ssa.Value) []ssa.Instruction {
	if g, ok := addr.(*ssa.Global); ok {
		return t.globals[g]
	}
	if addr.Referrers() == nil {
		return nil
	}
	return *addr.Referrers()
}

// uses traces what is written to a part of the memory at an address.
func (r *run) uses(addr ssa.Value, path []int, c *context, pos token.Pos) {
	if r.again(addr, path, c, true) || addr.Referrers() == nil {
		return
	}
	for _, in := range *addr.Referrers() {
		r.use(addr, in, path, c, pos)
	}
}

func (r *run) use(addr ssa.Value, in ssa.Instruction, path []int, c *context, pos token.Pos) {
	switch in := in.(type) {
	case *ssa.Store:
		if in.Addr != addr {
			return
		}
		switch addr.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			pos = orElse(in.Pos(), pos)
		}
		r.value(in.Val, path, c, pos)
	case *ssa.UnOp: // the slice or map in a variable
		if in.X == addr {
			r.elementStores(in, path, c, pos)
		}
	case *ssa.FieldAddr:
		switch {
		case len(path) > 0 && path[0] == in.Field:
			r.uses(in, path[1:], c, pos)
		case len(path) == 0 && isNamed(in.X.Type(), catalogue, "Operation") && fieldName(in) == "Path" && stored(in):
			if !r.leaf(in, c, pos) {
				r.unknown(pos, "it is an Operation that the code fills itself: use rcapi.MustParse")
			}
		}
	case *ssa.IndexAddr:
		if in.X == addr && len(path) > 0 && path[0] == element {
			r.uses(in, path[1:], c, pos)
		}
	case *ssa.Slice:
		r.elementStores(in, path, c, pos)
		r.written(in, path, c, pos)
	case *ssa.Phi:
		r.uses(in, path, c, pos)
	case *ssa.MakeClosure:
		for i, b := range in.Bindings {
			if fn := in.Fn.(*ssa.Function); b == addr {
				r.uses(fn.FreeVars[i], path, c, pos)
			}
		}
	case *ssa.MakeInterface:
		r.written(in, path, c, pos)
	case ssa.CallInstruction:
		r.passes(addr, in, path, c, pos)
	}
}

func stored(fa *ssa.FieldAddr) bool {
	return slices.ContainsFunc(*fa.Referrers(), func(in ssa.Instruction) bool {
		st, ok := in.(*ssa.Store)
		return ok && st.Addr == fa
	})
}

// written traces functions that are given a pointer and may write through it.
func (r *run) written(v ssa.Value, path []int, c *context, pos token.Pos) {
	for _, in := range *v.Referrers() {
		if call, ok := in.(ssa.CallInstruction); ok {
			r.passes(v, call, path, c, pos)
		}
	}
}

func (r *run) passes(addr ssa.Value, call ssa.CallInstruction, path []int, c *context, pos token.Pos) {
	common := call.Common()
	if common.IsInvoke() {
		return
	}
	if _, builtin := common.Value.(*ssa.Builtin); builtin {
		return
	}
	for _, fn := range r.callees(common, c) {
		for i, a := range common.Args {
			if a != addr || i >= len(fn.Params) && len(fn.Blocks) > 0 {
				continue
			}
			if len(fn.Blocks) == 0 {
				if _, isInterface := addr.(*ssa.MakeInterface); isInterface && decodes(fn) {
					r.unknown(orElse(call.Pos(), pos), "it is read by "+fn.String())
				}
				continue
			}
			if depth(c) < 25 {
				r.uses(fn.Params[i], path, r.contextOf(&context{call, fn, c, depth(c) + 1}), pos)
			}
		}
	}
}

// decodes reports whether a function writes to what it is given as an interface.
func decodes(fn *ssa.Function) bool {
	switch fn.Name() {
	case "Unmarshal", "Decode", "UnmarshalStrict", "DecodeFile", "UnmarshalRead", "Unpack", "ReadConfig":
		return true
	}
	return false
}

// elementStores traces what the code stores to elements of a slice through this value of it.
func (r *run) elementStores(v ssa.Value, path []int, c *context, pos token.Pos) {
	if v.Referrers() == nil || len(path) == 0 || path[0] != element {
		return
	}
	for _, in := range *v.Referrers() {
		switch in := in.(type) {
		case *ssa.Slice:
			r.elementStores(in, path, c, pos)
		case *ssa.IndexAddr:
			if in.X == v {
				r.uses(in, path[1:], c, pos)
			}
		case *ssa.MapUpdate:
			if in.Map == v {
				r.value(in.Value, path[1:], c, orElse(in.Pos(), pos))
			}
		case *ssa.Call:
			if b, ok := in.Call.Value.(*ssa.Builtin); ok && b.Name() == "copy" && in.Call.Args[0] == v {
				r.value(in.Call.Args[1], path, c, pos)
			}
		}
	}
}
