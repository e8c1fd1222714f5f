package declaration

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// candidate is a package with tests that open a session.
type candidate struct {
	dir   string   // absolute
	pkg   string   // import path
	tests []string // names of its test functions that open one, sorted
}

const library = "github.com/graduationkit/ringcentral/gradtest"

// openers are the functions that open a session. Every function of a package of the module that uses gradtest is taken
// for one as well, since it may call one of these.
var openers = map[string][]string{
	library:                {"Run", "Start", "Open", "Sweep", "Plan"},
	library + "/gradsuite": {"Run"},
}

// source is a package of the module.
type source struct {
	dir, pkg string
	files    []string        // that a build on this machine uses, with tests
	imports  map[string]bool // of all files
	offers   map[string]bool // imports of the files that are no tests: only these can wrap another package
}

// candidates finds the packages in the module at root whose tests can open a session. Nothing is compiled: a name that
// means something else at worst makes one test too many run.
func candidates(root string) ([]candidate, error) {
	module, err := modulePath(root)
	if err != nil {
		return nil, err
	}
	all, err := sources(root, module)
	if err != nil {
		return nil, err
	}
	wrappers := wrapping(all)
	var out []candidate
	for _, s := range all {
		if s.pkg == library || strings.HasPrefix(s.pkg, library+"/") { // gradtest's own tests declare nothing of a user
			continue
		}
		if !s.mayOpen(wrappers) {
			continue
		}
		if tests := s.tests(wrappers); len(tests) > 0 {
			out = append(out, candidate{s.dir, s.pkg, tests})
		}
	}
	return out, nil
}

// modulePath returns the module's path from its go.mod.
func modulePath(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "//")
		if f := strings.Fields(line); len(f) == 2 && f[0] == "module" {
			return strings.Trim(f[1], "\"`"), nil
		}
	}
	return "", &fs.PathError{Op: "read the module line of", Path: filepath.Join(root, "go.mod"), Err: fs.ErrInvalid}
}

// mayOpen reports whether the package imports something that opens sessions.
func (s *source) mayOpen(wrappers map[string]bool) bool {
	for i := range s.imports {
		if openers[i] != nil || wrappers[i] {
			return true
		}
	}
	return false
}

// sources lists the packages of a module with their imports.
func sources(root, module string) (all []*source, err error) {
	by := map[string]*source{}
	builds := build.Default
	builds.BuildTags = tagsOf(os.Getenv("GOFLAGS"))
	walk := func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read cannot be tested either
		}
		base := d.Name()
		if d.IsDir() {
			if name != root && (passedOver(base) || exists(filepath.Join(name, "go.mod"))) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") {
			return nil
		}
		dir := filepath.Dir(name)
		if ok, err := builds.MatchFile(dir, base); err != nil || !ok {
			return nil
		}
		file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if file == nil { // the compiler says why
			return nil
		}
		s := by[dir]
		if s == nil {
			rel, err := filepath.Rel(root, dir)
			if err != nil {
				return err
			}
			s = &source{
				dir: dir, pkg: path.Join(module, filepath.ToSlash(rel)), imports: map[string]bool{}, offers: map[string]bool{},
			}
			by[dir] = s
		}
		s.files = append(s.files, name)
		for _, i := range file.Imports {
			s.imports[importPath(i)] = true
			if !strings.HasSuffix(base, "_test.go") {
				s.offers[importPath(i)] = true
			}
		}
		return nil
	}
	if err := filepath.WalkDir(root, walk); err != nil {
		return nil, err
	}
	for _, dir := range slices.Sorted(maps.Keys(by)) {
		all = append(all, by[dir])
	}
	return all, nil
}

// tagsOf returns the build tags in a value of GOFLAGS.
func tagsOf(flags string) (tags []string) {
	for f := range strings.FieldsSeq(flags) {
		name, value, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		if name == "tags" {
			tags = strings.Split(value, ",")
		}
	}
	return tags
}

// passedOver reports whether the go command takes no packages from a directory of that name.
func passedOver(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor"
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func importPath(i *ast.ImportSpec) string {
	p, _ := strconv.Unquote(i.Path.Value)
	return p
}

// wrapping returns the packages outside of gradtest that import it, directly or through one another.
func wrapping(all []*source) map[string]bool {
	out := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for _, s := range all {
			if out[s.pkg] || s.pkg == library || strings.HasPrefix(s.pkg, library+"/") {
				continue
			}
			for i := range s.offers {
				if openers[i] != nil || out[i] {
					out[s.pkg], grown = true, true
					break
				}
			}
		}
	}
	return out
}
