package rctest_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// gaps are the checks that the emulator does not pass yet, and why. They run all the same: one that passes fails the
// test until its line here is taken out.
var gaps = map[string]string{}

// TestClients runs RingCentral's own JavaScript clients against the emulator: @ringcentral/sdk by sdk.mjs, @rc-ex/core
// by rcex.mjs, and the program that docs/emulator.md shows. Each of their checks is a subtest.
func TestClients(t *testing.T) {
	t.Parallel()
	dir := clients(t)
	seen := make(map[string]bool)
	report := func(t *testing.T, script string, outcomes ...outcome) {
		for _, c := range outcomes {
			key := script + "/" + c.Check
			assert.False(t, seen[key], "two checks are named %q", key)
			seen[key] = true
			t.Run(c.Check, func(t *testing.T) {
				switch why, gap := gaps[key]; {
				case gap && c.OK:
					t.Errorf("passes now: take %q out of the known gaps", key)
				case gap:
					t.Logf("known gap: %s: %s", why, c.Detail)
				case !c.OK:
					t.Error(c.Detail)
				}
			})
		}
	}
	for _, script := range []string{"sdk", "rcex"} {
		t.Run(script, func(t *testing.T) { report(t, script, run(t, dir, script)...) })
	}
	t.Run("page", func(t *testing.T) { report(t, "page", runPage(t, dir)) })
	for key := range gaps {
		assert.True(t, seen[key], "no check is named %q: take it out of the known gaps", key)
	}
}

// outcome is what a script says of one of its checks.
type outcome struct {
	Check  string
	OK     bool
	Detail string
}

// run starts the emulators of a script, runs it to its end and returns what it said.
func run(t *testing.T, dir, script string) []outcome {
	t.Helper()
	type access struct {
		URL          string `json:"url"`
		ClientID     string `json:"clientId"`
		ClientSecret string `json:"clientSecret"`
		JWT          string `json:"jwt"`
	}
	servers := make(map[string]access)
	var emulators []*rctest.Server
	for name, config := range map[string]rctest.Config{
		"main":   {Limits: rctest.Unlimited()},
		"aging":  {Limits: rctest.Unlimited()},
		"public": {Limits: rctest.Unlimited(), Public: true},
		"narrow": {Limits: rctest.Unlimited(), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}},
		"busy":   {Window: time.Second, Limits: map[rcapi.Group]int{rcapi.Auth: 2}},
		"strict": {Window: time.Second, Limits: map[rcapi.Group]int{rcapi.Light: 2}},
	} {
		s := rctest.NewServer(t, config)
		servers[name] = access{s.URL, s.ClientID, s.ClientSecret, s.JWT}
		emulators = append(emulators, s)
	}
	env, err := json.Marshal(servers)
	require.NoError(t, err)

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", script+".mjs")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "RCTEST_SERVERS="+string(env))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	for _, s := range servers {
		for _, secret := range []string{s.ClientSecret, s.JWT} {
			if secret != "" && strings.Contains(string(out)+stderr.String(), secret) {
				t.Fatal("the script prints a secret")
			}
		}
	}
	require.NoError(t, err, "%s.mjs broke off\n%s\n%s", script, out, stderr.String())

	var outcomes []outcome
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var c outcome
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c), "not a check: %s", lines.Text())
		outcomes = append(outcomes, c)
	}
	require.NoError(t, lines.Err())
	require.NotEmpty(t, outcomes, "%s.mjs made no checks", script)
	for _, s := range emulators {
		for _, call := range s.Calls() {
			assert.Less(t, call.Status, 500, "%s %s", call.Method, call.Path)
		}
	}
	return outcomes
}

// runPage runs the JavaScript of docs/emulator.md, which has to print what the page says.
func runPage(t *testing.T, dir string) outcome {
	t.Helper()
	page, err := os.ReadFile("../../docs/emulator.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(page), "```js\n")
	require.True(t, found)
	program, rest, found := strings.Cut(rest, "```\n")
	require.True(t, found)
	_, rest, found = strings.Cut(rest, "\n```\n")
	require.True(t, found)
	shown, _, found := strings.Cut(rest, "```\n")
	require.True(t, found)

	s := rctest.NewServer(t)
	cmd := exec.CommandContext(t.Context(), "node", "--input-type=module", "-")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(program)
	cmd.Env = append(os.Environ(), "RC_SERVER_URL="+s.URL, "RC_APP_CLIENT_ID="+s.ClientID, "RC_APP_CLIENT_SECRET="+s.ClientSecret, "RC_USER_JWT="+s.JWT)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return outcome{Check: "app.mjs", Detail: fmt.Sprintf("%v: %s", err, out)}
	}
	return outcome{"app.mjs", shown == string(out), fmt.Sprintf("the page shows %q, the program prints %q", shown, out)}
}

// clients returns a folder that has the scripts and what they import: the one in testdata after npm ci there, as CI
// does it, or else a temporary copy with an installation of its own.
func clients(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("installs and runs JavaScript, which takes seconds: leave out -short")
	}
	missing := func(what, act string, out []byte) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s: %s\n%s", what, act, out)
		}
		t.Skipf("SKIPPED, RingCentral's own clients were not run: %s: %s\n%s", what, act, out)
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing(tool+" is not on the PATH", "install Node.js 20 or later with npm", nil)
		}
	}
	source, err := filepath.Abs(filepath.Join("testdata", "clients"))
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(source, "*"))
	require.NoError(t, err)
	dir := t.TempDir()
	for _, file := range files { // all are read, so that a change in one of them is a change of this test, for go's cache
		if filepath.Base(file) == "node_modules" {
			continue
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.Base(file)), data, 0o644))
	}
	if installed(t, source) {
		return source
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0") // without a network it fails at once
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		missing("npm cannot install them: "+err.Error(), "run npm ci --ignore-scripts in gradtest/rctest/testdata/clients where a registry can be reached", out)
	}
	return dir
}

// installed reports whether the folder's node_modules has the versions that package-lock.json pins.
func installed(t *testing.T, dir string) bool {
	t.Helper()
	versions := func(file string) []string {
		var lock struct {
			Packages map[string]struct{ Version string }
		}
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return nil
		}
		require.NoError(t, json.Unmarshal(data, &lock), file)
		var all []string
		for path, p := range lock.Packages {
			if path != "" {
				all = append(all, path+" "+p.Version)
			}
		}
		slices.Sort(all)
		return all
	}
	want := versions("package-lock.json")
	require.NotEmpty(t, want)
	return slices.Equal(want, versions(filepath.Join("node_modules", ".package-lock.json")))
}
