// Command weight prints what importing package gradtest costs a module: the lines of its go.sum, the user CPU time of a
// cold go test -c (with an empty build cache), and the size of the test binary, as go test -c writes it and without
// debugging information, as go test runs it.
//
//	go run ./tools/weight
//
// It needs about a minute and the modules of this repository in the module cache. User CPU time hardly depends on what
// else the machine does; wall time does.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"
)

// module is a module of one test.
type module struct {
	name string
	tags string
	test string
}

const library = "github.com/graduationkit/ringcentral"

const suite = `package a

import (
	"testing"

	"` + library + `/gradtest"
	"` + library + `/gradtest/rcapi"
)

func TestA(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
	})
}
`

var modules = []module{
	{"testify", "", "package a\n\nimport (\n\t\"testing\"\n\n\t\"github.com/stretchr/testify/require\"\n)\n\n" +
		"func TestA(t *testing.T) { require.True(t, true) }\n"},
	{"net/http", "", "package a\n\nimport (\n\t\"net/http\"\n\t\"testing\"\n)\n\n" +
		"func TestA(t *testing.T) { _, _ = http.Get(\"http://localhost\") }\n"},
	{"gradtest", "", suite},
	{"gradtest without the emulator", "gradtest_live", suite},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "weight:", err)
		os.Exit(1)
	}
}

func run() error {
	root, err := output("", nil, "go", "list", "-m", "-f", "{{.Dir}}", library)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "weight")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "test of\tgo.sum lines\tuser CPU s\tMB\tMB without debugging information\t")
	for i, m := range modules {
		row, err := m.weigh(filepath.Join(dir, fmt.Sprint(i)), strings.TrimSpace(root))
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		fmt.Fprintf(w, "%s\t%d\t%.1f\t%.2f\t%.2f\t\n", m.name, row.sums, row.user.Seconds(), row.size, row.stripped)
	}
	return w.Flush()
}

type weight struct {
	sums           int
	user           time.Duration
	size, stripped float64 // MB
}

func (m module) weigh(dir, root string) (row weight, err error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return row, err
	}
	testify, err := output(root, nil, "go", "list", "-m", "-f", "{{.Version}}", "github.com/stretchr/testify")
	if err != nil {
		return row, err
	}
	files := map[string]string{"a_test.go": m.test, "go.mod": "module example.com/a\n\ngo 1.26.0\n"}
	switch {
	case strings.Contains(m.test, library):
		files["go.mod"] += "\nreplace " + library + " => " + root + "\n"
	case strings.Contains(m.test, "testify"):
		files["go.mod"] += "\nrequire github.com/stretchr/testify " + testify
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return row, err
		}
	}
	if _, err := output(dir, nil, "go", "mod", "tidy"); err != nil {
		return row, err
	}
	if sums, err := os.Open(filepath.Join(dir, "go.sum")); err == nil {
		for s := bufio.NewScanner(sums); s.Scan(); {
			row.sums++
		}
		sums.Close()
	} else if !errors.Is(err, os.ErrNotExist) {
		return row, err
	}
	cold := []string{"GOCACHE=" + filepath.Join(dir, "cache")}
	build := func(file string, flags ...string) (time.Duration, float64, error) {
		args := append([]string{"test", "-c", "-tags=" + m.tags, "-o", file}, flags...)
		cmd := command(dir, cold, "go", args...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, 0, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
		info, err := os.Stat(filepath.Join(dir, file))
		if err != nil {
			return 0, 0, err
		}
		return cmd.ProcessState.UserTime(), float64(info.Size()) / 1e6, nil
	}
	if row.user, row.size, err = build("a.test"); err != nil {
		return row, err
	}
	_, row.stripped, err = build("b.test", "-ldflags=-s -w")
	return row, err
}

func command(dir string, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), append(env, "GOFLAGS=", "GOWORK=off")...)
	return cmd
}

func output(dir string, env []string, name string, args ...string) (string, error) {
	cmd := command(dir, env, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.Bytes())
	}
	return string(out), nil
}
