package wire

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGatewayIsNoDoor(t *testing.T) {
	var reached atomic.Int32
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { reached.Add(1) }))
	defer upstream.Close()
	w := newScene(t, upstream.URL)
	g := started(t, w)
	require.Error(t, g.Allow("http://gateway"))
	require.NoError(t, g.Allow("gateway"))
	for _, tt := range []struct {
		host, header, value string
		status              int
		code                string
	}{
		{"", "", "", 200, ""},
		{"localhost", "", "", 200, ""},
		{"gateway:80", "", "", 200, ""},
		{"evil.example", "", "", 421, "GatewayHost"},
		{"127.0.0.1.evil.example", "", "", 421, "GatewayHost"},
		{"", "Origin", "https://evil.example", 403, "GatewayOrigin"},
		{"", "Origin", "null", 403, "GatewayOrigin"},
		{"", "Sec-Fetch-Site", "cross-site", 403, "GatewayOrigin"},
		{"", "Sec-Fetch-Site", "none", 200, ""},
	} {
		req, err := http.NewRequest("GET", g.URL()+"/restapi/v1.0/account/~", nil)
		require.NoError(t, err)
		req.Host = tt.host
		if tt.header != "" {
			req.Header.Set(tt.header, tt.value)
		}
		reached.Store(0)
		before := len(w.store.all())
		resp, err := http.DefaultTransport.RoundTrip(req)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, tt.status, resp.StatusCode, "%+v", tt)
		assert.Equal(t, tt.code, resp.Header.Get(GatewayHeader), "%+v", tt)
		if tt.code != "" {
			assert.Zero(t, reached.Load(), "%+v: nothing is sent", tt)
			assert.Len(t, w.store.all(), before)
		}
	}
}

// zeros is a body of so many bytes.
func zeros(n int64) io.Reader { return io.LimitReader(endless{}, n) }

func TestGatewayBodiesAreBounded(t *testing.T) {
	const most = 2 << 20
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "audio/mpeg")
		n := int64(most)
		if strings.HasSuffix(r.URL.Path, "/more") {
			n = 2 * most
		}
		_, _ = io.Copy(w, zeros(n))
	}))
	defer upstream.Close()
	w := newScene(t, upstream.URL)
	g := started(t, w)
	g.most = most
	get := func(path string) *http.Response {
		resp, err := http.Get(g.URL() + path)
		require.NoError(t, err)
		defer resp.Body.Close()
		n, err := io.Copy(io.Discard, resp.Body)
		require.NoError(t, err, "the response is complete")
		if resp.StatusCode == 200 {
			assert.EqualValues(t, most, n)
		}
		return resp
	}
	assert.Equal(t, 200, get("/restapi/v1.0/account/~/recording/1/content").StatusCode)
	long := get("/restapi/v1.0/account/~/recording/1/more")
	assert.Equal(t, 502, long.StatusCode)
	assert.Equal(t, "GatewayAnswerTooLarge", long.Header.Get(GatewayHeader))
	all := w.store.all()
	require.Len(t, all, 2)
	assert.True(t, all[0].Succeeded())
	assert.Equal(t, CodeCut, all[1].Code, "what the client did not get is no success")

	resp, err := http.Post(g.URL()+"/restapi/v1.0/account/~/extension/~/fax", "application/pdf", zeros(most+1))
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 413, resp.StatusCode)
	assert.Len(t, w.store.all(), 2, "nothing is sent")
}

// TestGatewayAnswersWhateverTheServerSends: always with one complete response, in bounded time.
func TestGatewayAnswersWhateverTheServerSends(t *testing.T) {
	for answer, want := range map[string]int{
		"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n":                   502,
		"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}":                             502,
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{":                                      502, // and no end
		"HTTP/1.1 000 Nothing\r\n\r\n":                                                                    502,
		"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 9e9\r\n\r\n{": 502,
		"":  504,
		"x": 504,
	} {
		rawScene(t, func(c net.Conn) {
			_, _ = io.WriteString(c, answer)
			_, _ = io.Copy(io.Discard, c)
		}, func(t *testing.T, w scene) {
			start := time.Now()
			response := httptest.NewRecorder()
			NewGateway(w.Transport).ServeHTTP(response, httptest.NewRequest("GET", "/restapi/v1.0/account/~", nil))
			assert.Equal(t, want, response.Code, "%q", answer)
			assert.NotEmpty(t, response.Header().Get(GatewayHeader), "%q", answer)
			assert.LessOrEqual(t, time.Since(start), 2*DefaultTimeout, "%q", answer)
			assert.Len(t, w.gate.settled, 1, "%q", answer)
		})
	}
}
