package discover_test

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// The corpus says what is to be found in comments at the lines: // want "operationId" for calls that production code
// makes, want-test and want-dead for others, want-auth for OAuth requests, want-unknown "METHOD /path" and
// want-unresolved "/path". A line without a comment is to have no finding.

var (
	wanted = regexp.MustCompile(`// (want|want-test|want-dead|want-auth|want-unknown|want-unresolved)((?: "[^"]*")+)`)
	quoted = regexp.MustCompile(`"([^"]*)"`)
)

// item is one expectation or finding: package, position, kind and text.
type item struct{ pkg, at, kind, text string }

func expectations(t *testing.T, dir string) map[item]bool {
	want := make(map[item]bool)
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		pkg, _, _ := strings.Cut(rel, "/")
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			m := wanted.FindStringSubmatch(lines.Text())
			if m == nil {
				continue
			}
			for _, q := range quoted.FindAllStringSubmatch(m[2], -1) {
				want[item{pkg, fmt.Sprintf("%s:%d", rel, n), m[1], q[1]}] = true
			}
		}
		return lines.Err()
	})
	require.NoError(t, err)
	return want
}

func findings(r discover.Result) map[item]bool {
	got := make(map[item]bool)
	add := func(p discover.Place, kind, text string) {
		pkg, _, _ := strings.Cut(p.File, "/")
		got[item{pkg, fmt.Sprintf("%s:%d", p.File, p.Line), kind, text}] = true
	}
	kinds := map[discover.Reach]string{discover.Production: "want", discover.TestOnly: "want-test", discover.Dead: "want-dead"}
	for _, c := range r.Calls {
		add(c.Place, kinds[c.Reach], c.Operation.ID)
	}
	for _, c := range r.Authorizations {
		add(c.Place, "want-auth", c.Operation.ID)
	}
	for _, u := range r.Unknown {
		add(u.Place, "want-unknown", u.Method+" "+u.Path)
	}
	for _, u := range r.Unresolved {
		add(u.Place, "want-unresolved", u.Path)
	}
	return got
}

// TestCorpus compares what Scan finds in the corpus with what there is, and prints the table.
func TestCorpus(t *testing.T) {
	dir := filepath.Join("testdata", "corpus")
	r, err := discover.Scan(t.Context(), discover.Config{Dir: dir, Tests: true})
	require.NoError(t, err)
	assert.Empty(t, r.Notes)
	want, got := expectations(t, dir), findings(r)

	type row struct{ expected, found, missed, wrong int }
	rows, total := make(map[string]*row), &row{}
	for _, pkg := range packages(t, dir) {
		rows[pkg] = &row{}
	}
	for i := range want {
		for _, r := range []*row{rows[i.pkg], total} {
			r.expected++
			if got[i] {
				r.found++
			} else {
				r.missed++
			}
		}
		if !got[i] {
			t.Logf("missed %s: %s %q", i.at, i.kind, i.text)
		}
	}
	for i := range got {
		if !want[i] {
			rows[i.pkg].wrong++
			total.wrong++
			t.Logf("wrong %s: %s %q", i.at, i.kind, i.text)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s %8s %6s %6s %6s\n", "package", "expected", "found", "missed", "wrong")
	line := func(name string, r *row) {
		fmt.Fprintf(&b, "%-20s %8d %6d %6d %6d\n", name, r.expected, r.found, r.missed, r.wrong)
	}
	for _, pkg := range slices.Sorted(maps.Keys(rows)) {
		line(pkg, rows[pkg])
	}
	line(fmt.Sprintf("all %d", len(rows)), total)
	recall := 100 * float64(total.found) / float64(total.expected)
	precision := 100 * float64(total.found) / float64(total.found+total.wrong)
	t.Logf("\n%srecall %.1f %%, precision %.1f %%", b.String(), recall, precision)
	assert.GreaterOrEqual(t, len(rows), 60, "packages in the corpus")
	assert.GreaterOrEqual(t, recall, 97.0, "recall")
	assert.GreaterOrEqual(t, precision, 99.0, "precision")
}

func packages(t *testing.T, dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}
