package discover_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

const account = `req.Get("https://platform.ringcentral.com/restapi/v1.0/account/~")`

// TestBadInput: what cannot be scanned is said in one sentence with what to do, and the rest is scanned.
func TestBadInput(t *testing.T) {
	// A library of this name needs no net/http, which would take most of the time.
	req := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(req, "go.mod"), []byte("module github.com/imroc/req/v3\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(req, "req.go"), []byte("package req\nfunc Get(url string) {}\n"), 0o600))
	main := "package main\nimport \"github.com/imroc/req/v3\"\nfunc main() { " + account + " }\n"
	for _, tc := range []struct {
		name, archive, dir string
		tags               []string
		work               string // the folder in which the scan runs, if it is not the root
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
		{name: "type error", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\nimport \"github.com/imroc/req/v3\"\nfunc main() {\n\tx := undefined()\n\tx.y()\n\t" + account + "\n}\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: main.go:4:7: undefined: undefined"},
		{name: "missing package", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\nimport (\n\"github.com/imroc/req/v3\"\n\"example.org/none\"\n)\nfunc main() {\n\tnone.Do()\n\t" + account + "\n}\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: package example.org/none is missing: run go mod tidy"},
		{name: "cgo", archive: "-- go.mod --\nmodule m\n-- main.go --\npackage main\n// #include <stdlib.h>\nimport \"C\"\nimport \"github.com/imroc/req/v3\"\nfunc main() { free(); " + account + " }\nfunc free() { C.free(nil) }\n", calls: 1,
			note: "package m uses cgo: functions that use C were left out"},
		{name: "some files need a tag", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main +
			"-- b.go --\n//go:build linux && !race && (live || windows)\n\npackage main\n-- w.go --\n//go:build plan9\n\npackage main\n" +
			"-- c.go --\n//go:build ignore\n\npackage main\n-- d.go --\n//go:build !linux\n\npackage main\n", calls: 1,
			note: "1 file needs the build tag live and was not scanned: give it with --tags live"},
		{name: "vendored", archive: vendored("v1.0.0") + "-- main.go --\npackage main\nimport \"example.com/sdk\"\nfunc main() { sdk.Get(\"/restapi/v1.0/account/~\") }\n", calls: 1},
		{name: "vendored, but not what go.mod asks for", archive: vendored("v1.1.0") + "-- main.go --\n" + strings.NewReplacer("github.com/imroc/req/v3", "net/http", "req.", "http.").Replace(main), calls: 1,
			note: "the vendor folder does not fit go.mod, so modules were read from the module cache: run go mod vendor"},
		{name: "another module of the workspace", dir: "../y", archive: "-- x/go.work --\ngo 1.26\nuse (\n../x\n../y\n)\n-- x/go.mod --\nmodule x\ngo 1.26\n-- x/x.go --\n" +
			"package x\nimport \"net/http\"\nfunc Get(p string) { http.Get(\"https://platform.ringcentral.com\"+p) }\n-- y/go.mod --\nmodule y\ngo 1.26\n" +
			"-- y/y.go --\npackage main\nimport \"x\"\nfunc main() { x.Get(\"/restapi/v1.0/account/~\") }\n", work: "x", calls: 1},
		{name: "a module of the workspace, without the others", work: "x", archive: "-- go.work --\ngo 1.26\nuse (\n./x\n./y\n./z\n)\n-- x/go.mod --\nmodule x\ngo 1.26\n-- x/main.go --\n" + main +
			"-- y/go.mod --\nmodule y\ngo 1.26\n-- y/y.go --\npackage y // of the RingCentral app\n-- z/go.mod --\nmodule z\ngo 1.26\n-- z/z.go --\npackage z\n", calls: 1,
			note: "module y of the workspace was not scanned: name ./... and ../y/... to scan both"},
		{name: "broken workspace", archive: "-- go.work --\ngo 1.26\nuse ./none\n-- go.mod --\nmodule m\ngo 1.26\n-- main.go --\n" + main, calls: 1,
			note: "the workspace was left out (go: cannot load module none listed in go.work file: open none/go.mod: no such file or directory): fix go.work"},
		{name: "a module below", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main + "-- a/b/go.mod --\nmodule b\n-- a/b/b.go --\n" + main +
			"-- c/go.mod --\nmodule c\n-- c/c.go --\npackage c\n", calls: 1, note: "folder a/b is a module of its own and was not scanned: scan it with -C a/b"},
		{name: "generated code", archive: "-- go.mod --\nmodule m\n-- main.go --\n// Code generated by x. DO NOT EDIT.\n\n" + main, calls: 1},
		{name: "bad go.mod", archive: "-- go.mod --\nmodul m\n-- main.go --\n" + main, err: "discover: list packages: go: errors parsing go.mod: go.mod:1: unknown directive: modul"},
		{name: "two packages in a folder", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main + "-- b.go --\npackage other\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: b.go:1:9: package other; expected package main"},
		{name: "import cycle", archive: "-- go.mod --\nmodule m\n-- a/a.go --\npackage a\nimport _ \"m/b\"\nimport \"github.com/imroc/req/v3\"\nfunc A() { " + account + " }\n-- b/b.go --\npackage b\nimport _ \"m/a\"\n", calls: 1,
			note: "package m/a does not compile: statements with errors were left out; the first error: import cycle not allowed: import stack: [m/a m/b m/a]"},
		{name: "no file to embed", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main + "-- e.go --\npackage main\nimport _ \"embed\"\n//go:embed none.txt\nvar e string\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: e.go:3:1: pattern none.txt: no matching files found"},
		{name: "errors in signatures and variables", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main + "-- b.go --\npackage main\nvar (\nb = none()\nc = 1\n)\nfunc f(x none) { f(b) }\n", calls: 1,
			note: "package m does not compile: statements with errors were left out; the first error: b.go:3:5: undefined: none"},
		{name: "only a package that does not exist", archive: "-- go.mod --\nmodule m\n-- main.go --\n" + main, dir: "./none", err: "discover: ./none: "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, f := range txtar.Parse([]byte(tc.archive)).Files {
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
				if path.Base(f.Name) == "go.mod" && !strings.Contains(tc.archive, "modules.txt") {
					f.Data = fmt.Appendf(slices.Clip(f.Data), "\nrequire github.com/imroc/req/v3 v3.0.0\nreplace github.com/imroc/req/v3 => %s\n", req)
				}
				require.NoError(t, os.WriteFile(name, f.Data, 0o600))
			}
			c := discover.Config{Dir: filepath.Join(dir, tc.work), Tags: tc.tags}
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

// vendored is a module with a vendored SDK, of which go.mod asks for a version.
func vendored(version string) string {
	return "-- go.mod --\nmodule m\ngo 1.26\nrequire example.com/sdk " + version + "\n-- vendor/modules.txt --\n# example.com/sdk v1.0.0\n" +
		"## explicit; go 1.26\nexample.com/sdk\n-- vendor/example.com/sdk/sdk.go --\npackage sdk\nimport \"net/http\"\n" +
		"func Get(p string) { http.Get(\"https://platform.ringcentral.com\"+p) }\n"
}
