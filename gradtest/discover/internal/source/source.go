// Package source loads Go packages for analysis: it lists them with the go command, type-checks them from source and
// builds their SSA form.
//
// Function bodies are read only where calls can be: in the packages of the scanned modules, and in those packages of
// other modules that use net/http. All others contribute declarations only, so loading needs no compiled packages and
// works for code that does not compile: functions with errors lose their bodies, and the first error is reported.
package source

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// Config says what to load.
type Config struct {
	Dir      string                 // where the go command runs
	Patterns []string               // as for go build; empty: ./...
	Tests    bool                   // include test files
	Tags     []string               // build tags
	Opaque   func(path string) bool // packages of other modules whose bodies are not to be read
}

// Package is one loaded package with function bodies.
type Package struct {
	Path   string // without the variant of a test
	Main   bool   // belongs to a scanned module and matched the patterns
	SSA    *ssa.Package
	Files  []*ast.File       // with comments
	Embeds map[string]string // variable to the file that go:embed puts in it
}

// Program is what was loaded.
type Program struct {
	Fset     *token.FileSet
	SSA      *ssa.Program
	Packages []*Package
	Notes    []string // what is missing, one sentence each, with what to do about it
	dirs     []module
}

type module struct{ path, dir string }

// Load loads packages. It fails if there is no Go code to analyse; for code with errors it returns what it could load,
// and Notes says what is missing.
func Load(ctx context.Context, c Config) (*Program, error) {
	if len(c.Patterns) == 0 {
		c.Patterns = []string{"./..."}
	}
	fset := token.NewFileSet()
	cfg := &packages.Config{
		Context: ctx,
		Dir:     c.Dir,
		Fset:    fset,
		Tests:   c.Tests,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule |
			packages.NeedTypesSizes | packages.NeedForTest,
	}
	if len(c.Tags) > 0 {
		cfg.BuildFlags = []string{"-tags=" + strings.Join(c.Tags, ",")}
	}
	roots, notes, err := list(cfg, c.Patterns)
	if slices.Equal(c.Patterns, []string{"./..."}) && (err != nil || len(roots) == 1 && len(roots[0].GoFiles) == 0) {
		if modules := workspace(ctx, c.Dir); len(modules) > 0 {
			roots, notes, err = list(cfg, modules)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("discover: list packages: %s", sentence(err.Error()))
	}
	l := &loader{config: c, fset: fset, checked: make(map[string]*checked)}
	if err := l.admit(roots); err != nil {
		return nil, err
	}
	prog, err := l.load(roots)
	if err == nil {
		for _, n := range notes {
			prog.note("%s", n)
		}
		l.noteExcluded(roots)
		l.noteModules(roots)
	}
	return prog, err
}

// admit rejects patterns that match nothing that can be analysed.
func (l *loader) admit(roots []*packages.Package) error {
	files, first := 0, ""
	for _, p := range roots {
		files += len(p.GoFiles)
		for _, e := range p.Errors {
			if first == "" {
				first = firstLine(e.Msg)
			}
		}
	}
	switch {
	case files > 0:
		return nil
	case strings.Contains(first, "build constraints exclude all Go files"), first == "" && hasSource(l.config.Dir):
		return fmt.Errorf("discover: every Go file of %s is excluded by build constraints: give the tags with --tags",
			strings.Join(l.config.Patterns, " "))
	case strings.Contains(first, "go.mod file not found"), strings.Contains(first, "does not contain main module"):
		if below := modulesBelow(l.config.Dir); len(below) > 0 {
			return fmt.Errorf("discover: %s is not a module, but holds %s: scan one with -C %s, or make a workspace with go work init %s",
				where(l.config.Dir), strings.Join(below, ", "), below[0], strings.Join(below, " "))
		}
		return fmt.Errorf("discover: %s is not inside a Go module: run gradtest scan in the folder of a go.mod, "+
			"or make one with go mod init", where(l.config.Dir))
	case first != "":
		return fmt.Errorf("discover: %s: %s", strings.Join(l.config.Patterns, " "), first)
	}
	return fmt.Errorf("discover: no Go files match %s in %s: name packages, such as ./... for all",
		strings.Join(l.config.Patterns, " "), where(l.config.Dir))
}

func where(dir string) string {
	if dir == "" {
		dir = "."
	}
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return dir
}

// Rel returns a file name relative to the root of its module, with slashes. The name of a file of another module is
// returned as it is.
func (p *Program) Rel(file string) string {
	for _, m := range p.dirs {
		if rel, err := filepath.Rel(m.dir, file); err == nil && !strings.HasPrefix(rel, "..") {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(file)
}

// Root returns the folder of the module that a file belongs to; empty: of none that was scanned.
func (p *Program) Root(file string) string {
	for _, m := range p.dirs {
		if rel, err := filepath.Rel(m.dir, file); err == nil && !strings.HasPrefix(rel, "..") {
			return m.dir
		}
	}
	return ""
}

// addModule keeps deeper folders first, so that Rel finds the module that a file belongs to.
func (p *Program) addModule(m *packages.Module) {
	if m == nil || m.Dir == "" || slices.ContainsFunc(p.dirs, func(d module) bool { return d.dir == m.Dir }) {
		return
	}
	p.dirs = append(p.dirs, module{m.Path, m.Dir})
	slices.SortFunc(p.dirs, func(a, b module) int { return len(b.dir) - len(a.dir) })
}

func (p *Program) note(format string, args ...any) {
	n := fmt.Sprintf(format, args...)
	if !slices.Contains(p.Notes, n) {
		p.Notes = append(p.Notes, n)
	}
}

// sentence is the first line of a message, with the second if the first introduces it.
func sentence(s string) string {
	first := firstLine(s)
	if !strings.HasSuffix(first, ":") {
		return first
	}
	_, rest, _ := strings.Cut(s, first)
	return first + " " + strings.TrimPrefix(firstLine(strings.TrimSpace(rest)), "go: ")
}

func firstLine(s string) string {
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") && line != "err: exit status 1: stderr:" {
			return strings.TrimPrefix(line, "err: exit status 1: stderr: ")
		}
	}
	return s
}

// workspace returns patterns for the modules of the workspace whose go.work is in dir.
func workspace(ctx context.Context, dir string) (patterns []string) {
	if !exists(filepath.Join(where(dir), "go.work")) {
		return nil
	}
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	for d := range strings.Lines(string(out)) {
		patterns = append(patterns, strings.TrimSpace(d)+"/...")
	}
	return patterns
}

// modulesBelow returns the folders of modules directly below dir, at most five.
func modulesBelow(dir string) (found []string) {
	names, _ := filepath.Glob(filepath.Join(where(dir), "*", "go.mod"))
	for _, n := range names[:min(len(names), 5)] {
		found = append(found, "./"+filepath.Base(filepath.Dir(n)))
	}
	return found
}

// hasSource reports whether a folder has non-test Go files of its own module. Build constraints do not matter.
func hasSource(dir string) (found bool) {
	root := where(dir)
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case d.IsDir() && path != root && (exists(filepath.Join(path, "go.mod")) || strings.HasPrefix(d.Name(), ".") ||
			strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" || d.Name() == "vendor"):
			return filepath.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go"):
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}

// exists reports whether a file can be read.
func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, os.ErrNotExist)
}

// AloneInLine reports whether a comment has a line of its own.
func (p *Program) AloneInLine(f *ast.File, c *ast.Comment) bool {
	line, alone := p.Fset.Position(c.Pos()).Line, true
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.File, *ast.Comment, *ast.CommentGroup:
			return alone
		}
		if p.Fset.Position(n.Pos()).Line == line || n.End() < c.Pos() && p.Fset.Position(n.End()).Line == line {
			alone = false
		}
		return alone
	})
	return alone
}
