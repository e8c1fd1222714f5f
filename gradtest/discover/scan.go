package discover

import (
	"context"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
	"github.com/graduationkit/ringcentral/gradtest/discover/internal/reach"
	"github.com/graduationkit/ringcentral/gradtest/discover/internal/source"
)

// Config says what to scan. The zero value scans the module in the working directory, without tests.
type Config struct {
	Dir      string   // of the module; empty: the working directory
	Patterns []string // packages, as for go build; empty: ./...
	Tests    bool     // also scan test files
	Tags     []string // build tags
}

// Scan finds the calls in the packages that match the patterns. Code that does not compile is scanned as far as
// possible, and [Result.Notes] says what is missing; the error is for what cannot be scanned at all.
//
// Scan runs the go command to list packages, and reads their source and that of the packages they import. It does not
// compile or run anything.
func Scan(ctx context.Context, c Config) (Result, error) {
	prog, err := source.Load(ctx, source.Config{
		Dir: c.Dir, Patterns: c.Patterns, Tests: c.Tests, Tags: c.Tags, Opaque: isLibrary,
	})
	if err != nil {
		return Result{}, err
	}
	s := newScanner(prog)
	if err := s.followAll(ctx); err != nil {
		return Result{}, fmt.Errorf("discover: scan: %w", err)
	}
	r := s.result()
	r.Apps, r.Steps, r.Runs, r.Ignores = s.apps(), s.steps(), s.runs(), s.ignores()
	return r, nil
}

// scanner follows the sinks of one program.
type scanner struct {
	prog      *source.Program
	functions []*ssa.Function
	inside    map[*ssa.Package]*source.Package
	eval      *flow.Evaluator
	reach     *reach.Graph
	found     map[finding]*Place
	mu        sync.Mutex // of prog.Notes while sinks are followed
}

// finding is what was found at a place; equal ones are one.
type finding struct {
	root      string
	file      string
	line      int
	kind      kind
	method    string
	path      string
	operation string
	reason    string
}

func newScanner(prog *source.Program) *scanner {
	s := &scanner{prog: prog, inside: make(map[*ssa.Package]*source.Package), found: make(map[finding]*Place)}
	embeds := make(map[string]string)
	built := make(map[*ssa.Package]bool)
	for _, p := range prog.Packages {
		built[p.SSA] = true
		if p.Main {
			s.inside[p.SSA] = p
		}
		for name, file := range p.Embeds {
			embeds[p.SSA.Pkg.Path()+"."+name] = file
		}
	}
	all := s.collect()
	s.functions = slices.SortedFunc(maps.Keys(all), func(a, b *ssa.Function) int {
		if a.Pos() != b.Pos() {
			return int(a.Pos() - b.Pos())
		}
		return strings.Compare(a.String(), b.String())
	})
	s.eval = flow.New(flow.Config{
		Functions: s.functions, Embeds: embeds, Significant: significant, Base: platformBase, Distinctive: begins,
	})
	s.reach = reach.New(prog.SSA, s.functions, s.isInside, func(fn *ssa.Function) bool {
		return strings.HasSuffix(prog.Fset.Position(fn.Pos()).Filename, "_test.go")
	})
	return s
}

// collect returns the functions with bodies: all that packages declare, and what the builder made of them.
func (s *scanner) collect() map[*ssa.Function]bool {
	all := ssautil.AllFunctions(s.prog.SSA)
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		if fn == nil || all[fn] {
			return
		}
		all[fn] = true
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(nil) {
					if callee, ok := (*op).(*ssa.Function); ok {
						add(callee)
					}
				}
			}
		}
	}
	for _, p := range s.prog.Packages { // AllFunctions leaves out methods that nothing calls
		for _, m := range p.SSA.Members {
			t, ok := m.(*ssa.Type)
			if !ok {
				continue
			}
			if named, ok := types.Unalias(t.Type()).(*types.Named); ok {
				for m := range named.Methods() {
					add(s.prog.SSA.FuncValue(m))
				}
			}
		}
	}
	for fn := range all { // of generic functions their instances are scanned
		if o := fn.Origin(); o != nil && o != fn {
			delete(all, o)
		}
	}
	return all
}

// isInside reports whether a function is one of the scanned packages' source.
func (s *scanner) isInside(fn *ssa.Function) bool {
	if fn.Synthetic != "" && fn.Origin() == nil && fn.Name() != "init" {
		return false
	}
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	return fn.Pkg != nil && s.inside[fn.Pkg] != nil
}

// followAll follows all sinks, several at a time.
func (s *scanner) followAll(ctx context.Context) error {
	sinks := s.sinks()
	found := make([][]seen, len(sinks))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(sinks)) {
		wg.Go(func() {
			e := s.eval.Clone()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(sinks) {
					return
				}
				found[i] = s.follow(e, sinks[i])
			}
		})
	}
	wg.Wait()
	for _, list := range found {
		for _, f := range list {
			s.add(f.target, f.place)
		}
	}
	return ctx.Err()
}

// seen is what one run found.
type seen struct {
	target target
	place  Place
}

// follow evaluates a sink in every way that the program reaches it.
func (s *scanner) follow(e *flow.Evaluator, k sink) (found []seen) {
	own := s.isInside(k.at.Parent())
	defer func() { // code that the evaluator was not made for costs one call, not the whole scan
		if r := recover(); r != nil {
			found = nil
			s.mu.Lock()
			defer s.mu.Unlock()
			s.prog.Notes = append(s.prog.Notes, fmt.Sprintf("the call at %s was not followed, which is a fault of gradtest: report it with this text: %v",
				s.prog.Fset.Position(k.at.Pos()), r))
		}
	}()
	ran := false
	visit := func(r *flow.Run) {
		method, url := k.request(r)
		ran = true
		if strings.TrimSpace(method) == "" {
			method = "GET"
		}
		t := classify(strings.ToUpper(method), url)
		if t.kind == foreign || t.kind == nothing && !own {
			return
		}
		var unclear []string
		if t.kind == unresolved {
			unclear = []string{method, url}
		}
		chain := r.Chain(k.at, s.isInside, unclear...)
		if !s.isInside(chain[0].Fn) {
			return // a function of an SDK that the scanned code does not call
		}
		if (t.kind == unresolved || t.kind == nothing) && t.reason == "" {
			if reasons := r.Reasons(); len(reasons) > 0 {
				t.reason = reasons[len(reasons)-1]
			}
		}
		p := s.place(k, chain)
		if p.Reach == Dead && (t.kind == unresolved || t.kind == nothing) {
			return // a helper that nothing calls makes no call
		}
		found = append(found, seen{t, p})
	}
	complete := e.All(k.at, visit)
	if !own || complete && ran || complete && k.perhaps {
		return found
	}
	t := target{kind: nothing, reason: "there are more ways to this call than are followed"}
	if len(found) == 0 && e.Once(k.at, visit) && complete {
		return found
	}
	if complete {
		t.reason = "no way to this call seems possible"
	}
	if p := s.place(k, []flow.Step{{Fn: k.at.Parent(), At: k.at}}); p.Reach != Dead {
		found = append(found, seen{t, p})
	}
	return found
}

// place describes a chain.
func (s *scanner) place(k sink, chain []flow.Step) Place {
	first := chain[0]
	pos := first.Fn.Pos()
	if p := positionOf(first.At); p.IsValid() {
		pos = p
	}
	position := s.prog.Fset.Position(pos)
	p := Place{Root: s.prog.Root(position.Filename), File: s.prog.Rel(position.Filename), Line: position.Line, Via: k.via}
	if pkg := packageOf(first.Fn); pkg != nil {
		p.Package = pkg.Path()
	}
	level, path := s.reach.Why(first.Fn)
	p.Reach = []Reach{Production, TestOnly, Dead}[level]
	for _, fn := range path {
		p.Why = append(p.Why, name(fn))
	}
	for _, step := range chain[1:] {
		if step.Fn.Synthetic == "" || step.Fn.Origin() != nil {
			p.Why = append(p.Why, name(step.Fn))
		}
	}
	p.Why = append(p.Why, k.via)
	return p
}

// positionOf returns the position of an instruction, or if it has none that of an operand.
func positionOf(in ssa.Instruction) token.Pos {
	switch {
	case in == nil:
		return token.NoPos
	case in.Pos().IsValid():
		return in.Pos()
	}
	for _, op := range in.Operands(nil) {
		if v, ok := (*op).(ssa.Instruction); ok && v.Parent() == in.Parent() && v.Pos().IsValid() {
			return v.Pos()
		}
	}
	return token.NoPos
}

func packageOf(fn *ssa.Function) *types.Package {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil {
		return nil
	}
	return fn.Pkg.Pkg
}

// name is a function as a reader of its package calls it: main.main, crm.(*Client).Sync.
func name(fn *ssa.Function) string {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	pkg := packageOf(fn)
	if pkg == nil {
		return fn.String()
	}
	return pkg.Name() + "." + fn.RelString(pkg)
}
