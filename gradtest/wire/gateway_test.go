package wire

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// started returns a gateway on a loopback port.
func started(t testing.TB, w scene) *Gateway {
	g := NewGateway(w.Transport)
	require.NoError(t, g.Start())
	t.Cleanup(func() { assert.NoError(t, g.Close()) })
	return g
}

func TestGatewayForwardsWhatItGets(t *testing.T) {
	type seen struct {
		method, uri, host, body string
		header                  http.Header
	}
	var got seen
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = seen{r.Method, r.RequestURI, r.Host, string(body), r.Header}
		w.Header().Set("X-Rate-Limit-Group", "light")
		w.Header()["X-Two"] = []string{"a", "b"}
		w.Header().Set("Keep-Alive", "timeout=5")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"uri":"https://platform.ringcentral.com/restapi/v1.0/account/1"}`)
	}))
	defer upstream.Close()
	w := newScene(t, upstream.URL, func(c *Config) { c.Token = static("must not be used") })
	g := started(t, w)
	base, done := g.View(func(t *Transport) *Transport { return t })
	defer done()

	for _, prefix := range []string{g.URL(), base} {
		req, err := http.NewRequest("POST", prefix+"/restapi/v1.0/account/~/extension/a%2Fb//x/?q=%20a+b&q=&flag", strings.NewReader("{token: \"x\"}"))
		require.NoError(t, err)
		req.Header.Set("Authorization", "bearer own")
		req.Header.Set("Connection", "X-Hop, keep-alive")
		req.Header.Set("X-Hop", "1")
		req.Header.Set("X-User-Agent", "app/1")
		resp, err := http.DefaultTransport.RoundTrip(req)
		require.NoError(t, err)
		body, _ := io.ReadAll(resp.Body)
		require.NoError(t, resp.Body.Close())

		assert.Equal(t, "POST", got.method)
		assert.Equal(t, "/restapi/v1.0/account/~/extension/a%2Fb//x/?q=%20a+b&q=&flag", got.uri)
		assert.Equal(t, upstream.Listener.Addr().String(), got.host)
		assert.Equal(t, "{token: \"x\"}", got.body, "nothing is repaired")
		assert.Equal(t, "bearer own", got.header.Get("Authorization"))
		assert.Equal(t, "app/1", got.header.Get("X-User-Agent"))
		assert.NotContains(t, got.header, "X-Hop")
		assert.NotContains(t, got.header, "X-Forwarded-For")
		assert.Equal(t, 201, resp.StatusCode)
		assert.Equal(t, []string{"a", "b"}, resp.Header["X-Two"])
		assert.Equal(t, "light", resp.Header.Get("X-Rate-Limit-Group"))
		assert.Empty(t, resp.Header.Get("Keep-Alive"))
		assert.Empty(t, resp.Header.Get(GatewayHeader))
		assert.Contains(t, string(body), "platform.ringcentral.com", "absolute URLs are left alone")
	}
	assert.Len(t, w.store.all(), 2)
}

func TestGatewayAttributesCalls(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer upstream.Close()
	w := newScene(t, upstream.URL)
	g := started(t, w)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			var got []string
			var mu sync.Mutex
			base, done := g.View(func(t *Transport) *Transport {
				return t.WithWatch(func(r ledger.Record) { mu.Lock(); got = append(got, r.Op); mu.Unlock() })
			})
			for range i {
				resp, err := http.Get(base + "/restapi/v1.0/account/~")
				if assert.NoError(t, err) {
					assert.NoError(t, resp.Body.Close())
				}
			}
			assert.Len(t, got, i)
			done()
			resp, err := http.Get(base + "/restapi/v1.0/account/~")
			if assert.NoError(t, err) {
				assert.NoError(t, resp.Body.Close())
			}
			assert.Len(t, got, i, "after done no view gets it")
		})
	}
	wg.Wait()
	records := w.store.all()
	assert.Len(t, records, 45+10)
	for _, r := range records {
		assert.Equal(t, "readAccountInfo", r.Op)
	}
}

func TestGatewayAlwaysAnswers(t *testing.T) {
	until := time.Now().Add(20 * time.Minute)
	for _, tt := range []struct {
		name   string
		change func(*Config, *memory, *gate)
		status int
		code   string
		after  bool
	}{
		{"refused", func(c *Config, _ *memory, _ *gate) { c.Base = &http.Transport{DialContext: dialError(&net.DNSError{})} }, 502, "GatewayUnreachable", false},
		{"broken", func(c *Config, _ *memory, _ *gate) { c.Base = failingBase(io.EOF) }, 502, "GatewayNoAnswer", false},
		{"time-out", func(c *Config, _ *memory, _ *gate) {
			c.Timeout = time.Nanosecond
			c.Base = baseFunc(func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() })
		}, 504, "GatewayTimeout", false},
		{"limits", func(_ *Config, _ *memory, g *gate) {
			g.refuse = &window.WaitError{Group: "heavy", Until: until, Reason: window.Penalty}
		}, 429, "GatewayRateLimit", true},
		{"store", func(c *Config, m *memory, _ *gate) {
			c.Base = baseFunc(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Header: http.Header{}}, nil
			})
			m.before = func() error { return errors.New("disk full") }
		}, 502, "GatewayEvidence", false},
		{"panic", func(c *Config, _ *memory, _ *gate) {
			c.Base = baseFunc(func(*http.Request) (*http.Response, error) { panic("S3CRET") })
		}, 502, "GatewayFault", false},
		{"body breaks off", func(c *Config, _ *memory, _ *gate) {
			c.Base = baseFunc(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(failing{io.ErrUnexpectedEOF})}, nil
			})
		}, 502, "GatewayAnswerBody", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store, g := new(memory), new(gate)
			w := newScene(t, "http://rc.test", func(c *Config) {
				c.Store, c.Gate = store, g
				tt.change(c, store, g)
			})
			resp, err := http.Get(started(t, w).URL() + "/restapi/v1.0/account/~?q=S3CRET")
			require.NoError(t, err, "a transport error ends ringcentral-go's process")
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.status, resp.StatusCode)
			assert.Equal(t, tt.code, resp.Header.Get(GatewayHeader))
			var e struct {
				ErrorCode, Message string
				Errors             []struct{ ErrorCode, Message string }
			}
			require.NoError(t, json.Unmarshal(body, &e))
			assert.Equal(t, tt.code, e.ErrorCode)
			require.Len(t, e.Errors, 1)
			assert.Equal(t, e.Message, e.Errors[0].Message)
			assert.NotEmpty(t, e.Message)
			assert.NotContains(t, string(body), "S3CRET")
			if tt.after {
				var seconds int
				_, err := fmt.Sscan(resp.Header.Get("Retry-After"), &seconds)
				require.NoError(t, err)
				assert.InDelta(t, 1200, seconds, 60)
			}
		})
	}
}

func failingBase(err error) http.RoundTripper {
	return baseFunc(func(*http.Request) (*http.Response, error) { return nil, err })
}

// TestGatewayWaitsForTheWindow lets a client without a time-out wait for its slot, and finds its record before its
// answer.
func TestGatewayWaitsForTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(memory)
		w := newScene(t, "http://rc.test", func(c *Config) {
			c.Store = store
			c.Gate = window.NewMemory(map[string]window.Limit{"light": {Calls: 1, Per: time.Minute}})
			c.Base = inMemory(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		})
		l := pipenet.Listen()
		server := &http.Server{Handler: NewGateway(w.Transport)}
		go func() { _ = server.Serve(l) }()
		defer server.Close()
		client := &http.Transport{DialContext: l.DialContext}
		defer client.CloseIdleConnections()
		start := time.Now()
		for i := range 3 {
			resp, err := (&http.Client{Transport: client}).Get("http://gw.test/restapi/v1.0/account/~")
			require.NoError(t, err)
			assert.Equal(t, 200, resp.StatusCode)
			assert.Len(t, store.all(), i+1)
			require.NoError(t, resp.Body.Close())
		}
		assert.GreaterOrEqual(t, time.Since(start), 2*time.Minute)
	})
}

// TestGatewayServesTheClientOfRingcentralGo makes requests like that SDK: a new client for each call, URL and endpoint
// concatenated, gzip requested by the transport, a revoke whose body is not JSON.
func TestGatewayServesTheClientOfRingcentralGo(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/restapi/oauth/token":
			_, _ = io.WriteString(w, `{"access_token":"A","expires_in":600,"token_type":"bearer"}`)
		case r.Header.Get("Accept-Encoding") == "gzip":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.WriteString(z, `{"id":1}`)
			_ = z.Close()
		}
	}))
	defer upstream.Close()
	w := newScene(t, upstream.URL)
	server := started(t, w).URL()
	call := func(method, endpoint, contentType, auth string, body io.Reader) string {
		req, err := http.NewRequest(method, server+endpoint, body)
		require.NoError(t, err)
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Authorization", auth)
		resp, err := (&http.Client{}).Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		got, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return string(got)
	}
	form := url.Values{"grant_type": {"x"}, "access_token_ttl": {"0"}}.Encode()
	assert.Contains(t, call("POST", "/restapi/oauth/token", "application/x-www-form-urlencoded", "Basic x", strings.NewReader(form)), `"access_token":"A"`)
	assert.Equal(t, `{"id":1}`, call("GET", "/restapi/v1.0/account/~", "application/json", "Bearer A", nil))
	call("POST", "/restapi/oauth/revoke", "application/json", "Basic x", strings.NewReader(`{token: "A"}`))
	var ops []string
	for _, r := range w.store.all() {
		ops = append(ops, r.Op)
	}
	assert.Equal(t, []string{"getToken", "readAccountInfo", "revokeToken"}, ops)
}

func TestGatewayPassesMultipartAndRedirects(t *testing.T) {
	var got []byte
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "GET" {
			http.Redirect(w, r, "https://elsewhere.example/x", http.StatusFound)
			return
		}
		file, _, err := r.FormFile("attachment")
		if assert.NoError(t, err) {
			got, _ = io.ReadAll(file)
		}
	}))
	defer upstream.Close()
	w := newScene(t, upstream.URL)
	server := started(t, w).URL()
	content := bytes.Repeat([]byte{0, 1, 2, 255}, 100_000)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, _ := m.CreateFormFile("attachment", "a.pdf")
	_, _ = part.Write(content)
	_ = m.Close()
	resp, err := http.Post(server+"/restapi/v1.0/account/~/extension/~/fax", m.FormDataContentType(), &body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, content, got)

	req, _ := http.NewRequest("GET", server+"/restapi/v1.0/account/~", nil)
	resp, err = http.DefaultTransport.RoundTrip(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, 302, resp.StatusCode)
	assert.Equal(t, "https://elsewhere.example/x", resp.Header.Get("Location"))
	assert.Len(t, w.store.all(), 2)
}

func TestGatewayAddsNoUserAgent(t *testing.T) {
	var got http.Header
	upstream := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header }))
	defer upstream.Close()
	c, err := net.Dial("tcp", strings.TrimPrefix(started(t, newScene(t, upstream.URL)).URL(), "http://"))
	require.NoError(t, err)
	defer c.Close()
	_, _ = io.WriteString(c, "GET /restapi/v1.0/account/~ HTTP/1.1\r\nHost: localhost\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	require.NoError(t, err)
	assert.Equal(t, 200, resp.StatusCode)
	assert.NotContains(t, got, "User-Agent")
}

func TestGatewayIsNoForwardProxy(t *testing.T) {
	w := newScene(t, "http://rc.test")
	g := started(t, w)
	for _, head := range []string{"GET http://other.example/x HTTP/1.1\r\nHost: other.example\r\n\r\n", "CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(g.URL(), "http://"))
		require.NoError(t, err)
		_, _ = io.WriteString(c, head)
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		require.NoError(t, err)
		assert.Equal(t, 400, resp.StatusCode)
		_ = c.Close()
	}
	assert.Empty(t, w.store.all())
}

func TestGatewayHEADAndNoContent(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "DELETE" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Length", "1234")
	}))
	defer upstream.Close()
	server := started(t, newScene(t, upstream.URL)).URL()
	resp, err := http.Head(server + "/restapi/v1.0/account/~")
	require.NoError(t, err)
	assert.EqualValues(t, 1234, resp.ContentLength)
	req, _ := http.NewRequest("DELETE", server+"/restapi/v1.0/subscription/1", nil)
	resp, err = http.DefaultClient.Do(req)
	require.NoError(t, err)
	assert.Equal(t, 204, resp.StatusCode)
	assert.Empty(t, resp.Header.Get("Content-Length"))
}

func TestGatewayStartsOnce(t *testing.T) {
	g := NewGateway(newScene(t, "http://rc.test").Transport)
	assert.NoError(t, g.Close(), "closing what never started")
	require.NoError(t, g.Start())
	assert.Error(t, g.Start())
	require.NoError(t, g.Close())
	_, err := http.Get(g.URL())
	assert.Error(t, err)
}

func TestViewOfAPath(t *testing.T) {
	g := NewGateway(newScene(t, "http://rc.test").Transport)
	_, done := g.View(func(t *Transport) *Transport { return t })
	defer done()
	for in, want := range map[string]string{
		"/-/1/restapi/v1.0": "/restapi/v1.0", "/-/1": "/", "/-/99/x": "/x", "/-/x/y": "/-/x/y", "/restapi": "/restapi", "/-/1//a%2Fb": "//a%2Fb",
	} {
		_, got := g.view(in)
		assert.Equal(t, want, got, in)
	}
}
