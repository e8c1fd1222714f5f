package discover

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/declare"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// App is a gradtest.App that the scanned code fills, found without running it.
type App struct {
	Place
	Name      string         // App.Name; empty: none, or not a constant
	Endpoints []Declaration  // by file and line
	Scopes    []rcapi.Scope  // sorted
	ScopesAt  Place          // where App.Scopes is set; the zero Place: nowhere
	Gaps      []Undetermined // what is known only when the program runs
}

// Declaration is an operation that an App declares.
type Declaration struct {
	Place
	Operation rcapi.Operation
}

// Undetermined is a part of a declaration that is known only when the program runs.
type Undetermined struct {
	Place
	Scopes bool   // a part of App.Scopes; false: of App.Endpoints
	Reason string // why it is not known
}

// apps finds the declarations. A package that is compiled once more for its tests has each once.
func (s *scanner) apps() (apps []App) {
	for _, d := range declare.Find(s.functions, s.isInside) {
		a := App{Place: s.placeAt(d.Fn, d.Pos), Name: d.Name, Scopes: d.Scopes}
		if d.ScopesPos.IsValid() {
			a.ScopesAt = s.placeAt(d.Fn, d.ScopesPos)
		}
		for _, e := range d.Endpoints {
			a.Endpoints = append(a.Endpoints, Declaration{s.placeAt(d.Fn, e.Pos), e.Operation})
		}
		for _, g := range d.Gaps {
			a.Gaps = append(a.Gaps, Undetermined{s.placeAt(d.Fn, g.Pos), g.Scopes, g.Reason})
		}
		if i := slices.IndexFunc(apps, func(b App) bool { return a.Root == b.Root && a.File == b.File && a.Line == b.Line }); i >= 0 {
			if len(apps[i].Endpoints) < len(a.Endpoints) { // test files add to it
				apps[i] = a
			}
			continue
		}
		apps = append(apps, a)
	}
	slices.SortFunc(apps, func(a, b App) int { return byPlace(a.Place, b.Place) })
	for _, a := range apps {
		slices.SortStableFunc(a.Endpoints, func(a, b Declaration) int {
			return cmp.Or(byPlace(a.Place, b.Place), cmp.Compare(a.Operation.ID, b.Operation.ID))
		})
	}
	return apps
}

// steps finds the operations that suites call for their endpoints.
func (s *scanner) steps() (found []Declaration) {
	for _, d := range declare.Steps(s.functions, s.isInside) {
		found = append(found, Declaration{s.placeAt(d.Fn, d.Pos), d.Operation})
	}
	slices.SortStableFunc(found, func(a, b Declaration) int { return byPlace(a.Place, b.Place) })
	return found
}

// runs finds the calls of functions that run an App.
func (s *scanner) runs() (found []Place) {
	seen := make(map[[3]any]bool)
	for _, fn := range s.functions {
		if !s.isInside(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(ssa.CallInstruction)
				if !ok || !runsApp(call.Common().StaticCallee()) {
					continue
				}
				p := s.placeAt(fn, call.Pos())
				if key := [3]any{p.Root, p.File, p.Line}; !seen[key] {
					seen[key] = true
					found = append(found, p)
				}
			}
		}
	}
	slices.SortFunc(found, byPlace)
	return found
}

func runsApp(fn *ssa.Function) bool {
	if fn == nil || fn.Pkg == nil || fn.Signature.Recv() != nil {
		return false
	}
	switch path := fn.Pkg.Pkg.Path(); fn.Name() {
	case "Run":
		return path == declare.Package || path == declare.Package+"/gradsuite"
	case "Start", "Open", "Sweep", "Plan":
		return path == declare.Package
	}
	return false
}

// placeAt describes a position in the package of a function.
func (s *scanner) placeAt(fn *ssa.Function, pos token.Pos) Place {
	at := s.prog.Fset.Position(pos)
	p := Place{Root: s.prog.Root(at.Filename), File: s.prog.Rel(at.Filename), Line: at.Line}
	if pkg := packageOf(fn); pkg != nil {
		p.Package = pkg.Path()
	}
	level, _ := s.reach.Why(fn)
	p.Reach = []Reach{Production, TestOnly, Dead}[level]
	return p
}
