package drift_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/drift"
)

// The corpus says what is to be found in comments at the lines: // want "kind subject", where the subject is an
// operation or a scope. A line without a comment is to have no finding. Each folder is an app of its own.

var (
	wanted = regexp.MustCompile(`(?://|/\*) want((?: "[^"]*")+)`)
	quoted = regexp.MustCompile(`"([^"]*)"`)
)

type item struct{ app, at, text string }

const corpusDir = "testdata/corpus"

// corpus is scanned once for all tests.
var corpus = sync.OnceValues(func() (discover.Result, error) {
	return discover.Scan(context.Background(), discover.Config{Patterns: []string{"./" + corpusDir + "/..."}, Tests: true})
})

// appOf returns the folder of the corpus that a file belongs to.
func appOf(file string) string {
	_, rest, _ := strings.Cut(file, corpusDir+"/")
	app, _, _ := strings.Cut(rest, "/")
	return app
}

// only is the part of a scan in one folder of the corpus.
func only(r discover.Result, app string) discover.Result {
	in := func(p discover.Place) bool { return appOf(p.File) == app }
	calls := func(list []discover.Call) []discover.Call {
		return slices.DeleteFunc(slices.Clone(list), func(c discover.Call) bool { return !in(c.Place) })
	}
	return discover.Result{
		Calls: calls(r.Calls), Authorizations: calls(r.Authorizations),
		Unresolved: slices.DeleteFunc(slices.Clone(r.Unresolved), func(u discover.Unresolved) bool { return !in(u.Place) }),
		Unknown:    slices.DeleteFunc(slices.Clone(r.Unknown), func(u discover.Unknown) bool { return !in(u.Place) }),
		Apps:       slices.DeleteFunc(slices.Clone(r.Apps), func(a discover.App) bool { return !in(a.Place) }),
		Steps:      slices.DeleteFunc(slices.Clone(r.Steps), func(d discover.Declaration) bool { return !in(d.Place) }),
		Ignores:    slices.DeleteFunc(slices.Clone(r.Ignores), func(i discover.Ignore) bool { return !in(i.Place) }),
	}
}

func subject(f drift.Finding) string {
	switch f.Kind {
	case drift.Undeclared, drift.Uncalled:
		return string(f.Kind) + " " + f.Operation.ID
	case drift.MissingScope:
		return string(f.Kind) + " " + string(f.Scope)
	}
	return string(f.Kind)
}

func expectations(t *testing.T) map[item]bool {
	want := make(map[item]bool)
	require.NoError(t, filepath.WalkDir(corpusDir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		path = filepath.ToSlash(path)
		for n, line := range strings.Split(string(text), "\n") {
			if m := wanted.FindStringSubmatch(line); m != nil {
				for _, q := range quoted.FindAllStringSubmatch(m[1], -1) {
					want[item{appOf(path), fmt.Sprintf("%s:%d", strings.TrimPrefix(path, corpusDir+"/"), n+1), q[1]}] = true
				}
			}
		}
		return err
	}))
	return want
}

// TestCorpus compares what Compare finds in the corpus with what there is, and prints the table.
func TestCorpus(t *testing.T) {
	r, err := corpus()
	require.NoError(t, err)
	require.Empty(t, r.Notes)
	want, got := expectations(t), make(map[item]bool)
	type row struct{ expected, found, missed, wrong int }
	rows, total := make(map[string]*row), &row{}
	folders, err := os.ReadDir(corpusDir)
	require.NoError(t, err)
	for _, d := range folders {
		rows[d.Name()] = &row{}
		part := only(r, d.Name())
		for _, f := range drift.Compare(part.Apps, part) {
			if f.Accepted != "" {
				continue
			}
			_, file, _ := strings.Cut(f.File, corpusDir+"/")
			i := item{d.Name(), fmt.Sprintf("%s:%d", file, f.Line), subject(f)}
			assert.False(t, got[i], "reported twice: %s", f)
			got[i] = true
			if !want[i] {
				rows[i.app].wrong++
				total.wrong++
				t.Logf("wrong %s: %s: %s", i.at, i.text, f.Text())
			}
		}
	}
	for i := range want {
		for _, r := range []*row{rows[i.app], total} {
			r.expected++
			if got[i] {
				r.found++
			} else {
				r.missed++
			}
		}
		if !got[i] {
			t.Logf("missed %s: %s", i.at, i.text)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-16s %8s %6s %6s %6s\n", "app", "expected", "found", "missed", "wrong")
	line := func(name string, r *row) {
		fmt.Fprintf(&b, "%-16s %8d %6d %6d %6d\n", name, r.expected, r.found, r.missed, r.wrong)
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		line(name, rows[name])
	}
	line(fmt.Sprintf("all %d", len(rows)), total)
	recall := 100 * float64(total.found) / float64(total.expected)
	precision := 100 * float64(total.found) / float64(cmp.Or(total.found+total.wrong, 1))
	t.Logf("\n%srecall %.1f %%, precision %.1f %%", b.String(), recall, precision)
	assert.GreaterOrEqual(t, len(rows), 15, "apps in the corpus")
	assert.GreaterOrEqual(t, recall, 97.0, "recall")
	assert.GreaterOrEqual(t, precision, 99.0, "precision")
}
