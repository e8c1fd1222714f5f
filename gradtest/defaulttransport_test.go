package gradtest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func defaultApp(name string) gradtest.App {
	return gradtest.App{Name: own(name), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
}

// TestReplaceDefaultTransport: http.Get counts while the test runs, and everything is as before afterwards.
func TestReplaceDefaultTransport(t *testing.T) {
	app, former := defaultApp("default"), http.DefaultTransport
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	defer other.Close()
	get := func(t *testing.T, url string, status int) {
		resp, err := http.Get(url)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, status, resp.StatusCode)
	}
	t.Run("replaced", func(t *testing.T) {
		s := gradtest.Start(t, app)
		s.ReplaceDefaultTransport()
		get(t, s.URL()+"/restapi/v1.0/account/~/extension/~", http.StatusOK)
		get(t, other.URL, http.StatusTeapot)
		assert.Equal(t, 1, s.Verdict().Successes)

		second := &failing{TB: t}
		assert.Contains(t, second.run(func(tb testing.TB) { gradtest.Start(tb, app).ReplaceDefaultTransport() }),
			"http.DefaultTransport is replaced by TestReplaceDefaultTransport/replaced already: call ReplaceDefaultTransport once")
		assert.Panics(t, t.Parallel, "from now on")
		later := gradtest.Start(t, app)
		get(t, later.URL()+"/restapi/v1.0/account/~/extension/~", http.StatusOK)
	})
	assert.Same(t, former, http.DefaultTransport)
	t.Run("group", func(t *testing.T) {
		t.Run("parallel", func(t *testing.T) {
			t.Parallel()
			p := &failing{TB: t}
			assert.Contains(t, p.run(func(tb testing.TB) { gradtest.Start(tb, app).ReplaceDefaultTransport() }),
				"is parallel, and http.DefaultTransport is one for all tests: remove t.Parallel")
		})
	})
	s, err := gradtest.Open(t.Context(), app)
	require.NoError(t, err)
	s.ReplaceDefaultTransport()
	assert.NotSame(t, former, http.DefaultTransport)
	require.NoError(t, s.Close())
	assert.Same(t, former, http.DefaultTransport)
}

// failing is a test that records how it fails.
type failing struct {
	testing.TB
	text     string
	cleanups []func()
}

func (f *failing) Fatal(args ...any) {
	f.text = args[0].(error).Error()
	panic(f)
}
func (f *failing) Cleanup(c func()) { f.cleanups = append(f.cleanups, c) }

func (f *failing) run(test func(testing.TB)) (text string) {
	defer func() {
		_ = recover() // of Fatal
		text = f.text
	}()
	func() {
		defer func() {
			for i := range f.cleanups {
				f.cleanups[len(f.cleanups)-1-i]()
			}
		}()
		test(f)
	}()
	return ""
}

// written is the output of a test.
type written struct {
	testing.TB
	mu   sync.Mutex
	text strings.Builder
}

func (w *written) Output() io.Writer { return w }
func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

// TestOtherServersAreNotCounted: what goes through the session to an httptest server is no evidence, and the output
// says so once.
func TestOtherServersAreNotCounted(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Empty(t, r.Header.Get("Authorization"), "the token is not for it")
	}))
	defer server.Close()
	out := &written{TB: t}
	s := gradtest.Start(out, defaultApp("elsewhere"))
	for _, c := range []*http.Client{s.Client(), {Transport: s.Transport(nil)}, s.Client()} {
		resp, err := c.Get(server.URL + "/restapi/v1.0/account/~/extension/~")
		require.NoError(t, err)
		resp.Body.Close()
	}
	assert.Zero(t, s.Verdict().Successes)
	note := "Requests to " + strings.TrimPrefix(server.URL, "http://") + " are not counted: only those to " + s.URL() + ", the URL of the session, are evidence."
	assert.Equal(t, 1, strings.Count(out.text.String(), note), out.text.String())
}
