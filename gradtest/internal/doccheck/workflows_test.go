package doccheck

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// app is the module that the workflows test: a suite at its root, and two packages whose tests count as well.
var app = map[string]string{
	"internal/rcapp/app.go": `package rcapp

import (
	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var App = gradtest.App{
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
}
`,
	"graduation_test.go": `package myapp

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"myapp/internal/rcapp"
)

func TestGraduation(t *testing.T) { gradtest.Run(t, rcapp.App) }
`,
	"crm/crm_test.go":     unitTest,
	"phone/phone_test.go": unitTest,
}

const unitTest = `package crm

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"myapp/internal/rcapp"
)

func TestOwnExtension(t *testing.T) {
	s := gradtest.Start(t, rcapp.App)
	resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}
`

// newApp writes the module into a new directory and returns the directory.
func newApp(t *testing.T, replaced string) string {
	dir := t.TempDir()
	for name, text := range app {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module myapp\n\ngo 1.26\n"), 0o600))
	for _, args := range [][]string{
		{"mod", "edit", "-require=github.com/graduationkit/ringcentral@v0.0.0", "-replace=github.com/graduationkit/ringcentral=" + replaced,
			"-tool=github.com/graduationkit/ringcentral/gradtest/cmd/gradtest"},
		{"mod", "tidy"},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %v: %s", args, out)
	}
	return dir
}

// TestWorkflows runs the steps of the workflows in examples/ci, each job in a directory of its own, against an
// emulator.
func TestWorkflows(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command, which takes seconds: leave out -short")
	}
	repository, err := filepath.Abs(root)
	require.NoError(t, err)
	checkout := newApp(t, repository)
	files, err := filepath.Glob(filepath.Join(root, "examples/ci/*.yml"))
	require.NoError(t, err)
	require.Len(t, files, 3)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yml"), func(t *testing.T) {
			t.Parallel()
			w := readWorkflow(t, file)
			server := rctest.NewServer(t, rctest.Config{
				Window: time.Second, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
			})
			secrets := map[string]string{
				"vars.RC_SERVER_URL": server.URL, "secrets.RC_APP_CLIENT_ID": server.ClientID,
				"secrets.RC_APP_CLIENT_SECRET": server.ClientSecret, "secrets.RC_USER_JWT": server.JWT,
			}
			if strings.Contains(file, "redis") {
				secrets["secrets.GRADTEST_REDIS"] = redistest.Start(t).URL() + "?fresh=1"
			}
			c := ci{t: t, workflow: w, checkout: checkout, secrets: secrets, artifacts: t.TempDir()}
			first, last := c.jobs()
			var group sync.WaitGroup
			for _, r := range first {
				if r.job.Strategy.MaxParallel == 1 {
					assert.True(t, r.run(), r.output.String())
					continue
				}
				group.Go(func() { assert.True(t, r.run(), r.output.String()) })
			}
			group.Wait()
			for _, r := range last {
				assert.True(t, r.run(), r.output.String())
			}
			var summary string
			for _, r := range append(first, last...) {
				summary += r.summary()
				assert.NotContains(t, r.output.String(), server.ClientSecret)
				assert.NotContains(t, r.output.String(), server.JWT)
			}
			assert.Contains(t, summary, "READY")
			var output string
			for _, r := range append(first, last...) {
				output += r.output.String()
			}
			assert.NotContains(t, output, "GITHUB_STEP_SUMMARY is not set")
			assert.NotContains(t, output, "::error ", "nothing is missing")
			page, err := os.ReadFile(filepath.Join(c.artifacts, "graduation", "graduation.html"))
			require.NoError(t, err)
			assert.Contains(t, string(page), "READY")
			junit, err := filepath.Glob(filepath.Join(c.artifacts, "*", "junit*.xml"))
			require.NoError(t, err)
			require.NotEmpty(t, junit)
			var results string
			for _, file := range junit {
				text, err := os.ReadFile(file)
				require.NoError(t, err)
				results += string(text)
			}
			assert.Contains(t, results, `name="TestGraduation/endpoints/readExtension"`)
			assert.Regexp(t, `<property name="gradtest.got" value="2[1-3] successful calls">`, results) // as many as the server counts below
			v := server.Verdict()
			assert.True(t, v.Ready)
			assert.Zero(t, v.TooManyRequests)
			assert.GreaterOrEqual(t, v.Successes, 21)
			assert.LessOrEqual(t, v.Successes, 23, "the calls of the two unit tests may come after the sweep has sent all")
		})
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yml")+"/without-secrets", func(t *testing.T) {
			t.Parallel()
			c := ci{t: t, workflow: readWorkflow(t, file), checkout: checkout, artifacts: t.TempDir()}
			first, _ := c.jobs()
			r := first[len(first)-1]
			assert.False(t, r.run(), "the embedded emulator must not make the job green:\n%s", &r.output)
			if !strings.Contains(file, "redis") {
				assert.Contains(t, r.output.String(), "RC_SERVER_URL")
			}
		})
	}
}

// TestVendoredModule does what the workflows advise until the module is published: a runner does not have the directory
// that go.mod names.
func TestVendoredModule(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command, which takes seconds: leave out -short")
	}
	repository, err := filepath.Abs(root)
	require.NoError(t, err)
	clone := filepath.Join(t.TempDir(), "ringcentral")
	require.NoError(t, os.Symlink(repository, clone))
	dir := newApp(t, clone)
	run := func(args ...string) string {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %v: %s", args, out)
		return string(out)
	}
	run("mod", "vendor")
	require.NoError(t, os.Remove(clone))
	packages := run("list", "-deps", "-test", "./...", "tool")
	assert.Contains(t, packages, "github.com/graduationkit/ringcentral/gradtest\n")
	assert.Contains(t, packages, "github.com/graduationkit/ringcentral/gradtest/cmd/gradtest\n")
}
