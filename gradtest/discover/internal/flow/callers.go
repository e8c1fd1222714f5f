package flow

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"
)

// callers is an index of the program: who calls what, and what is stored where.
type callers struct {
	functions []*ssa.Function
	static    map[*ssa.Function][]ssa.Instruction
	dynamic   map[string][]ssa.Instruction // by signature: calls of function values
	invokes   map[string][]ssa.Instruction // by method name: calls of interface methods
	closures  map[*ssa.Function][]*ssa.MakeClosure
	taken     map[*ssa.Function]bool // used as a value
	bySig     map[string][]*ssa.Function
	methods   map[string][]*ssa.Function  // by name: concrete methods with bodies
	fields    map[*types.Var][]*ssa.Store // stores to a struct field
	globals   map[*ssa.Global][]globalWrite
	sends     map[string][]*ssa.Send // by element type
	mu        sync.Mutex
	memo      map[*ssa.Function][]ssa.Instruction
	filled    map[*types.Var]bool           // fields whose address is passed to a function
	own       map[*types.Package]bool       // packages with bodies
	mapWrites map[any][]*ssa.MapUpdate      // of a map, by the variable or field that holds it
	atomics   map[any][]ssa.CallInstruction // stores of an atomic value, by its variable or field
	boxed     map[string]bool               // types whose values are turned into interfaces
	imported  map[*types.Package]map[*types.Package]bool
}

// globalWrite is a store to a global variable or a part of it, or a call that is given its address.
type globalWrite struct {
	at   ssa.Instruction
	path []sel
	val  ssa.Value // nil for a call
	arg  int
}

// signature identifies a function type. It ignores the names of the parameters.
func signature(t *types.Signature) string {
	var b strings.Builder
	for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
		for v := range tuple.Variables() {
			b.WriteString(types.TypeString(v.Type(), nil))
			b.WriteByte(',')
		}
		b.WriteByte(';')
	}
	if t.Variadic() {
		b.WriteString("...")
	}
	return b.String()
}

func index(functions []*ssa.Function) *callers {
	c := &callers{
		functions: functions,
		static:    make(map[*ssa.Function][]ssa.Instruction),
		dynamic:   make(map[string][]ssa.Instruction),
		invokes:   make(map[string][]ssa.Instruction),
		closures:  make(map[*ssa.Function][]*ssa.MakeClosure),
		taken:     make(map[*ssa.Function]bool),
		bySig:     make(map[string][]*ssa.Function),
		methods:   make(map[string][]*ssa.Function),
		fields:    make(map[*types.Var][]*ssa.Store),
		globals:   make(map[*ssa.Global][]globalWrite),
		sends:     make(map[string][]*ssa.Send),
		memo:      make(map[*ssa.Function][]ssa.Instruction),
		own:       make(map[*types.Package]bool),
		boxed:     make(map[string]bool),
		atomics:   make(map[any][]ssa.CallInstruction),
		mapWrites: make(map[any][]*ssa.MapUpdate),
		filled:    make(map[*types.Var]bool),
		imported:  make(map[*types.Package]map[*types.Package]bool),
	}
	for _, fn := range functions {
		if fn.Pkg != nil && len(fn.Blocks) > 0 {
			c.own[fn.Pkg.Pkg] = true
		}
	}
	for _, fn := range functions {
		if fn.Signature.Recv() != nil && fn.Synthetic == "" || fn.Origin() != nil && fn.Signature.Recv() != nil {
			c.methods[fn.Name()] = append(c.methods[fn.Name()], fn)
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				c.instruction(in)
			}
		}
	}
	for fn := range c.taken {
		s := signature(fn.Signature)
		c.bySig[s] = append(c.bySig[s], fn)
	}
	for _, fns := range c.bySig {
		sortFunctions(fns)
	}
	return c
}

func (c *callers) instruction(in ssa.Instruction) {
	var called ssa.Value
	switch in := in.(type) {
	case ssa.CallInstruction:
		c.atomicStore(in)
		common := in.Common()
		switch {
		case common.IsInvoke():
			c.invokes[common.Method.Name()] = append(c.invokes[common.Method.Name()], in)
		case common.StaticCallee() != nil:
			called = common.Value
			c.static[common.StaticCallee()] = append(c.static[common.StaticCallee()], in)
		default:
			if s, ok := common.Value.Type().Underlying().(*types.Signature); ok {
				c.dynamic[signature(s)] = append(c.dynamic[signature(s)], in)
			}
		}
		for i, a := range common.Args {
			if m, ok := a.(*ssa.MakeInterface); ok {
				a = m.X
			}
			if g, path, ok := globalAddress(a); ok {
				c.globals[g] = append(c.globals[g], globalWrite{in, path, nil, i})
			}
		}
	case *ssa.MakeClosure:
		fn := in.Fn.(*ssa.Function)
		c.closures[fn] = append(c.closures[fn], in)
		c.taken[fn] = true
	case *ssa.Store:
		if g, path, ok := globalAddress(in.Addr); ok {
			c.globals[g] = append(c.globals[g], globalWrite{in, path, in.Val, 0})
		} else if fa, ok := in.Addr.(*ssa.FieldAddr); ok {
			if v := fieldOf(fa.X.Type(), fa.Field); v != nil && c.own[v.Pkg()] {
				c.fields[v] = append(c.fields[v], in)
			}
		}
	case *ssa.FieldAddr:
		for _, ref := range *in.Referrers() {
			switch ref.(type) {
			case *ssa.MakeInterface, ssa.CallInstruction:
				if v := fieldOf(in.X.Type(), in.Field); v != nil {
					c.filled[v] = true
				}
			}
		}
	case *ssa.MapUpdate:
		if u, ok := isDeref(in.Map); ok {
			if k := cell(u.X); k != nil {
				c.mapWrites[k] = append(c.mapWrites[k], in)
			}
		}
	case *ssa.MakeInterface:
		c.boxed[in.X.Type().String()] = true
	case *ssa.Send:
		t := in.X.Type().String()
		c.sends[t] = append(c.sends[t], in)
	}
	for _, op := range in.Operands(nil) {
		if fn, ok := (*op).(*ssa.Function); ok && *op != called {
			c.taken[fn] = true
		}
	}
}

// globalAddress reports whether v is the address of a global variable or of a part of it.
func globalAddress(v ssa.Value) (*ssa.Global, []sel, bool) {
	var path []sel
	for {
		switch x := v.(type) {
		case *ssa.Global:
			return x, path, true
		case *ssa.FieldAddr:
			path = append([]sel{{field: x.Field, elem: false}}, path...)
			v = x.X
		case *ssa.IndexAddr:
			i, ok := x.Index.(*ssa.Const)
			if !ok {
				return nil, nil, false
			}
			path = append([]sel{{field: int(i.Int64()), elem: true}}, path...)
			v = x.X
		default:
			return nil, nil, false
		}
	}
}

// fieldOf returns field i of a struct or pointer to one; of a generic type that of its origin.
func fieldOf(t types.Type, i int) *types.Var {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || i >= s.NumFields() {
		return nil
	}
	return s.Field(i).Origin()
}

// of returns the calls that may call fn, in the order of their positions; without values only those that surely do.
func (c *callers) of(fn *ssa.Function, values bool) []ssa.Instruction {
	if !values {
		return slices.DeleteFunc(slices.Clone(c.static[fn]), func(in ssa.Instruction) bool { return c.idle(in.Parent()) })
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if sites, ok := c.memo[fn]; ok {
		return sites
	}
	sites := append([]ssa.Instruction(nil), c.static[fn]...)
	if recv := fn.Signature.Recv(); recv != nil && c.inInterfaces(recv.Type()) {
		for _, in := range c.invokes[fn.Name()] {
			common := in.(ssa.CallInstruction).Common()
			iface, ok := common.Value.Type().Underlying().(*types.Interface)
			if ok && (types.Implements(recv.Type(), iface) || types.Implements(types.NewPointer(recv.Type()), iface)) {
				sites = append(sites, in)
			}
		}
	}
	if c.taken[fn] {
		for _, in := range c.dynamic[signature(fn.Signature)] {
			if c.related(packageOf(in.Parent()), packageOf(fn)) {
				sites = append(sites, in)
			}
		}
	}
	sites = slices.DeleteFunc(sites, func(in ssa.Instruction) bool { return c.idle(in.Parent()) })
	sortSites(sites)
	c.memo[fn] = sites
	return sites
}

// idle reports whether fn is a wrapper that the compiler makes of a method and that nothing calls.
func (c *callers) idle(fn *ssa.Function) bool {
	return fn.Synthetic != "" && fn.Origin() == nil && fn.Signature.Recv() != nil && !c.taken[fn] && len(c.static[fn]) == 0 &&
		(len(c.invokes[fn.Name()]) == 0 || !c.boxed[fn.Signature.Recv().Type().String()])
}

// inInterfaces reports whether a method of the type can be called through an interface: a value of the type, or of a
// pointer to it, is turned into one.
func (c *callers) inInterfaces(recv types.Type) bool {
	if p, ok := recv.(*types.Pointer); ok {
		recv = p.Elem()
	}
	return c.boxed[recv.String()] || c.boxed["*"+recv.String()]
}

// related reports whether one of two packages imports the other, directly or not. A function value hardly gets anywhere
// else.
func (c *callers) related(a, b *types.Package) bool {
	return a == nil || b == nil || a == b || c.imports(a)[b] || c.imports(b)[a]
}

func (c *callers) imports(p *types.Package) map[*types.Package]bool {
	all, ok := c.imported[p]
	if !ok {
		all = make(map[*types.Package]bool)
		c.imported[p] = all
		var visit func(p *types.Package)
		visit = func(p *types.Package) {
			for _, d := range p.Imports() {
				if !all[d] {
					all[d] = true
					visit(d)
				}
			}
		}
		visit(p)
	}
	return all
}

func packageOf(fn *ssa.Function) *types.Package {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	if fn.Pkg == nil {
		return nil
	}
	return fn.Pkg.Pkg
}
