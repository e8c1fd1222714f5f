package doccheck

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/child"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// workflow is as much of a GitHub Actions workflow as the ones in examples/ci use.
type workflow struct {
	Env  map[string]string `yaml:"env"`
	Jobs map[string]job    `yaml:"jobs"`
}

type job struct {
	Needs    string `yaml:"needs"`
	Strategy struct {
		MaxParallel int `yaml:"max-parallel"`
		Matrix      struct {
			Include []map[string]any `yaml:"include"`
		} `yaml:"matrix"`
	} `yaml:"strategy"`
	Steps []struct {
		Uses string         `yaml:"uses"`
		Run  string         `yaml:"run"`
		If   string         `yaml:"if"`
		With map[string]any `yaml:"with"`
	} `yaml:"steps"`
}

func readWorkflow(t *testing.T, file string) workflow {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var w workflow
	require.NoError(t, yaml.Unmarshal(text, &w))
	require.NotEmpty(t, w.Jobs)
	return w
}

// ci runs a workflow as the service would: each job with a checkout of its own, artifacts between them.
type ci struct {
	t         *testing.T
	workflow  workflow
	checkout  string            // the directory of the app
	secrets   map[string]string // by expression, such as secrets.RC_USER_JWT
	artifacts string            // a directory with one directory for each artifact
}

// jobs returns the runners of the jobs that need no other, one for each element of a matrix, and those of the others.
func (c ci) jobs() (first, last []*runner) {
	for _, name := range slices.Sorted(maps.Keys(c.workflow.Jobs)) {
		j := c.workflow.Jobs[name]
		elements := j.Strategy.Matrix.Include
		if len(elements) == 0 {
			elements = []map[string]any{nil}
		}
		for _, element := range elements {
			r := &runner{ci: c, job: j, dir: c.t.TempDir(), values: maps.Clone(c.secrets)}
			if r.values == nil {
				r.values = make(map[string]string)
			}
			for key, value := range element {
				r.values["matrix."+key] = fmt.Sprint(value)
			}
			if j.Needs == "" {
				first = append(first, r)
			} else {
				last = append(last, r)
			}
		}
	}
	return first, last
}

// runner runs one job.
type runner struct {
	ci
	job    job
	dir    string
	values map[string]string
	output bytes.Buffer
}

var expression = regexp.MustCompile(`\$\{\{\s*([^}]*?)\s*\}\}`)

// expand replaces the expressions in a text. A secret that is not set is empty.
func (r *runner) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		return r.values[expression.FindStringSubmatch(e)[1]]
	})
}

// run runs the steps and reports whether all succeeded. After a failure only steps that ask for it run.
func (r *runner) run() bool {
	env := []string{"GITHUB_STEP_SUMMARY=" + filepath.Join(r.dir, "summary.md")}
	for name, value := range r.workflow.Env {
		env = append(env, name+"="+r.expand(value))
	}
	good := true
	for _, s := range r.job.Steps {
		if !good && !strings.Contains(s.If, "!cancelled()") {
			continue
		}
		action, _, _ := strings.Cut(s.Uses, "@")
		var err error
		switch action {
		case "":
			fmt.Fprintf(&r.output, "$ %s\n", strings.TrimSpace(s.Run))
			shell := exec.Command("bash", "-e", "-c", r.expand(s.Run))
			shell.Dir, shell.Stdout, shell.Stderr = r.dir, &r.output, &r.output
			shell.Env = child.Environ(os.Environ(), environ.CredentialNames(), env)
			err = shell.Run()
		case "actions/checkout":
			err = os.CopyFS(r.dir, os.DirFS(r.checkout))
		case "actions/setup-go":
		case "actions/upload-artifact":
			err = r.upload(r.expand(fmt.Sprint(s.With["name"])), strings.Fields(r.expand(fmt.Sprint(s.With["path"]))))
		case "actions/download-artifact":
			err = r.download(fmt.Sprint(s.With["pattern"]), fmt.Sprint(s.With["path"]))
		default:
			err = fmt.Errorf("the test does not know the action %s", s.Uses)
		}
		if err != nil {
			fmt.Fprintf(&r.output, "step failed: %v\n", err)
			good = false
		}
	}
	return good
}

func (r *runner) upload(name string, files []string) error {
	dir := filepath.Join(r.artifacts, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	found := 0
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(r.dir, file))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			found++
			err = os.WriteFile(filepath.Join(dir, file), data, 0o600)
		}
		if err != nil {
			return err
		}
	}
	if found == 0 {
		return fmt.Errorf("artifact %s: none of %v exists", name, files)
	}
	return nil
}

// download merges the artifacts whose names match the pattern into a directory, which exists afterwards only if there
// are any.
func (r *runner) download(pattern, path string) error {
	names, err := filepath.Glob(filepath.Join(r.artifacts, pattern))
	for _, name := range names {
		if err == nil {
			err = os.CopyFS(filepath.Join(r.dir, path), os.DirFS(name))
		}
	}
	return err
}

// summary is what the job wrote for the summary page of the run.
func (r *runner) summary() string {
	text, _ := os.ReadFile(filepath.Join(r.dir, "summary.md"))
	return string(text)
}
