package discover_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

const account = `http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~")`

// TestBadInput: what cannot be scanned is said in one sentence with what to do, and the rest is scanned.
func TestBadInput(t *testing.T) {
	main := "package main\nimport \"net/http\"\nfunc main() { " + account + " }\n"
	for _, tc := range []struct {
		name, archive, dir string
		tags               []string
		calls              int
		note, err          string
	}{
		{name: "no Go files", archive: "-- go.mod --\nmodule m\n", err: "discover: no Go files match ./... in "},
		{name: "no module", archive: "-- main.go --\n" + main, err: " is not inside a Go module: run gradtest scan in the folder of a go.mod"},
		{name: "several modules", archive: "-- x/go.mod --\nmodule x\n-- x/main.go --\n" + main + "-- y/go.mod --\nmodule y\n",
			err: " is not a module, but holds ./x, ./y: scan one with -C ./x, or make a workspace with go work init ./x ./y"},
		{name: "workspace", archive: "-- go.work --\ngo 1.26\nuse ./x\n-- x/go.mod --\nmodule x\ngo 1.26\n-- x/main.go --\n" + main, calls: 1},
		{name: "build tags", archive: "-- go.mod --\nmodule m\n-- main.go --\n//go:build live\n\n" + main,
			err: "discover: every Go file of ./... is excluded by build constraints: give the tags with --tags"},
		{name: "build tags given", archive: "-- go.mod --\nmodule m\n-- main.go --\n//go:build live\n\n" + main, tags: []string{"live"}, calls: 1},
		{name: "syntax error", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main + "-- b.go --\npackage main\nfunc broken( {\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: b.go:2:14: expected ')', found '{'"},
		{name: "type error", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\nimport \"net/http\"\nfunc main() {\n\tx := undefined()\n\tx.y()\n\t" + account + "\n}\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: main.go:4:7: undefined: undefined"},
		{name: "missing package", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\nimport (\n\"net/http\"\n\"example.org/none\"\n)\nfunc main() {\n\tnone.Do()\n\t" + account + "\n}\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: package example.org/none is missing: run go mod tidy"},
		{name: "cgo", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\n// #include <stdlib.h>\nimport \"C\"\nimport \"net/http\"\nfunc main() { free(); " + account + " }\nfunc free() { C.free(nil) }\n", calls: 1,
			note: "package m uses cgo: functions that use C were left out"},
		{name: "only a package that does not exist", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main, dir: "./none", err: "discover: ./none: "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, f := range txtar.Parse([]byte(tc.archive)).Files {
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
				require.NoError(t, os.WriteFile(name, f.Data, 0o600))
			}
			c := discover.Config{Dir: dir, Tags: tc.tags}
			if tc.dir != "" {
				c.Patterns = []string{tc.dir}
			}
			r, err := discover.Scan(t.Context(), c)
			if tc.err != "" {
				require.ErrorContains(t, err, tc.err)
				assert.NotContains(t, err.Error(), "\n")
				return
			}
			require.NoError(t, err)
			assert.Len(t, r.Calls, tc.calls)
			assert.Equal(t, tc.note, strings.Join(r.Notes, "\n"))
		})
	}
}
