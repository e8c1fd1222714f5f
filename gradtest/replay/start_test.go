package replay_test

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	ringcentral "github.com/ringcentral/ringcentral-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcgo"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// fakeTest is a test whose outcome can be looked at.
type fakeTest struct {
	testing.TB
	name     string
	failed   bool
	messages strings.Builder
	cleanups []func()
}

func (f *fakeTest) Name() string     { return f.name }
func (f *fakeTest) Failed() bool     { return f.failed }
func (f *fakeTest) Skipped() bool    { return false }
func (f *fakeTest) Cleanup(c func()) { f.cleanups = append(f.cleanups, c) }
func (f *fakeTest) Logf(format string, args ...any) {
	f.messages.WriteString(format)
}
func (f *fakeTest) Output() io.Writer { return io.Discard }
func (f *fakeTest) Error(args ...any) {
	f.failed = true
	f.messages.WriteString(args[0].(error).Error())
}
func (f *fakeTest) Fatal(args ...any) { f.Error(args...); runtime.Goexit() }

// run is the life of a test.
func (f *fakeTest) run(test func(f *fakeTest)) string {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			for i := range f.cleanups {
				f.cleanups[len(f.cleanups)-1-i]()
			}
		}()
		test(f)
	}()
	<-done
	return f.messages.String()
}

func TestStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.yaml")
	get := func(f *fakeTest) {
		r := replay.Start(f, app, path)
		send(t, r, "GET", own, "", "")
	}
	require.NoError(t, os.Setenv("GRADTEST_RECORD", "1"))
	defer os.Unsetenv("GRADTEST_RECORD")
	f := &fakeTest{TB: t, name: "TestOwner"}
	assert.Contains(t, f.run(func(f *fakeTest) { get(f); f.failed = true }), "because the test has not passed")
	assert.NoFileExists(t, path)
	f = &fakeTest{TB: t, name: "TestOwner/Jane's"}
	assert.Empty(t, f.run(get))
	assert.Contains(t, content(t, path), `GRADTEST_RECORD=1 go test -count=1 -run '^TestOwner$/^Jane'\''s$' ./gradtest/replay`)

	require.NoError(t, os.Unsetenv("GRADTEST_RECORD"))
	f = &fakeTest{TB: t, name: "TestOwner"}
	assert.Empty(t, f.run(get))
	f = &fakeTest{TB: t, name: "TestOwner"}
	assert.Contains(t, f.run(func(f *fakeTest) { replay.Start(f, app, path) }), "1 of the 1 requests in")
	f = &fakeTest{TB: t, name: "BenchmarkOwner"}
	assert.Contains(t, f.run(func(f *fakeTest) {
		r := replay.Start(f, app, path)
		_, _, err := try(r, "GET", "/restapi/v1.0/status", "", "")
		assert.Error(t, err)
	}), "GRADTEST_RECORD=1 go test -count=1 -run '^$' -bench '^BenchmarkOwner$' ./gradtest/replay")
	assert.True(t, f.failed, "an app that drops the error does not pass")
	f = &fakeTest{TB: t, name: "TestOwner"}
	assert.Contains(t, f.run(func(f *fakeTest) { replay.Start(f, app, path+".yaml") }), "does not exist: record it with")
}

// selectTests sets -run until the test ends.
func selectTests(t *testing.T, pattern string) {
	run := flag.Lookup("test.run")
	former := run.Value.String()
	t.Cleanup(func() { require.NoError(t, run.Value.Set(former)) })
	require.NoError(t, run.Value.Set(pattern))
}

// TestSomeSubtests: with -run, what other subtests would send is not missed, and a recording does not lose it.
func TestSomeSubtests(t *testing.T) {
	path := record(t, app, func(r *replay.Replay) { send(t, r, "GET", own, "", "") })
	before := content(t, path)
	selectTests(t, "^TestOwner$/^one$")
	whole, sub := func(f *fakeTest) { replay.Start(f, app, path) }, func(f *fakeTest) { send(t, replay.Start(f, app, path), "GET", own, "", "") }
	assert.Empty(t, (&fakeTest{TB: t, name: "TestOwner"}).run(whole))
	assert.Contains(t, (&fakeTest{TB: t, name: "TestOwner/one"}).run(whole), "were not sent")
	assert.NoError(t, play(t, path).Close())

	t.Setenv("GRADTEST_RECORD", "1")
	assert.Contains(t, (&fakeTest{TB: t, name: "TestOwner"}).run(whole), "is not recorded, because go test runs only some subtests of TestOwner: "+
		"run all of them with\n\tGRADTEST_RECORD=1 go test -count=1 -run '^TestOwner$' ./gradtest/replay")
	assert.Equal(t, before, content(t, path))
	assert.Empty(t, (&fakeTest{TB: t, name: "TestOwner/one"}).run(sub), "its own recording")
}

// TestSDKThroughTheGateway: code whose client cannot be replaced, here ringcentral-go, logs in and is played too.
func TestSDKThroughTheGateway(t *testing.T) {
	read := func(r *replay.Replay) string {
		var client rcgo.Client
		rc, err := client.For(r)
		require.NoError(t, err)
		var e ringcentral.GetExtensionInfoResponse
		require.NoError(t, json.Unmarshal(rc.Get(own), &e))
		return e.ExtensionNumber
	}
	path := record(t, app, func(r *replay.Replay) { assert.Equal(t, "101", read(r)) })
	r := play(t, path)
	assert.Equal(t, "101", read(r))
	require.NoError(t, r.Close())

	r = play(t, path)
	resp, err := http.Get(r.Gateway() + "/restapi/v1.0/status")
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, http.StatusBadGateway, resp.StatusCode)
	assert.Contains(t, string(body), `"errorCode":"ReplayFailed"`)
	assert.Error(t, r.Close())
}

// TestRecordingKeepsAuthorization: the session authorizes what the app does not, as without a replay.
func TestRecordingThroughAnOwnTransport(t *testing.T) {
	var seen []string
	base := roundTripper(func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.Header.Get("Authorization"))
		return http.DefaultTransport.RoundTrip(r)
	})
	path := record(t, app, func(r *replay.Replay) {
		c := &http.Client{Transport: r.Transport(base)}
		resp, err := c.Get(r.URL() + own)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, 200, resp.StatusCode)
	})
	require.Len(t, seen, 1)
	assert.Regexp(t, "^Bearer .", seen[0])
	assert.NotContains(t, content(t, path), strings.TrimPrefix(seen[0], "Bearer "))
	assert.NotContains(t, strings.ToLower(content(t, path)), "authorization")
	var _ rcgo.Target = play(t, path)
	var _ gradtest.Credentials = play(t, path).Credentials()
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
