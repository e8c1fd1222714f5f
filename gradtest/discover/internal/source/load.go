package source

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// loader type-checks the packages of one Load.
type loader struct {
	config  Config
	fset    *token.FileSet
	prog    *Program
	checked map[string]*checked // by packages.Package.ID
	usesWeb map[string]bool
	slots   chan struct{}
}

// checked is one type-checked package.
type checked struct {
	list   *packages.Package
	bodies bool
	main   bool
	once   sync.Once
	types  *types.Package
	info   *types.Info
	files  []*ast.File
	faults []error // the first is the one to show
	cgo    bool    // functions that use C were left out
	broken bool    // errors outside of function bodies remain
	embeds map[string]string
}

func (l *loader) load(roots []*packages.Package) (*Program, error) {
	l.prog = &Program{Fset: l.fset}
	l.usesWeb = make(map[string]bool)
	l.slots = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	main := make(map[string]bool)
	for _, p := range roots {
		if strings.HasSuffix(p.ID, ".test") { // the generated main package of a test binary
			continue
		}
		main[p.ID] = true
		l.prog.addModule(p.Module)
		for _, e := range p.Errors {
			if e.Kind == packages.ListError && len(p.GoFiles) == 0 {
				l.prog.note("package %s was not scanned: %s", p.PkgPath, firstLine(e.Msg))
			}
		}
	}
	near := l.near(roots)
	var order []*checked
	packages.Visit(roots, nil, func(p *packages.Package) { // dependencies first
		if strings.HasSuffix(p.ID, ".test") || p.PkgPath == "unsafe" {
			return
		}
		for _, d := range p.Imports {
			if d.PkgPath == "net/http" || l.usesWeb[d.ID] {
				l.usesWeb[p.ID] = true
			}
		}
		c := &checked{list: p, main: main[p.ID]}
		c.bodies = c.main || near[p.ID] && l.usesWeb[p.ID]
		if p.Module != nil && p.Module.Main && !c.main {
			l.prog.addModule(p.Module)
		}
		l.checked[p.ID] = c
		order = append(order, c)
	})
	var wg sync.WaitGroup
	for _, c := range order {
		wg.Go(func() { l.check(c) })
	}
	wg.Wait()
	l.build(order)
	return l.prog, nil
}

// near returns the packages outside of the standard library that the roots import without an opaque one between.
func (l *loader) near(roots []*packages.Package) map[string]bool {
	near := make(map[string]bool)
	packages.Visit(roots, func(p *packages.Package) bool {
		if p.Module == nil || l.config.opaque(p.PkgPath) {
			return false
		}
		near[p.ID] = true
		return true
	}, nil)
	return near
}

func (c Config) opaque(path string) bool { return c.Opaque != nil && c.Opaque(path) }

// check type-checks c after the packages that it imports.
func (l *loader) check(c *checked) {
	c.once.Do(func() {
		var wg sync.WaitGroup
		for _, d := range c.list.Imports {
			if dep := l.checked[d.ID]; dep != nil {
				wg.Go(func() { l.check(dep) })
			}
		}
		wg.Wait()
		l.slots <- struct{}{}
		defer func() { <-l.slots }()
		l.parse(c)
		for round := 0; ; round++ {
			errs := l.typecheck(c)
			if len(errs) == 0 {
				return
			}
			for _, e := range errs {
				if !e.Soft || len(c.faults) == 0 {
					c.faults = append(c.faults, e)
				}
			}
			if !c.bodies {
				return
			}
			if !l.strip(c, errs, round < 3) || round == 6 {
				c.broken = slices.ContainsFunc(errs, func(e types.Error) bool { return !e.Soft })
				return
			}
		}
	})
}

func (l *loader) parse(c *checked) {
	mode := parser.SkipObjectResolution
	if c.bodies {
		mode |= parser.ParseComments
	}
	names := c.list.GoFiles
	for _, name := range names {
		if filepath.Ext(name) != ".go" {
			continue
		}
		f, err := parser.ParseFile(l.fset, name, nil, mode)
		if err != nil {
			c.faults = append(c.faults, err)
		}
		if f == nil || f.Name == nil || f.Name.Name == "" {
			continue
		}
		dropBroken(f)
		if c.bodies && importsC(f) {
			dropC(f)
			c.cgo = true
		}
		if c.bodies {
			c.readEmbeds(l.fset, f, filepath.Dir(name))
		}
		c.files = append(c.files, f)
	}
	c.onePackage(l.fset)
}

// onePackage leaves out files with another package clause than the rest.
func (c *checked) onePackage(fset *token.FileSet) {
	count := make(map[string]int)
	most := ""
	for _, f := range c.files {
		if count[f.Name.Name]++; count[f.Name.Name] > count[most] {
			most = f.Name.Name
		}
	}
	if count["main"] == count[most] {
		most = "main"
	}
	c.files = slices.DeleteFunc(c.files, func(f *ast.File) bool {
		other := f.Name.Name != most
		if other {
			c.faults = append(c.faults, types.Error{
				Fset: fset, Pos: f.Name.Pos(), Msg: "package " + f.Name.Name + "; expected package " + most,
			})
		}
		return other
	})
}

// typecheck checks c anew and returns the errors.
func (l *loader) typecheck(c *checked) (errs []types.Error) {
	c.info = &types.Info{}
	if c.bodies {
		c.info = &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Instances:    make(map[*ast.Ident]types.Instance),
			Scopes:       make(map[ast.Node]*types.Scope),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			FileVersions: make(map[*ast.File]string),
		}
	}
	conf := types.Config{
		Importer:         importer{l, c},
		Sizes:            c.list.TypesSizes,
		IgnoreFuncBodies: !c.bodies,
		FakeImportC:      true,
		Error: func(err error) {
			if e, ok := err.(types.Error); ok {
				errs = append(errs, e)
			}
		},
	}
	if m := c.list.Module; m != nil && m.GoVersion != "" {
		conf.GoVersion = "go" + m.GoVersion
	}
	c.types, _ = conf.Check(c.list.PkgPath, l.fset, c.files, c.info)
	return errs
}

// importer gives a package the packages that the go command found for it.
type importer struct {
	l *loader
	c *checked
}

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if d := i.c.list.Imports[path]; d != nil {
		if dep := i.l.checked[d.ID]; dep != nil && dep.types != nil && (len(dep.files) > 0 || d.PkgPath == "unsafe") {
			return dep.types, nil
		}
	}
	// An empty package keeps the rest of the importing one.
	i.c.faults = append(i.c.faults, fmt.Errorf("package %s is missing: run go mod tidy", path))
	p := types.NewPackage(path, pathBase(path))
	p.MarkComplete()
	return p, nil
}

// pathBase guesses the name of a package from its path.
func pathBase(p string) string {
	base := path.Base(p)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(p))
	}
	return strings.TrimPrefix(base, "go-")
}

// build makes the SSA form of all packages with bodies.
func (l *loader) build(order []*checked) {
	l.prog.SSA = ssa.NewProgram(l.fset, ssa.InstantiateGenerics)
	var building []*Package
	seen := make(map[*types.Package]bool)
	for _, c := range order {
		if c.types == nil || seen[c.types] {
			continue
		}
		seen[c.types] = true
		l.explain(c)
		for _, d := range c.types.Imports() { // C, and those that are missing
			if l.prog.SSA.Package(d) == nil {
				l.prog.SSA.CreatePackage(d, nil, nil, true)
			}
		}
		if !c.bodies || c.broken {
			l.prog.SSA.CreatePackage(c.types, nil, nil, true)
			continue
		}
		p := &Package{
			Path: c.list.PkgPath, Main: c.main, Embeds: c.embeds, Files: c.files,
			SSA: l.prog.SSA.CreatePackage(c.types, c.files, c.info, true),
		}
		if c.list.ForTest != "" {
			p.Path = strings.TrimSuffix(c.list.PkgPath, ".test")
		}
		building = append(building, p)
	}
	for _, p := range building {
		if l.buildOne(p) {
			l.prog.Packages = append(l.prog.Packages, p)
		}
	}
}

// buildOne builds p. The builder is made for correct programs and panics for others.
func (l *loader) buildOne(p *Package) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			l.prog.note("package %s was not scanned: it does not compile; run go build %s", p.Path, p.Path)
			ok = false
		}
	}()
	p.SSA.Build()
	return true
}

// explain notes the first error of a package.
func (l *loader) explain(c *checked) {
	if c.cgo && c.main {
		l.prog.note("package %s uses cgo: functions that use C were left out", c.list.PkgPath)
	}
	if len(c.faults) == 0 || !c.main {
		if c.main && len(c.list.Errors) > 0 { // the go command sees more than the type checker, such as files that are missing
			e := c.list.Errors[0]
			msg := firstLine(e.Msg)
			if e.Pos != "" && e.Pos != "-" {
				msg = e.Pos + ": " + msg
			}
			l.prog.note("package %s does not compile; the first error: %s", c.list.PkgPath, l.relError(errors.New(msg)))
		}
		return
	}
	for _, e := range c.list.Errors {
		if strings.Contains(e.Msg, "import cycle") { // the type checker sees a missing package
			c.faults[0] = errors.New(firstLine(e.Msg))
		}
	}
	part := "statements with errors were left out"
	if c.broken {
		part = "it was left out"
	}
	l.prog.note("package %s does not compile: %s; the first error: %s", c.list.PkgPath, part, l.relError(c.faults[0]))
}

func (l *loader) relError(err error) string {
	if e, ok := err.(types.Error); ok {
		p := l.fset.Position(e.Pos)
		p.Filename = l.prog.Rel(p.Filename)
		return p.String() + ": " + firstLine(e.Msg)
	}
	msg := firstLine(err.Error())
	for _, m := range l.prog.dirs {
		msg = strings.ReplaceAll(msg, m.dir+string(filepath.Separator), "")
	}
	return msg
}

// files of the embeds are kept for every package by variable name.
func (c *checked) embed(name, file string) {
	if c.embeds == nil {
		c.embeds = make(map[string]string)
	}
	maps.Copy(c.embeds, map[string]string{name: file})
}
