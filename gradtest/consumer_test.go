package gradtest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// consumer is another module, in a temporary directory, and an emulator in this process that acts as
// the platform.
type consumer struct {
	t      *testing.T
	dir    string
	server *rctest.Server
	env    []string
}

func newConsumer(t *testing.T, configs ...rctest.Config) *consumer {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the go command, which takes seconds: leave out -short")
	}
	repository, err := filepath.Abs("..")
	require.NoError(t, err)
	c := &consumer{t: t, dir: t.TempDir()}
	config := rctest.Config{Window: time.Second}
	if len(configs) > 0 {
		config = configs[0]
	}
	if config.Scopes == nil {
		config.Scopes = []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages}
	}
	c.server = rctest.NewServer(t, config)
	for from, to := range map[string]string{
		"testdata/consumer/go.mod.txt": "go.mod", "testdata/consumer/app_test.go": "app_test.go", "../go.sum": "go.sum",
	} {
		data, err := os.ReadFile(from)
		require.NoError(t, err)
		data = []byte(strings.ReplaceAll(string(data), "REPOSITORY", repository))
		require.NoError(t, os.WriteFile(filepath.Join(c.dir, to), data, 0o644))
	}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "RC_") && !strings.HasPrefix(v, "RINGCENTRAL_") && !strings.HasPrefix(v, "GRADTEST_") {
			c.env = append(c.env, v)
		}
	}
	c.env = append(c.env, "GOFLAGS=-mod=mod", "GOPROXY=off")
	return c
}

// live points the module at the server of this process.
func (c *consumer) live() *consumer {
	c.env = append(c.env, "RC_SERVER_URL="+c.server.URL, "RC_APP_CLIENT_ID="+c.server.ClientID,
		"RC_APP_CLIENT_SECRET="+c.server.ClientSecret, "RC_USER_JWT="+c.server.JWT)
	return c
}

// test runs go test and returns what it printed. The output never holds a secret.
func (c *consumer) test(args ...string) (string, error) {
	c.t.Helper()
	cmd := exec.Command("go", append([]string{"test"}, args...)...)
	cmd.Dir, cmd.Env = c.dir, c.env
	out, err := cmd.CombinedOutput()
	assert.NotContains(c.t, string(out), c.server.ClientSecret)
	assert.NotContains(c.t, string(out), c.server.JWT)
	return string(out), err
}

// calls is how many API calls the server saw succeed.
func (c *consumer) calls() int { return c.server.Verdict().Successes }

func TestConsumerIsNeverCached(t *testing.T) {
	for _, lingers := range []string{"", "yes"} {
		t.Run("lingers="+lingers, func(t *testing.T) {
			t.Parallel()
			c := newConsumer(t).live()
			c.env = append(c.env, "CONSUMER_LINGERS="+lingers)
			for range 3 {
				before := len(c.server.Calls())
				out, err := c.test("./...")
				require.NoError(t, err, out)
				assert.NotContains(t, out, "(cached)")
				assert.Greater(t, len(c.server.Calls()), before, "the unit test's call was really made")
			}
		})
	}
}

// A session of TestMain works like one of a test.
func TestConsumerSharesAClient(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	c.env = append(c.env, "CONSUMER_SHARED=yes", "CONSUMER_LINGERS=yes")
	for n := range 2 {
		out, err := c.test("-run", "TestShared", ".")
		require.NoError(t, err, out)
		assert.NotContains(t, out, "(cached)", "although TestMain has opened the session before go test looks")
		assert.Equal(t, n+1, c.calls())
	}
}

// With the tag gradtest_live the suite runs against a server, and without one it says what is missing.
func TestConsumerWithoutTheEmulator(t *testing.T) {
	t.Parallel()
	c := newConsumer(t)
	out, err := c.test("-tags", "gradtest_live", "-run", "TestUnit", ".")
	require.Error(t, err)
	assert.Contains(t, out, "built with the tag gradtest_live")
	assert.Contains(t, out, "RC_SERVER_URL")
	out, err = c.live().test("-tags", "gradtest_live", "-run", "TestUnit", ".")
	require.NoError(t, err, out)
	assert.Equal(t, 1, c.calls())
}

func TestConsumerTopsUp(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	out, err := c.test("-run", "TestUnit", ".")
	require.NoError(t, err, out)
	require.Equal(t, 1, c.calls())

	out, err = c.test("-v", "-run", "TestGraduation", ".")
	require.NoError(t, err, out)
	assert.Equal(t, 21, c.calls(), "the unit test's call counts, so twenty are sent")
	assert.True(t, c.server.Verdict().Ready)
	assert.Contains(t, out, "endpoints/readExtension")
	assert.Contains(t, out, "criteria/volume")
	assert.Contains(t, out, c.server.URL)

	out, err = c.test("-v", "-run", "TestGraduation", ".")
	require.NoError(t, err, out)
	assert.Equal(t, 21, c.calls(), "nothing is missing, nothing is sent")

	info, err := os.Stat(filepath.Join(c.dir, ".gradtest"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	ignore, err := os.ReadFile(filepath.Join(c.dir, ".gradtest", ".gitignore"))
	require.NoError(t, err)
	assert.Contains(t, string(ignore), "\n*\n")
}

func TestConsumerSelectsByRun(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	out, err := c.test("-v", "-run", "TestGraduation/endpoints/listMessages", ".")
	require.NoError(t, err, out)
	assert.Equal(t, 5, c.calls())
	assert.Contains(t, out, "filtered: 1 of 3 endpoints selected")
	assert.NotContains(t, out, "READY")

	before := c.calls()
	out, err = c.test("-run", "TestGraduation/endpoints/listMesages", ".")
	require.Error(t, err, "a misspelt filter is not green:\n%s", out)
	assert.Contains(t, out, `-run "TestGraduation/endpoints/listMesages" selects no endpoint and no rule`)
	assert.Contains(t, out, "listMessages", "the names to choose from")
	out, err = c.test("-run", "TestGraduation/criteria/volume", ".")
	require.Error(t, err, out)
	assert.Contains(t, out, "--- FAIL: TestGraduation/criteria/volume", "a rule alone is judged by the evidence that there is")
	assert.Equal(t, before, c.calls())
}

func TestConsumerFlags(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	out, err := c.test("-v", "-count=2", "-parallel=1", "-shuffle=on", ".")
	require.NoError(t, err, out)
	v := c.server.Verdict()
	assert.True(t, v.Ready)
	assert.Zero(t, v.TooManyRequests)
	assert.LessOrEqual(t, v.Successes, 21+2, "the second round has nothing to top up but makes the unit test's call again")
}

// TestREADME runs the test that the README shows and compares the output with the one shown.
func TestREADME(t *testing.T) {
	t.Parallel()
	c := newConsumer(t)
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	_, code, found := strings.Cut(string(readme), "```go\npackage ")
	require.True(t, found)
	code, _, found = strings.Cut(code, "```")
	require.True(t, found)
	require.NoError(t, os.Remove(filepath.Join(c.dir, "app_test.go")))
	require.NoError(t, os.WriteFile(filepath.Join(c.dir, "graduation_test.go"), []byte("package "+code), 0o644))
	out, err := c.test("-v")
	require.NoError(t, err, out)
	_, shown, found := strings.Cut(string(readme), "`go test -v` prints:\n\n```\n")
	require.True(t, found)
	shown, _, found = strings.Cut(shown, "```")
	require.True(t, found)
	times := regexp.MustCompile(`\d+-\d+-\d+|\d+:\d+:\d+|\d+\.\d+s`)
	real := times.ReplaceAllString(strings.ReplaceAll(out, "consumer", "myapp"), "#")
	for line := range strings.Lines(shown) {
		line = strings.TrimSpace(line)
		if line != "..." {
			assert.Contains(t, real, times.ReplaceAllString(line, "#"), "the README shows the output of a real run")
		}
	}
	for _, line := range []string{
		"16 calls sent, nothing missing", "READY",
		"ok  volume       21 successful calls          21 successful calls",
	} {
		assert.Contains(t, shown, line)
	}
}

func TestConsumerOfManyPackages(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	suite, err := os.ReadFile(filepath.Join(c.dir, "app_test.go"))
	require.NoError(t, err)
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		require.NoError(t, os.Mkdir(filepath.Join(c.dir, name), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(c.dir, name, "app_test.go"), suite, 0o644))
	}
	out, err := c.test("-p", "8", "./...")
	require.NoError(t, err, out)
	v := c.server.Verdict()
	assert.True(t, v.Ready)
	assert.Zero(t, v.TooManyRequests)
	tokens := 0
	for _, call := range c.server.Calls() {
		if call.Path == "/restapi/oauth/token" {
			tokens++
		}
	}
	assert.Equal(t, 1, tokens, "eight processes, one session")
	assert.Less(t, v.Successes, 8*22, "they share the work")
}

func TestConsumerOnTheEmulator(t *testing.T) {
	t.Parallel()
	c := newConsumer(t)
	out, err := c.test("-v", ".")
	require.NoError(t, err, out)
	assert.Contains(t, out, "no evidence for the real app")
	assert.Zero(t, c.calls())
	assert.NoDirExists(t, filepath.Join(c.dir, ".gradtest"), "the emulator leaves nothing behind")
}

func TestConsumerWithWrongSecret(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	c.env = append(c.env, "RC_APP_CLIENT_SECRET=not-it")
	out, err := c.test("-run", "TestGraduation", ".")
	require.Error(t, err)
	assert.Equal(t, 1, strings.Count(out, "invalid_client"), "one failed token request, one clear error:\n%s", out)
	assert.Contains(t, out, "the sweep stopped: rcauth: ")
	assert.Less(t, strings.Index(out, "the sweep stopped: rcauth: "), strings.Index(out, "the sweep stopped; TestGraduation/endpoints has the reason"),
		"the reason comes before the endpoints, and they refer to it:\n%s", out)
	assert.NotContains(t, out, "not-it")
	assert.Len(t, c.server.Calls(), 1)
}

func TestConsumerWithAnotherScope(t *testing.T) {
	t.Parallel()
	c := newConsumer(t, rctest.Config{Window: time.Second, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages, rcapi.ScopeFaxes}}).live()
	out, err := c.test("-v", "-run", "TestGraduation", ".")
	require.NoError(t, err, out)
	assert.Contains(t, strings.Join(strings.Fields(out), " "), "the token grants Faxes, which App.Scopes does not declare")
}

func TestConsumerRunsOutOfTime(t *testing.T) {
	t.Parallel()
	c := newConsumer(t, rctest.Config{Window: time.Minute, Limits: map[rcapi.Group]int{rcapi.Light: 10, rcapi.Auth: 5}}).live()
	out, err := c.test("-run", "TestGraduation", "-timeout", "30s", ".")
	require.Error(t, err)
	assert.NotContains(t, out, "panic: test timed out", "it stops by itself")
	assert.Contains(t, out, "-timeout leaves no more time: what is done is kept, and the next run continues from there")
	assert.Regexp(t, `needs 2m0s, -timeout leaves 2\ds: run go test -timeout 4m`, out, "a window for the slots in use, one for the calls of which 10 fit into it")
	assert.Equal(t, 10, c.calls(), "what fits is sent and kept")
	assert.Zero(t, c.server.Verdict().TooManyRequests)
}

// TestConsumerNamesTheCallsThatFailed: a failed endpoint shows what was answered, what it means, and the command for
// more.
func TestConsumerNamesTheCallsThatFailed(t *testing.T) {
	t.Parallel()
	c := newConsumer(t, rctest.Config{Window: time.Second, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}).live()
	out, err := c.test("-v", "-run", "TestGraduation/endpoints/listMessages", ".")
	require.Error(t, err, out)
	assert.Regexp(t, `(?m)^ +403 CMN-401 listMessages at \d\d:\d\d:\d\d\.\d{3} UTC, app_test\.go:\d+, TestGraduation/endpoints/listMessages, request [0-9a-f-]+$`, out)
	assert.Contains(t, out, "CMN-401: the app lacks the app scope that the operation needs. Add the scope")
}
