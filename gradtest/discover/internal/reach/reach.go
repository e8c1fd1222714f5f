// Package reach tells which functions of a program main, a handler or a test can reach.
package reach

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Levels of reach.
const (
	Production = iota
	TestOnly
	Dead
)

// Graph knows how each function is reached. It follows calls, closures, functions that are used as values, and the
// methods of the types that reachable code turns into interfaces.
type Graph struct {
	prog   *ssa.Program
	inside func(*ssa.Function) bool
	isTest func(*ssa.Function) bool
	level  map[*ssa.Function]int
	parent map[*ssa.Function]*ssa.Function

	queue   []*ssa.Function
	late    []*ssa.Function                   // of test files, reached from production code
	types   map[types.Type][]*types.Interface // made into these interfaces
	order   []types.Type
	invokes map[invoked]*ssa.Function // by whom first
	makers  map[types.Type]*ssa.Function
}

type invoked struct {
	iface *types.Interface
	name  string
}

// New computes the graph. inside says which functions are of the scanned packages, isTest which stand in test files.
func New(prog *ssa.Program, functions []*ssa.Function, inside, isTest func(*ssa.Function) bool) *Graph {
	g := &Graph{
		prog: prog, inside: inside, isTest: isTest,
		level:   make(map[*ssa.Function]int),
		parent:  make(map[*ssa.Function]*ssa.Function),
		types:   make(map[types.Type][]*types.Interface),
		invokes: make(map[invoked]*ssa.Function),
		makers:  make(map[types.Type]*ssa.Function),
	}
	var production, tests []*ssa.Function
	used := usedByMain(functions)
	for _, fn := range functions {
		if !inside(fn) || fn.Parent() != nil {
			continue
		}
		switch {
		case isTest(fn):
			if isTestEntry(fn) {
				tests = append(tests, fn)
			}
		case fn.Pkg != nil && (fn == fn.Pkg.Func("init") || strings.HasPrefix(fn.Name(), "init#")):
			production = append(production, fn)
		case fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main":
			if fn.Name() == "main" && fn.Signature.Recv() == nil {
				production = append(production, fn)
			}
		case fn.Pkg != nil && !used[fn.Pkg.Pkg.Path()] && exported(fn):
			production = append(production, fn)
		}
	}
	g.spread(Production, production)
	for _, fn := range g.late { // the package's init holds the functions of variables in test files
		g.visit(TestOnly, fn, nil)
	}
	g.spread(TestOnly, tests)
	return g
}

// usedByMain returns the packages that a main package imports, directly or not.
func usedByMain(functions []*ssa.Function) map[string]bool {
	used := make(map[string]bool)
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		if used[p.Path()] {
			return
		}
		used[p.Path()] = true
		for _, d := range p.Imports() {
			visit(d)
		}
	}
	for _, fn := range functions {
		if fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main" && fn.Name() == "main" && len(fn.Blocks) > 0 {
			visit(fn.Pkg.Pkg)
		}
	}
	return used
}

func isTestEntry(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil { // suites find their methods by name
		return strings.HasPrefix(fn.Name(), "Test")
	}
	for _, prefix := range []string{"Test", "Benchmark", "Fuzz", "Example", "init"} {
		if strings.HasPrefix(fn.Name(), prefix) {
			return true
		}
	}
	return false
}

func exported(fn *ssa.Function) bool {
	if o := fn.Object(); o == nil || !o.Exported() {
		return false
	}
	recv := fn.Signature.Recv()
	if recv == nil {
		return true
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	return ok && (n.Obj().Exported() || fn.Synthetic == "")
}

// spread reaches everything from roots.
func (g *Graph) spread(level int, roots []*ssa.Function) {
	for _, fn := range roots {
		g.visit(level, fn, nil)
	}
	for len(g.queue) > 0 {
		fn := g.queue[0]
		g.queue = g.queue[1:]
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				g.instruction(level, fn, in)
			}
		}
	}
}

func (g *Graph) visit(level int, fn, from *ssa.Function) {
	if _, ok := g.level[fn]; ok || fn == nil {
		return
	}
	if level == Production && g.isTest(fn) {
		g.late = append(g.late, fn)
		return
	}
	g.level[fn] = level
	g.parent[fn] = from
	g.queue = append(g.queue, fn)
	if o := fn.Origin(); o != nil {
		g.visit(level, o, from)
	}
}

func (g *Graph) instruction(level int, fn *ssa.Function, in ssa.Instruction) {
	for _, op := range in.Operands(nil) {
		if callee, ok := (*op).(*ssa.Function); ok {
			g.visit(level, callee, fn)
		}
	}
	switch in := in.(type) {
	case ssa.CallInstruction:
		if c := in.Common(); c.IsInvoke() {
			iface, ok := c.Value.Type().Underlying().(*types.Interface)
			if !ok {
				return
			}
			k := invoked{iface, c.Method.Name()}
			if _, ok := g.invokes[k]; ok {
				return
			}
			g.invokes[k] = fn
			for _, t := range g.order {
				g.implement(level, t, k, fn)
			}
		}
	case *ssa.MakeInterface:
		t := in.X.Type()
		iface, _ := in.Type().Underlying().(*types.Interface)
		if _, ok := g.types[t]; !ok {
			g.order = append(g.order, t)
			g.makers[t] = fn
			g.types[t] = nil
			for k := range g.invokes {
				g.implement(level, t, k, fn)
			}
		}
		if iface != nil { // code without a body may call the methods of the interface
			for i := range iface.NumMethods() {
				m := iface.Method(i)
				g.visit(level, g.method(t, m.Pkg(), m.Name()), fn)
			}
		}
	}
}

// implement reaches the method of t that an interface call may call.
func (g *Graph) implement(level int, t types.Type, k invoked, from *ssa.Function) {
	if !types.Implements(t, k.iface) {
		return
	}
	for i := range k.iface.NumMethods() {
		if m := k.iface.Method(i); m.Name() == k.name {
			g.visit(level, g.method(t, m.Pkg(), m.Name()), from)
		}
	}
}

// Why returns the level of a function and the functions that lead to it, the outermost first.
func (g *Graph) Why(fn *ssa.Function) (level int, path []*ssa.Function) {
	level, ok := g.level[fn]
	if !ok {
		return Dead, []*ssa.Function{fn}
	}
	for f := fn; f != nil && len(path) < 50; f = g.parent[f] {
		if f == fn || f.Synthetic == "" || f.Name() == "init" {
			path = append([]*ssa.Function{f}, path...)
		}
	}
	return level, path
}

// method returns a method of a concrete type, or nil.
func (g *Graph) method(t types.Type, pkg *types.Package, name string) *ssa.Function {
	if types.IsInterface(t) {
		return nil
	}
	s := g.prog.MethodSets.MethodSet(t).Lookup(pkg, name)
	if s == nil {
		return nil
	}
	return g.prog.MethodValue(s)
}
