package recorder

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// h2c returns a client that speaks HTTP/2 without TLS.
func h2c(t testing.TB) *http.Client {
	tr := &http.Transport{Protocols: new(http.Protocols)}
	tr.Protocols.SetUnencryptedHTTP2(true)
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

func TestProtocols(t *testing.T) {
	var remotes sync.Map
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		remotes.Store(r.RemoteAddr, true)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"proto":%q,"accept":%q,"via":%q,"forwarded":%q,"agent":%q}`, r.Proto,
			r.Header.Get("Accept-Encoding"), r.Header.Get("Via"), r.Header.Get("X-Forwarded-For"), r.Header.Get("User-Agent"))
	})
	r, memory := startedAt(t, server)
	for range 5 {
		once := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true}}
		status, body := get(t, once, r.URL()+account)
		assert.Equal(t, 200, status)
		assert.Contains(t, body, `"proto":"HTTP/1.1","accept":"","via":"1.1 gradtest-`)
		assert.Contains(t, body, `"forwarded":"","agent":"Go-http-client/1.1"`)
	}
	kept := 0
	remotes.Range(func(any, any) bool { kept++; return true })
	assert.Equal(t, 1, kept, "connections to the platform are kept alive")

	resp, err := h2c(t).Get(r.URL() + account)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, 2, resp.ProtoMajor)
	assert.Len(t, records(t, memory), 6)
}

// TestUpgradeToH2C: curl --http2 and Java's client ask for HTTP/2 on the first request; HTTP/1.1 is the answer.
func TestUpgradeToH2C(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Empty(t, r.Header.Get("Upgrade"))
		assert.Empty(t, r.Header.Get("Http2-Settings"))
	})
	r, _ := startedAt(t, server)
	req, _ := http.NewRequest("GET", r.URL()+account, nil)
	req.Header.Set("Connection", "Upgrade, HTTP2-Settings")
	req.Header.Set("Upgrade", "h2c")
	req.Header.Set("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, 200, resp.StatusCode)
}

// TestStreams sends and reads in turns: each part must arrive before the next is sent.
func TestStreams(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Trailer", "X-Sum")
		in := bufio.NewReader(r.Body)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				break
			}
			_, _ = io.WriteString(w, line)
			_ = http.NewResponseController(w).Flush()
		}
		w.Header().Set("X-Sum", r.Trailer.Get("X-Sum"))
	})
	for name, client := range map[string]*http.Client{"h2c": h2c(t), "1.1": http.DefaultClient} {
		t.Run(name, func(t *testing.T) {
			r, memory := startedAt(t, server)
			body, feed := io.Pipe()
			req, _ := http.NewRequest("POST", r.URL()+account+"/extension/~/sms", body)
			req.Trailer = http.Header{"X-Sum": nil}
			answered := make(chan *http.Response, 1)
			go func() {
				resp, err := client.Do(req)
				assert.NoError(t, err)
				answered <- resp
			}()
			_, _ = io.WriteString(feed, "[1,\n")
			resp := <-answered
			require.NotNil(t, resp)
			defer resp.Body.Close()
			out := bufio.NewReader(resp.Body)
			line, err := out.ReadString('\n')
			require.NoError(t, err)
			assert.Equal(t, "[1,\n", line)
			assert.Empty(t, records(t, memory), "the answer has not ended")
			_, _ = io.WriteString(feed, "2]\n")
			line, _ = out.ReadString('\n')
			assert.Equal(t, "2]\n", line)
			req.Trailer.Set("X-Sum", "two")
			_ = feed.Close()
			_, err = out.ReadString('\n')
			assert.ErrorIs(t, err, io.EOF)
			defer client.CloseIdleConnections()
			assert.Equal(t, "two", resp.Trailer.Get("X-Sum"))
			all := records(t, memory)
			require.Len(t, all, 1, "its record is kept before the program sees the end")
			assert.True(t, all[0].Succeeded(), all[0].Code)
		})
	}
}

// TestStreamedEvidence: what a streamed answer says is judged like any other.
func TestStreamedEvidence(t *testing.T) {
	long := `["` + strings.Repeat("x", 2<<20) + `"]`
	for name, tc := range map[string]struct {
		body, code string
		cut        bool
	}{
		"whole":    {body: `{}`},
		"long":     {body: long},
		"not JSON": {body: `{`, code: "not-json"},
		"page":     {body: "<!doctype html><html>", code: "not-json"},
		"cut off":  {body: `{"a":`, cut: true, code: "cut-off"},
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = http.NewResponseController(w).Flush() // chunked
			_, _ = io.WriteString(w, tc.body)
			if tc.cut {
				_ = http.NewResponseController(w).Flush()
				panic(http.ErrAbortHandler)
			}
		})
		r, memory := startedAt(t, server)
		resp, err := http.Get(r.URL() + account)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		assert.Equal(t, tc.cut, err != nil, "%s: the program sees that the answer broke off", name)
		assert.Equal(t, tc.body, string(body))
		all := records(t, memory)
		require.Len(t, all, 1, name)
		assert.Equal(t, tc.code, all[0].Code, name)
		assert.Equal(t, tc.code == "", all[0].Succeeded(), name)
	}
}

func TestCompressed(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(z, `{"a":1}`)
	_ = z.Close()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got, _ := io.ReadAll(r.Body)
		assert.Equal(t, zipped.Bytes(), got)
		assert.Equal(t, "gzip", r.Header.Get("Content-Encoding"))
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(zipped.Bytes())
	})
	r, memory := startedAt(t, server)
	req, _ := http.NewRequest("PUT", r.URL()+account+"/extension/~", bytes.NewReader(zipped.Bytes()))
	req.Header.Set("Content-Encoding", "gzip")
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	assert.Equal(t, zipped.Bytes(), body, "not a byte is changed")
	assert.True(t, records(t, memory)[0].Succeeded())
}

func TestWebSocket(t *testing.T) {
	r, memory := startedAt(t, serve(t, echoWebSocket))
	for _, origin := range []string{"", r.URL()} { // Python's client sends one
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://"))
		require.NoError(t, err)
		converse(t, conn, "127.0.0.1", origin)
	}
	all := records(t, memory)
	require.Len(t, all, 2)
	assert.Equal(t, 101, all[0].Status)
	assert.False(t, all[0].Succeeded())
	assert.Equal(t, map[string]int{"101": 2}, r.Summary().Unknown[0].Statuses)

	conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://"))
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprint(conn, upgrade("127.0.0.1", "https://evil.example"))
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	assert.Equal(t, 403, resp.StatusCode, "a web page")
	_ = resp.Body.Close()
}

// echoWebSocket answers an upgrade and sends back what arrives.
func echoWebSocket(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "websocket" || r.Header.Get("Connection") != "Upgrade" {
		http.Error(w, "no upgrade", 400)
		return
	}
	conn, in, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Accept: "+r.Header.Get("Sec-WebSocket-Key")+"\r\n\r\n")
	_, _ = io.Copy(conn, in)
}

func upgrade(host, origin string) string {
	s := "GET /ws?access_token=hush HTTP/1.1\r\nHost: " + host +
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n"
	if name, ok := strings.CutPrefix(origin, "http://"); ok {
		s = strings.Replace(s, "Host: "+host, "Host: "+name, 1)
	}
	if origin != "" {
		s = strings.Replace(s, "Connection:", "Origin: "+origin+"\r\nConnection:", 1)
	}
	return s + "\r\n"
}

// converse upgrades a connection and exchanges messages in turns.
func converse(t *testing.T, conn net.Conn, host, origin string) {
	t.Helper()
	defer conn.Close()
	_, err := io.WriteString(conn, upgrade(host, origin))
	require.NoError(t, err)
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	require.NoError(t, err)
	require.Equal(t, 101, resp.StatusCode)
	assert.Equal(t, "k", resp.Header.Get("Sec-WebSocket-Accept"))
	for _, message := range []string{"\x81\x02hi", "\x00\xff\n", strings.Repeat("long", 50_000)} {
		go func() { _, _ = io.WriteString(conn, message) }()
		got := make([]byte, len(message))
		_, err = io.ReadFull(in, got)
		require.NoError(t, err)
		assert.Equal(t, message, string(got))
	}
}
