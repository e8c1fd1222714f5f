package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// through serves a gateway that passes everything through.
func through(t *testing.T, server string, p PassThrough) (base string, w scene, g *Gateway) {
	w = newScene(t, server)
	g = NewPassThrough(w.Transport, p)
	s := httptest.NewServer(g)
	t.Cleanup(s.Close)
	return s.URL, w, g
}

// TestPassThroughHoldsNoTokenBack: what the program sees must be the platform's, also the second refusal.
func TestPassThroughHoldsNoTokenBack(t *testing.T) {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(401)
		_, _ = io.WriteString(w, `{"errorCode":"OAU-213"}`)
	}))
	defer server.Close()
	base, w, _ := through(t, server.URL, PassThrough{})
	for range 3 {
		req, _ := http.NewRequest("GET", base+"/restapi/v1.0/account/~", nil)
		req.Header.Set("Authorization", "Bearer revoked")
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		assert.Empty(t, resp.Header.Get(GatewayHeader))
		_ = resp.Body.Close()
	}
	assert.Equal(t, 3, calls)
	require.Len(t, w.store.all(), 3)
	assert.Equal(t, "OAU-213", w.store.all()[0].Code)
}

// TestPassThroughChangesNothing compares what arrives with what was sent.
func TestPassThroughChangesNothing(t *testing.T) {
	sent := http.Header{
		"X-Forwarded-For": {"192.0.2.1"}, "Forwarded": {"for=192.0.2.1"}, "X-Own": {"a", "b"}, "Accept-Encoding": {"br"},
		"User-Agent": {""}, "Idempotency-Key": {"k"},
	}
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.Header()["X-Own"] = []string{"c", "d"}
		w.WriteHeader(204)
	}))
	defer server.Close()
	base, _, _ := through(t, server.URL, PassThrough{Via: "1.1 me"})
	req, _ := http.NewRequest("DELETE", base+"/restapi/v1.0/a%2Fb//c;d?q=1;2&q=%zz", nil)
	req.Header = sent.Clone()
	req.Header.Set("Connection", "X-Hop")
	req.Header.Set("X-Hop", "1")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	_ = resp.Body.Close()
	assert.Equal(t, 204, resp.StatusCode)
	assert.Equal(t, []string{"c", "d"}, resp.Header["X-Own"])
	assert.Equal(t, "/restapi/v1.0/a%2Fb//c;d?q=1;2&q=%zz", got.RequestURI)
	assert.Equal(t, strings.TrimPrefix(server.URL, "http://"), got.Host)
	want := sent.Clone()
	want.Set("Via", "1.1 me")
	want.Del("User-Agent")
	assert.Equal(t, want, got.Header)
}

// TestPassThroughUnrecorded: a call whose record cannot be stored is answered like any other.
func TestPassThroughUnrecorded(t *testing.T) {
	for name, body := range map[string]string{"known length": `{}`, "streamed": ""} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if body == "" {
				_ = http.NewResponseController(w).Flush()
			}
			_, _ = io.WriteString(w, `{}`)
		}))
		defer server.Close()
		var lost []ledger.Record
		full := errors.New("no space left")
		base, w, _ := through(t, server.URL, PassThrough{Unrecorded: func(r ledger.Record, err error) {
			assert.ErrorIs(t, err, full)
			lost = append(lost, r)
		}})
		w.store.before = func() error { return full }
		resp, err := http.Get(base + "/restapi/v1.0/account/~")
		require.NoError(t, err)
		got, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		require.NoError(t, err)
		assert.Equal(t, 200, resp.StatusCode)
		assert.Equal(t, `{}`, string(got))
		require.Len(t, lost, 1, name)
		assert.Equal(t, "readAccountInfo", lost[0].Op)
	}
}

// TestPassThroughGone: an answer that the program gives up is recorded as that.
func TestPassThroughGone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"a":`)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	base, w, _ := through(t, server.URL, PassThrough{})
	resp, err := http.Get(base + "/restapi/v1.0/account/~")
	require.NoError(t, err)
	_, _ = resp.Body.Read(make([]byte, 1))
	_ = resp.Body.Close()
	require.Eventually(t, func() bool { return len(w.store.all()) == 1 }, 10*time.Second, time.Millisecond)
	r := w.store.all()[0]
	assert.Equal(t, []any{200, CodeCut, true}, []any{r.Status, r.Code, r.Partial})
}

// TestPassThroughOrigin: another server of the platform is recorded with the first.
func TestPassThroughOrigin(t *testing.T) {
	media := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host) }))
	defer media.Close()
	origin, _ := url.Parse(media.URL)
	var failed []error
	var mu sync.Mutex
	_, w, g := through(t, "http://127.0.0.1:1", PassThrough{KeepHost: true, Failed: func(_ *http.Request, err error) {
		mu.Lock()
		defer mu.Unlock()
		failed = append(failed, err)
	}})
	req := httptest.NewRequest("GET", "http://media.ringcentral.com/restapi/v1.0/account/1/recording/2/content", nil)
	answer := httptest.NewRecorder()
	g.Origin(origin).ServeHTTP(answer, req)
	assert.Equal(t, "media.ringcentral.com", answer.Body.String())
	assert.Equal(t, "readCallRecordingContent", w.only(t).Op)

	answer = httptest.NewRecorder()
	g.ServeHTTP(answer, httptest.NewRequest("GET", "/restapi/v1.0/account/~", nil))
	assert.Equal(t, 502, answer.Code)
	assert.Equal(t, "GatewayUnreachable", answer.Header().Get(GatewayHeader))
	require.Len(t, failed, 1)

	answer = httptest.NewRecorder()
	g.ServeHTTP(answer, httptest.NewRequest("CONNECT", "platform.ringcentral.com:443", bytes.NewReader(nil)))
	assert.Equal(t, 400, answer.Code, "it is no proxy itself")
}

// TestPassThroughPages: of web pages only the login in a browser passes.
func TestPassThroughPages(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	base, _, _ := through(t, server.URL, PassThrough{})
	for name, tc := range map[string]struct {
		method, path, origin, site, mode string
		want                             int
	}{
		"program":           {"GET", "/restapi/v1.0/account/~", "", "", "", 200},
		"page":              {"GET", "/restapi/v1.0/account/~", "https://evil.example", "cross-site", "cors", 403},
		"null":              {"POST", "/restapi/oauth/token", "null", "", "", 403},
		"login":             {"GET", "/restapi/oauth/authorize?client_id=x", "", "cross-site", "navigate", 200},
		"form of the login": {"POST", "/restapi/oauth/authorize", base, "same-origin", "navigate", 200},
		"form of a page":    {"POST", "/restapi/oauth/authorize", "https://evil.example", "cross-site", "navigate", 403},
		"navigation":        {"GET", "/restapi/v1.0/account/~", "", "cross-site", "navigate", 403},
		"picture":           {"GET", "/restapi/oauth/authorize", "", "cross-site", "no-cors", 403},
		"false origin":      {"GET", "/restapi/v1.0/account/~", base, "cross-site", "cors", 403},
	} {
		req, _ := http.NewRequest(tc.method, base+tc.path, nil)
		fields := map[string]string{"Origin": tc.origin, "Sec-Fetch-Site": tc.site, "Sec-Fetch-Mode": tc.mode}
		for field, value := range fields {
			if value != "" {
				req.Header.Set(field, value)
			}
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		_ = resp.Body.Close()
		assert.Equal(t, tc.want, resp.StatusCode, name)
	}
}
