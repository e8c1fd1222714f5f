package dashboard

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

const origin = "platform.example.com-0a1b2c3d"

var serial atomic.Int64

// done is a call that has just ended.
func done(op rcapi.Operation, status int) ledger.Record {
	at := time.Now().Add(-time.Second)
	return ledger.Record{
		Kind: ledger.Done, ID: fmt.Sprint("c", serial.Add(1)), At: at, Sent: at.Add(-200 * time.Millisecond), Op: op.ID, Method: op.Method, Path: op.Path,
		Endpoint: op.ID, Groups: op.Groups(), Scopes: []string{string(op.Scope)}, Status: status,
	}
}

func declaration(app, policy string, ops ...rcapi.Operation) ledger.Record {
	d := ledger.Declaration{App: app, Policy: policy}
	for _, op := range ops {
		d.Scopes = append(d.Scopes, string(op.Scope))
		d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{
			Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope),
		})
	}
	return ledger.Record{
		Kind:     ledger.Declared,
		ID:       fmt.Sprint("d", serial.Add(1)),
		At:       time.Now().Add(-time.Minute),
		Declared: &d,
	}
}

// scene are the records of an app with two endpoints, one of them short.
func scene() []ledger.Record {
	all := []ledger.Record{declaration("crm-sync", "graduation", rcapi.ReadExtension, rcapi.ListMessages)}
	for range 5 {
		all = append(all, done(rcapi.ReadExtension, 200))
	}
	return append(all, done(rcapi.ListMessages, 200), done(rcapi.ListMessages, 404))
}

func kept(tb testing.TB, records ...ledger.Record) *ledger.Dir {
	d, err := ledger.Open(filepath.Join(tb.TempDir(), origin))
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = d.Close() })
	require.NoError(tb, d.Append(tb.Context(), records...))
	return d
}

func started(tb testing.TB, store ledger.Store, change ...func(*Config)) *Handler {
	c := Config{Store: store, Origin: origin, Every: 20 * time.Millisecond}
	for _, f := range change {
		f(&c)
	}
	h, err := New(tb.Context(), c)
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = h.Close() })
	return h
}

// get sends a request that is no browser's.
func get(h http.Handler, path string, fields ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPage(t *testing.T) {
	h := started(t, kept(t, scene()...))
	w := get(h, "/")
	require.Equal(t, 200, w.Code)
	page := w.Body.String()
	assert.Contains(t, page, "crm-sync: NOT READY")
	assert.Contains(t, page, `<h2 id="live-title">Live</h2>`)
	assert.Contains(t, page, "6 needed calls made,")
	assert.Equal(t, 1, strings.Count(page, `<script src="/live.js">`))
	policy := w.Header().Get("Content-Security-Policy")
	assert.Contains(t, policy, "script-src 'self' 'sha256-")
	assert.NotContains(t, policy, "script-src 'self' 'unsafe-inline'")
	assert.Contains(t, policy, "frame-ancestors 'none'")
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))

	var d report.Document
	require.NoError(t, json.Unmarshal(get(h, "/report.json").Body.Bytes(), &d))
	assert.Equal(t, report.Schema, d.Schema)
	assert.Equal(t, 6, d.Successes)
	var p Progress
	require.NoError(t, json.Unmarshal(get(h, "/progress.json").Body.Bytes(), &p))
	assert.Equal(t, ProgressSchema, p.Schema)
	assert.Equal(t, 6, p.Done)
	assert.False(t, p.Running)
	assert.NotEmpty(t, p.Groups)
	assert.Equal(t, 404, get(h, "/other").Code)
	assert.Contains(t, get(h, "/live.js").Header().Get("Content-Type"), "javascript")
}

// TestRefuses: other sites' pages, other names and other methods.
func TestRefuses(t *testing.T) {
	h := started(t, kept(t, scene()...), func(c *Config) { c.Hosts = []string{"build.example.com"} })
	server := httptest.NewServer(h)
	defer server.Close()
	for name, c := range map[string]struct {
		method, path, host string
		fields             []string
		want               int
	}{
		"a program":             {"GET", "/", "", nil, 200},
		"a browser":             {"GET", "/", "", []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		"the page itself":       {"GET", "/report.json", "", []string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors"}, 200},
		"a configured name":     {"GET", "/", "build.example.com", nil, 200},
		"a link elsewhere":      {"GET", "/", "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		"a frame elsewhere":     {"GET", "/", "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
		"a script elsewhere":    {"GET", "/report.json", "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"}, 403},
		"another port":          {"GET", "/events", "", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors"}, 403},
		"another origin":        {"GET", "/", "", []string{"Origin", "https://evil.example.com"}, 403},
		"no origin":             {"GET", "/events", "", []string{"Origin", "null"}, 403},
		"a name that was bound": {"GET", "/", "evil.example.com", nil, 421},
		"its stream":            {"GET", "/events", "evil.example.com:80", nil, 421},
		"a change":              {"POST", "/", "", nil, 405},
		"another change":        {"DELETE", "/report.json", "", nil, 405},
		"a look":                {"HEAD", "/events", "", nil, 200},
	} {
		r, err := http.NewRequest(c.method, server.URL+c.path, nil)
		require.NoError(t, err)
		r.Host = c.host
		for i := 0; i < len(c.fields); i += 2 {
			r.Header.Set(c.fields[i], c.fields[i+1])
		}
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err, name)
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		assert.Equal(t, c.want, resp.StatusCode, "%s: %s", name, body)
		if c.want != 200 {
			assert.NotContains(t, string(body), "crm-sync", name)
		}
	}
}

// event reads the next event of a stream.
func event(tb testing.TB, in *bufio.Reader) (e struct {
	Version  string
	HTML     string
	Progress Progress
}) {
	for {
		line, err := in.ReadString('\n')
		require.NoError(tb, err)
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			require.NoError(tb, json.Unmarshal([]byte(data), &e))
			return e
		}
	}
}

// TestFollows appends records as other processes do, with every kind of store.
func TestFollows(t *testing.T) {
	dir := kept(t, scene()...)
	reader, err := ledger.OpenReadOnly(dir.Path())
	require.NoError(t, err)
	t.Cleanup(func() { _ = reader.Close() })
	memory := ledger.NewMemory()
	require.NoError(t, memory.Append(t.Context(), scene()...))
	for name, c := range map[string]struct{ write, read ledger.Store }{
		"one directory": {dir, dir}, "read-only": {dir, reader}, "a store that cannot be followed": {memory, memory},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := started(t, c.read)
			server := httptest.NewServer(h)
			t.Cleanup(server.Close)
			resp, err := http.Get(server.URL + "/events")
			require.NoError(t, err)
			defer resp.Body.Close()
			in := bufio.NewReader(resp.Body)
			first := event(t, in)
			require.NoError(t, c.write.Append(t.Context(), done(rcapi.ListMessages, 200)))
			next := event(t, in)
			assert.NotEqual(t, first.Version, next.Version)
			assert.Greater(t, next.Progress.Done, first.Progress.Done)
			assert.Contains(t, next.HTML, fmt.Sprintf("%d needed calls made", next.Progress.Done))
		})
	}
}

// TestDeclarations: a new declaration, another app, a policy that only the tests know, and none at all.
func TestDeclarations(t *testing.T) {
	d := kept(t, append(scene(), declaration("other", "strictest", rcapi.ReadUserCallLog))...)
	h := started(t, d, func(c *Config) { c.App = "crm-sync" })
	assert.Contains(t, get(h, "/").Body.String(), "crm-sync: NOT READY")
	assert.Contains(t, get(started(t, d), "/").Body.String(), "other: NOT READY", "the latest")
	h = started(t, d, func(c *Config) { c.Policy = criteria.Legacy })
	assert.Contains(t, get(h, "/").Body.String(), "Policy legacy")

	own := declaration("crm-sync", "ours", rcapi.ReadExtension)
	own.At = time.Now().Add(-time.Second)
	h = started(t, kept(t, append(scene(), own)...))
	assert.Contains(t, get(h, "/").Body.String(), "which only its tests know")
	assert.Contains(t, get(started(t, kept(t, scene()[1:]...)), "/").Body.String(), "Nothing is declared")
	assert.Equal(t, 200, get(started(t, ledger.NewMemory()), "/").Code, "nothing at all")

	old := scene()
	old[0].At = time.Now().Add(-10 * 24 * time.Hour)
	assert.Contains(t, get(started(t, kept(t, old...)), "/").Body.String(), "crm-sync: NOT READY")
}

// failing is a store that fails for a while.
type failing struct {
	*ledger.Dir
	err atomic.Pointer[error]
}

func (f *failing) Follow(
	ctx context.Context,
	since time.Time,
) (func(context.Context) iter.Seq2[ledger.Record, error], error) {
	news, err := f.Dir.Follow(ctx, since)
	return func(ctx context.Context) iter.Seq2[ledger.Record, error] {
		if err := f.err.Load(); err != nil {
			return func(yield func(ledger.Record, error) bool) { yield(ledger.Record{}, *err) }
		}
		return news(ctx)
	}, err
}

// TestProblem: what cannot be read is said above the last state, and goes away when it can be read again.
func TestProblem(t *testing.T) {
	f := &failing{Dir: kept(t, scene()...)}
	h := started(t, f)
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := http.Get(server.URL + "/events")
	require.NoError(t, err)
	defer resp.Body.Close()
	in := bufio.NewReader(resp.Body)
	require.Empty(t, event(t, in).Progress.Problem)
	gone := fmt.Errorf("the disk is gone: %w", ledger.ErrUnavailable)
	f.err.Store(&gone)
	said := event(t, in)
	assert.Contains(t, said.Progress.Problem, "the disk is gone")
	assert.Contains(t, said.HTML, "The evidence cannot be read, so what is shown may be old")
	assert.Equal(t, 6, said.Progress.Done)
	f.err.Store(nil)
	assert.Empty(t, event(t, in).Progress.Problem)
}

func TestBadConfig(t *testing.T) {
	_, err := New(t.Context(), Config{})
	assert.ErrorContains(t, err, "dashboard: Config.Store and Config.Origin are required")
	_, err = New(t.Context(), Config{Store: ledger.NewMemory(), Origin: origin, Hosts: []string{"http://x"}})
	assert.ErrorContains(t, err, "dashboard: Config.Hosts:")
	d := kept(t)
	require.NoError(t, d.Close())
	_, err = New(t.Context(), Config{Store: d, Origin: origin})
	assert.ErrorIs(t, err, ledger.ErrClosed)
}

// TestCloseEndsStreams: Close ends open streams at once, and so a server can shut down.
func TestCloseEndsStreams(t *testing.T) {
	h := started(t, kept(t, scene()...))
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := http.Get(server.URL + "/events")
	require.NoError(t, err)
	defer resp.Body.Close()
	in := bufio.NewReader(resp.Body)
	event(t, in)
	require.NoError(t, h.Close())
	_, err = io.ReadAll(in)
	assert.NoError(t, err, "the stream ends, and is not cut")
	assert.NoError(t, h.Close(), "twice")
	assert.Equal(t, 200, get(h, "/").Code, "the last state is still there")
}

// TestTimeGoesOn: in virtual time, a stream without news stays alive and the state is shown anew once a minute.
func TestTimeGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := ledger.NewMemory()
		old := scene()
		for i := range old {
			old[i].At, old[i].Sent = old[i].At.Add(-time.Hour), old[i].Sent.Add(-time.Hour)
			if old[i].Kind == ledger.Declared {
				old[i].Sent = time.Time{}
			}
		}
		require.NoError(t, m.Append(t.Context(), old...))
		h := started(t, m, func(c *Config) { c.Every = time.Second })
		l := pipenet.Listen()
		server := &http.Server{Handler: h}
		go func() { _ = server.Serve(l) }()
		client := http.Client{Transport: &http.Transport{DialContext: l.DialContext}}
		begin := time.Now()
		resp, err := client.Get("http://dashboard/events")
		require.NoError(t, err)
		in := bufio.NewReader(resp.Body)
		first := event(t, in)
		alive := 0
		for {
			line, err := in.ReadString('\n')
			require.NoError(t, err)
			if line == ": alive\n" {
				alive++
			}
			if strings.HasPrefix(line, "data: ") {
				assert.NotContains(t, line, first.Version)
				break
			}
		}
		assert.InDelta(t, 60, time.Since(begin).Seconds(), 2)
		assert.GreaterOrEqual(t, alive, 3)
		resp.Body.Close()
		require.NoError(t, h.Close())
		require.NoError(t, server.Close())
		client.CloseIdleConnections()
	})
}
