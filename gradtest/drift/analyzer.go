package drift

import (
	"cmp"
	"context"
	"errors"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// Analyzer reports drift to go vet, golangci-lint and other drivers.
//
// Drivers look at one package at a time, but an App and the calls that it declares are seldom in one. So the analyzer
// scans the whole module, as [Check] does, in one package that runs an App, and reports all findings there, with the
// positions that they have: in the first package whose tests run an App, else in the first that fills or runs one. In
// all other packages it reports nothing. It needs the go command, and finds all that Check finds, except for what is
// [Unresolved], which is no error. The flag -drift.tags gives the build tags, which drivers do not pass on.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: "drift",
		Doc: "report RingCentral operations that are called but not declared in a gradtest.App, declared but not called, " +
			"and app scopes that are missing",
		URL: "https://pkg.go.dev/github.com/graduationkit/ringcentral/gradtest/drift",
	}
	tags := a.Flags.String("tags", "", "build `tags` of the module, separated by commas")
	a.Run = func(pass *analysis.Pass) (any, error) { return nil, analyze(pass, *tags) }
	return a
}

func analyze(pass *analysis.Pass, tags string) error {
	if !mentionsApp(pass) {
		return nil
	}
	dir := filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename)
	config := discover.Config{Dir: moduleRoot(dir)}
	if tags != "" {
		config.Tags = strings.Split(tags, ",")
	}
	r, err := Check(context.Background(), config)
	if errors.Is(err, ErrNoApp) {
		return nil
	}
	if err != nil {
		return err
	}
	files := make(map[string]*token.File)
	for _, f := range pass.Files {
		if tf := pass.Fset.File(f.Package); tf != nil {
			files[tf.Name()] = tf
		}
	}
	if files[pathOf(reporter(r))] == nil {
		return nil // another package's pass reports
	}
	for _, f := range r.Findings {
		if !f.Fails() {
			continue
		}
		name := pathOf(f.Place)
		if files[name] == nil {
			if files[name], err = addFile(pass.Fset, name); err != nil {
				return err
			}
		}
		pass.Report(analysis.Diagnostic{
			Pos:      files[name].LineStart(min(f.Line, files[name].LineCount())),
			Category: string(f.Kind), Message: f.Text(),
		})
	}
	return nil
}

// reporter returns the place whose package reports the findings of a module. Tests come first, because go vet does not
// have to keep what it finds in them, and external ones before others, because no package imports them.
func reporter(r Report) discover.Place {
	places := slices.Clone(r.Runs)
	for _, a := range r.Apps {
		places = append(places, a.Place)
	}
	rank := func(p discover.Place) int {
		switch {
		case strings.HasSuffix(p.Package, "_test"):
			return 0
		case strings.HasSuffix(p.File, "_test.go"):
			return 1
		}
		return 2
	}
	return slices.MinFunc(places, func(a, b discover.Place) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Root, b.Root), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}

// mentionsApp reports whether a package may fill or run an App.
func mentionsApp(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Pkg() == nil {
			continue
		}
		if path := obj.Pkg().Path(); path == gradtestPath || path == gradtestPath+"/gradsuite" {
			return true
		}
	}
	return false
}

const gradtestPath = "github.com/graduationkit/ringcentral/gradtest"

func pathOf(p discover.Place) string { return filepath.Join(p.Root, filepath.FromSlash(p.File)) }

// addFile makes positions in a file of another package.
func addFile(fset *token.FileSet, name string) (*token.File, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f := fset.AddFile(name, -1, len(text))
	f.SetLinesForContent(text)
	return f, nil
}

// moduleRoot returns the folder of the go.mod above dir; dir itself if there is none.
func moduleRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}
