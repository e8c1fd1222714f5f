package declare

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// element is the step of a path to any element of a slice, array, map or iterator. Others are indices of struct fields.
const element = -1

// context is a call that the trace went into: the parameters of fn are the arguments of call, seen from up.
type context struct {
	call  ssa.CallInstruction
	fn    *ssa.Function
	up    *context
	depth int
}

// query is what a trace looks for: leaf is called for every value that it comes to and reports whether the value is an
// answer; unknown is called where the trace ends without one. pos is the line of the source that chose the value.
type query struct {
	leaf    func(v ssa.Value, c *context, pos token.Pos) bool
	unknown func(pos token.Pos, reason string)
	join    func(x, y ssa.Value, c *context, pos token.Pos) // of texts; nil: none are looked for
}

type visit struct {
	v    ssa.Value
	path string
	c    *context
	uses bool
}

// run is one trace.
type run struct {
	*tracer
	query
	visited map[visit]bool
}

func (t *tracer) run(q query) *run { return &run{tracer: t, query: q, visited: make(map[visit]bool)} }

func (r *run) again(v ssa.Value, path []int, c *context, uses bool) bool {
	key := make([]byte, 0, 4*len(path))
	for _, p := range path {
		key = append(strconv.AppendInt(key, int64(p), 10), ',')
	}
	k := visit{v, string(key), c, uses}
	if r.visited[k] {
		return true
	}
	r.visited[k] = true
	return len(r.visited) > 100_000 || len(path) > 12
}

// value traces the part of v at path. A pointer is followed where the path goes on.
func (r *run) value(v ssa.Value, path []int, c *context, pos token.Pos) {
	if r.again(v, path, c, false) || len(path) == 0 && r.leaf(v, c, pos) {
		return
	}
	if k := member(v, path); k != nil {
		r.leaf(k, c, pos)
		return
	}
	if len(path) > 0 && path[0] == element {
		if call, ok := v.(*ssa.Call); ok && r.leaf(call, c, pos) { // rcapi.Scopes()
			return
		}
		r.elementStores(v, path, c, pos)
	}
	switch v := v.(type) {
	case *ssa.Const: // nil or zero
		if len(path) == 0 && v.Value != nil {
			r.unknown(pos, "it is a constant of the code")
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			r.value(v.X, path, c, pos)
			return
		}
		r.unknown(pos, "it comes from a channel")
	case *ssa.Alloc:
		r.uses(v, path, c, pos)
	case *ssa.Global:
		r.global(v, path, pos)
	case *ssa.FieldAddr:
		r.value(v.X, prepend(v.Field, path), c, pos)
	case *ssa.IndexAddr:
		r.value(v.X, prepend(element, path), c, pos)
	case *ssa.Field:
		r.value(v.X, prepend(v.Field, path), c, pos)
	case *ssa.Index:
		r.value(v.X, prepend(element, path), c, pos)
	case *ssa.Lookup:
		r.value(v.X, prepend(element, path), c, pos)
	case *ssa.Slice:
		r.value(v.X, path, c, pos)
	case *ssa.MakeInterface:
		r.value(v.X, path, c, pos)
	case *ssa.ChangeType:
		r.value(v.X, path, c, pos)
	case *ssa.ChangeInterface:
		r.value(v.X, path, c, pos)
	case *ssa.Convert:
		r.value(v.X, path, c, pos)
	case *ssa.TypeAssert:
		r.value(v.X, path, c, pos)
	case *ssa.Phi:
		for _, e := range v.Edges {
			r.value(e, path, c, pos)
		}
	case *ssa.Extract:
		r.extract(v, path, c, pos)
	case *ssa.Call:
		r.result(v, 0, path, c, pos)
	case *ssa.Parameter:
		r.parameter(v, path, c, pos)
	case *ssa.FreeVar:
		r.freeVar(v, path, c, pos)
	case *ssa.MakeMap:
		for _, in := range *v.Referrers() {
			if u, ok := in.(*ssa.MapUpdate); ok && u.Map == v && len(path) > 0 {
				r.value(u.Value, path[1:], c, orElse(u.Pos(), pos))
			}
		}
	case *ssa.MakeClosure:
		r.yields(v.Fn.(*ssa.Function), path, c, pos)
	case *ssa.Function:
		r.yields(v, path, c, pos)
	case *ssa.MakeSlice:
	case *ssa.BinOp:
		if v.Op == token.ADD && r.join != nil {
			r.join(v.X, v.Y, c, pos)
			return
		}
		r.unknown(pos, "it is computed")
	default:
		r.unknown(pos, "it is made when the program runs")
	}
}

func prepend(i int, path []int) []int { return append([]int{i}, path...) }

func orElse(p, otherwise token.Pos) token.Pos {
	if p.IsValid() {
		return p
	}
	return otherwise
}

func (r *run) extract(v *ssa.Extract, path []int, c *context, pos token.Pos) {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		r.result(t, v.Index, path, c, pos)
	case *ssa.Lookup:
		r.value(t.X, prepend(element, path), c, pos)
	case *ssa.TypeAssert:
		r.value(t.X, path, c, pos)
	case *ssa.Next:
		if rng, ok := t.Iter.(*ssa.Range); ok && v.Index == 2 {
			r.value(rng.X, prepend(element, path), c, pos)
			return
		}
		r.unknown(pos, "it is a key of a map")
	default:
		r.unknown(pos, "it comes from a channel")
	}
}

// result traces a result of a call.
func (r *run) result(call *ssa.Call, index int, path []int, c *context, pos token.Pos) {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" {
			for _, a := range common.Args {
				r.value(a, path, c, pos)
			}
			return
		}
		r.unknown(pos, "it is the result of "+b.Name())
		return
	}
	callees := r.callees(common, c)
	if len(callees) == 0 {
		r.bodiless(common, path, c, pos)
		return
	}
	for _, fn := range callees {
		if len(fn.Blocks) == 0 {
			r.bodiless(common, path, c, pos)
			continue
		}
		if c != nil && c.depth > 25 {
			r.unknown(pos, "it is made by a recursion")
			continue
		}
		r.returns(fn, index, path, &context{call, fn, c, depth(c) + 1}, pos)
	}
}

func depth(c *context) int {
	if c == nil {
		return 0
	}
	return c.depth
}

func (r *run) returns(fn *ssa.Function, index int, path []int, c *context, pos token.Pos) {
	if again := r.contextOf(c); again != nil {
		c = again
	}
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && index < len(ret.Results) {
			r.value(ret.Results[index], path, c, pos)
		}
	}
}

// bodiless traces the result of a function that is not read, such as slices.Clone: what it can have taken from its
// arguments.
func (r *run) bodiless(call *ssa.CallCommon, path []int, c *context, pos token.Pos) {
	name := "a function value"
	if fn := call.StaticCallee(); fn != nil {
		name = fn.String()
		if o := fn.Origin(); o != nil {
			name = o.String()
		}
	}
	var elem types.Type
	if res := call.Signature().Results(); res.Len() > 0 {
		elem = elemOf(res.At(0).Type())
	}
	if elem != nil && len(path) > 0 {
		holders, callbacks := containers(call, elem)
		for _, h := range holders {
			p := path
			if e := elemOf(h.Type()); !types.Identical(e, elem) {
				p = prepend(element, path) // a slice of slices
			}
			r.value(h, p, c, pos)
		}
		for _, fn := range callbacks {
			r.returns(fn, 0, path[1:], nil, pos)
		}
		if len(holders)+len(callbacks) > 0 {
			return
		}
	}
	r.unknown(pos, "it comes from "+name)
}

// parameter traces the argument of the call that the trace came from, or of all calls.
func (r *run) parameter(p *ssa.Parameter, path []int, c *context, pos token.Pos) {
	fn := p.Parent()
	i := slices.Index(fn.Params, p)
	if c != nil && c.fn == fn {
		if a := argument(c.call.Common(), fn, i); a != nil {
			r.value(a, path, c.up, orElse(c.call.Pos(), pos))
			return
		}
	}
	found := false
	for _, call := range r.static[fn] {
		if a := argument(call.Common(), fn, i); a != nil {
			found = true
			r.value(a, path, nil, orElse(call.Pos(), pos))
		}
	}
	for _, use := range r.passed[fn] { // as a callback
		for _, a := range use.Common().Args {
			if e := elemOf(a.Type()); e != nil && types.Identical(e, p.Type()) {
				found = true
				r.value(a, prepend(element, path), nil, pos)
			}
		}
		if e := elemOf(use.Common().Value.Type()); !use.Common().IsInvoke() && e != nil && types.Identical(e, p.Type()) {
			found = true // the body of a range over a function
			r.value(use.Common().Value, prepend(element, path), nil, pos)
		}
	}
	if !found && r.taken[fn] {
		for _, call := range r.dynamic { // of a function value that can be it
			if a := argument(call.Common(), fn, i); a != nil && types.Identical(call.Common().Signature(), fn.Signature) {
				found = true
				r.value(a, path, nil, orElse(call.Pos(), pos))
			}
		}
	}
	if !found {
		r.unknown(pos, "it is a parameter of "+fn.Name()+", which no scanned code calls by name")
	}
}

// yields traces the elements of an iterator: what its function passes to yield.
func (r *run) yields(fn *ssa.Function, path []int, c *context, pos token.Pos) {
	if len(path) == 0 || path[0] != element || len(fn.Params) != 1 {
		r.unknown(pos, "it is a function")
		return
	}
	yield := fn.Params[0]
	for _, f := range append([]*ssa.Function{fn}, fn.AnonFuncs...) { // the body of a range over a function is one
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(ssa.CallInstruction)
				if !ok || len(call.Common().Args) == 0 || call.Common().IsInvoke() {
					continue
				}
				if v := call.Common().Value; v == yield || isCaptured(v, yield) {
					r.value(call.Common().Args[len(call.Common().Args)-1], path[1:], c, orElse(call.Pos(), pos))
				}
			}
		}
	}
}

// isCaptured reports whether v is a variable of the enclosing function of the same name and type.
func isCaptured(v ssa.Value, p *ssa.Parameter) bool {
	if u, ok := v.(*ssa.UnOp); ok {
		v = u.X
	}
	f, ok := v.(*ssa.FreeVar)
	return ok && f.Name() == p.Name() && types.Identical(deref(f.Type()), p.Type())
}

// argument is what a call passes for the i-th parameter of fn.
func argument(call *ssa.CallCommon, fn *ssa.Function, i int) ssa.Value {
	if call.IsInvoke() {
		if i == 0 {
			return call.Value
		}
		i--
	}
	if i < len(call.Args) {
		return call.Args[i]
	}
	return nil
}

func (r *run) freeVar(v *ssa.FreeVar, path []int, c *context, pos token.Pos) {
	fn := v.Parent()
	i := slices.Index(fn.FreeVars, v)
	for _, mc := range r.closures[fn] {
		up := c
		for up != nil && up.fn != mc.Parent() {
			up = up.up
		}
		r.value(mc.Bindings[i], path, up, pos)
	}
}
