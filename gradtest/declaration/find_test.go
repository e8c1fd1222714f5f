package declaration

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/declared"
)

// app is the package testdata/app with some of its tests.
func app(t *testing.T, tests ...string) candidate {
	t.Helper()
	dir, err := filepath.Abs("testdata/app")
	require.NoError(t, err)
	return candidate{dir: dir, pkg: "example.com/crm", tests: tests}
}

// TestDeclarations compiles a package once and runs its tests in several ways.
func TestDeclarations(t *testing.T) {
	var requests atomic.Int64
	counter := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer counter.Close()
	t.Setenv("APP_COUNTER", counter.URL)
	t.Setenv("RC_SERVER_URL", counter.URL)
	t.Setenv("RC_USER_JWT", "hush")
	t.Setenv("RINGCENTRAL_JWT", "hush")
	t.Setenv("GRADTEST_REDIS", "redis://:hush@127.0.0.1:1")
	t.Setenv("GRADTEST_DIR", filepath.Join(t.TempDir(), "evidence"))
	command, err := exec.LookPath("go")
	require.NoError(t, err)
	binary := filepath.Join(t.TempDir(), "tests.exe")
	require.NoError(t, app(t).compile(t.Context(), command, binary))

	const before = " of example.com/crm failed before gradtest.Run or gradtest.Start: app_test.go:"
	const without = " of example.com/crm ended without gradtest.Run or gradtest.Start, perhaps skipped"
	const late = " of example.com/crm did not reach gradtest.Run or gradtest.Start within 200ms"
	for name, tt := range map[string]struct {
		tests []string
		main  bool
		limit time.Duration
		apps  []string // name of the app and of its test
		fault string   // of an entry or of the run
	}{
		"Run":            {tests: []string{"TestGraduation"}, apps: []string{"crm-sync TestGraduation"}},
		"Start, wrapped": {tests: []string{"TestSync"}, apps: []string{"crm-sync TestSync"}},
		"Sweep":          {tests: []string{"TestSweep"}, apps: []string{"mobile "}},
		"Open in main":   {tests: []string{"TestMain"}, main: true, apps: []string{"crm-sync "}},
		"two tests": {
			tests: []string{"TestSync", "TestGraduation"}, apps: []string{"crm-sync TestGraduation", "crm-sync TestSync"},
		},
		"no credentials": {tests: []string{"TestEnvironment"}, apps: []string{"crm-sync TestEnvironment"}},
		"refused":        {tests: []string{"TestRefused"}, fault: "App.Endpoints is empty"},
		"hangs":          {tests: []string{"TestHangs"}, limit: 200 * time.Millisecond, fault: "TestHangs" + late},
		"fails before":   {tests: []string{"TestFails"}, fault: "TestFails" + before},
		"skips":          {tests: []string{"TestSkips"}, fault: "TestSkips" + without},
		"declares, fails": {
			tests: []string{"TestGraduation", "TestFails"}, apps: []string{"crm-sync TestGraduation"}, fault: "no database",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.main {
				t.Setenv("APP_OPENS_IN_MAIN", "1")
			}
			dir, err := declared.Create()
			require.NoError(t, err)
			defer os.RemoveAll(dir)
			failed := app(t, tt.tests...).run(t.Context(), binary, dir, tt.limit)
			entries, err := declared.Read(dir)
			require.NoError(t, err)
			var apps []string
			text := failed.Error()
			for _, e := range entries {
				text += e.Fault
				if e.Declaration != nil {
					apps = append(apps, e.Declaration.App+" "+e.Test)
					assert.Equal(t, 7, e.Declaration.Endpoints[0].Calls)
				}
			}
			assert.Equal(t, tt.apps, apps)
			assert.Contains(t, text, tt.fault)
			assert.NotContains(t, text, "hush")
		})
	}
	assert.Zero(t, requests.Load(), "nothing may be sent")
	assert.NoDirExists(t, os.Getenv("GRADTEST_DIR"), "nothing may be recorded")
}

func TestFindSaysWhatIsWrong(t *testing.T) {
	module := func(files map[string]string) string {
		dir := t.TempDir()
		for name, text := range files {
			name = filepath.Join(dir, name)
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
			require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		}
		return dir
	}
	_, err := Find(t.Context(), Config{Dir: module(nil)})
	require.ErrorIs(t, err, ErrNone)
	require.ErrorContains(t, err, "is in no Go module")

	_, err = Find(t.Context(), Config{Dir: module(map[string]string{
		"go.mod": "module example.com/crm\n", "crm_test.go": "package crm\nimport \"testing\"\nfunc TestA(t *testing.T) {}\n",
	})})
	require.ErrorIs(t, err, ErrNone)

	_, err = Find(t.Context(), Config{Dir: module(map[string]string{"go.mod": "go 1.26\n"})})
	require.ErrorContains(t, err, "module line")

	var notified []string
	broken := module(map[string]string{
		"go.mod":      "module example.com/crm // the app\ngo 1.26\n",
		"crm_test.go": "package crm\nimport (\"testing\"; g \"" + library + "\")\nfunc TestA(t *testing.T) { g.Run(t, app) }\n",
	})
	notify := func(pkg string, tests []string) { notified = append(tests, pkg) }
	_, err = Find(t.Context(), Config{Dir: broken, Notify: notify})
	require.ErrorContains(t, err, "the tests of example.com/crm do not compile: ")
	assert.Equal(t, []string{"TestA", "example.com/crm"}, notified)

	dir, err := filepath.Abs("testdata/broken")
	require.NoError(t, err)
	command, err := exec.LookPath("go")
	require.NoError(t, err)
	_, err = candidate{dir: dir, pkg: "example.com/broken"}.declarations(t.Context(), command, 0)
	require.ErrorContains(t, err, "the tests of example.com/broken do not compile: ")
	require.ErrorContains(t, err, "undefined: undefined: see go vet example.com/broken")

	t.Setenv("PATH", t.TempDir())
	_, err = Find(t.Context(), Config{Dir: broken})
	require.ErrorContains(t, err, "go is not on PATH, so example.com/crm cannot be run")
}
