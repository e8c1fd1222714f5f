package wire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryAttemptOnTheWireHasARecord drives a server that counts a call and then drops one connection in twenty. The
// control group shows that net/http alone sends more requests than the program made.
func TestEveryAttemptOnTheWireHasARecord(t *testing.T) {
	const workers, each = 8, 250
	serve := func(t *testing.T) (*httptest.Server, *atomic.Int64) {
		var arrived atomic.Int64
		var mu sync.Mutex
		chance := rand.New(rand.NewPCG(1, 2))
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			arrived.Add(1)
			mu.Lock()
			drop := chance.Float64() < 0.05
			mu.Unlock()
			if !drop {
				return
			}
			conn, _, err := http.NewResponseController(w).Hijack()
			if assert.NoError(t, err) {
				_ = conn.Close()
			}
		}))
		t.Cleanup(server.Close)
		return server, &arrived
	}
	drive := func(rt http.RoundTripper, url string) (failed int64) {
		var wg sync.WaitGroup
		var n atomic.Int64
		for range workers {
			wg.Go(func() {
				c := &http.Client{Transport: rt}
				for range each {
					resp, err := c.Get(url + "/restapi/v1.0/account/~")
					if err != nil {
						n.Add(1)
						continue
					}
					_ = resp.Body.Close()
				}
			})
		}
		wg.Wait()
		return n.Load()
	}
	server, arrived := serve(t)
	bare := &http.Transport{MaxIdleConnsPerHost: workers}
	drive(bare, server.URL)
	bare.CloseIdleConnections()
	require.Greater(t, arrived.Load(), int64(workers*each), "the control group must show hidden re-sends")

	server, arrived = serve(t)
	w := newScene(t, server.URL)
	failed := drive(w, server.URL)
	var sent, answered int64
	for _, r := range w.store.all() {
		if !r.Sent.IsZero() {
			sent++
		}
		if r.Status == 200 {
			answered++
		} else {
			assert.Contains(t, []string{ClassEOF, ClassReset}, r.Code)
		}
	}
	assert.Equal(t, arrived.Load(), sent, "one record for each arrival")
	assert.Greater(t, sent, int64(workers*each), "re-sends happened and were recorded")
	assert.Equal(t, int64(workers*each), answered+failed)
	assert.Len(t, w.gate.admitted, int(sent), "one slot for each")
	assert.Len(t, w.gate.settled, int(sent))
	assert.Less(t, failed, int64(workers*each/20), "most are re-sent successfully")
}

// TestResends uses a server that answers the first request of each connection and drops the second: with one worker, a
// re-send uses a new connection.
func TestResends(t *testing.T) {
	for _, tt := range []struct {
		name, method string
		header       string
		body         func() io.Reader
		resent       bool
	}{
		{"GET", "GET", "", nil, true},
		{"HEAD", "HEAD", "", nil, true},
		{"GET with a body that can be rewound", "GET", "", func() io.Reader { return strings.NewReader("x") }, true},
		{"GET with a body that cannot", "GET", "", func() io.Reader { return io.MultiReader(strings.NewReader("x")) }, false},
		{"POST", "POST", "", func() io.Reader { return strings.NewReader("x") }, false},
		{"POST without a body", "POST", "", nil, false},
		{"DELETE", "DELETE", "", nil, false},
		{"POST with a key", "POST", "Idempotency-Key", func() io.Reader { return strings.NewReader("x") }, true},
		{"DELETE with a key", "DELETE", "X-Idempotency-Key", nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seen := make(map[net.Conn]int)
			var mu sync.Mutex
			var arrived atomic.Int64
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				arrived.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				conn := r.Context().Value(connKey{}).(net.Conn)
				mu.Lock()
				seen[conn]++
				second := seen[conn] == 2
				mu.Unlock()
				if second {
					c, _, _ := http.NewResponseController(w).Hijack()
					_ = c.Close()
				}
			}))
			server.Config.ConnContext = connContext
			server.Start()
			defer server.Close()
			w := newScene(t, server.URL)
			do := func() error {
				var body io.Reader
				if tt.body != nil {
					body = tt.body()
				}
				req, err := http.NewRequest(tt.method, server.URL+"/restapi/v1.0/account/~/extension/~", body)
				require.NoError(t, err)
				if tt.header != "" {
					req.Header.Set(tt.header, "k")
				}
				resp, err := w.RoundTrip(req)
				if err != nil {
					return err
				}
				return resp.Body.Close()
			}
			require.NoError(t, do())
			err := do()
			records := w.store.all()
			if !tt.resent {
				assert.True(t, is[*NoAnswerError](err), "%v", err)
				assert.Len(t, records, 2)
			} else {
				assert.NoError(t, err)
				require.Len(t, records, 3)
				assert.Equal(t, []int{200, 0, 200}, []int{records[0].Status, records[1].Status, records[2].Status})
			}
			assert.Equal(t, arrived.Load(), int64(len(records)), "records and arrivals")
		})
	}
}

func TestResendsAreBounded(t *testing.T) {
	// Every connection answers once and is closed at the next request. With many idle ones, one request may hit
	// several.
	const many = 20
	var opened sync.WaitGroup // holds the first answers back until all connections are there
	opened.Add(many)
	server := raw(t, func(conn, request int) []byte {
		if request > 0 {
			return nil
		}
		if conn < many {
			opened.Done()
			opened.Wait()
		}
		return []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	})
	w := newScene(t, server)
	var wg sync.WaitGroup
	for range many {
		wg.Go(func() {
			resp, err := w.client().Get(server + "/restapi/v1.0/account/~")
			if assert.NoError(t, err) {
				assert.NoError(t, resp.Body.Close())
			}
		})
	}
	wg.Wait()
	before := len(w.store.all())
	resp, err := w.client().Get(server + "/restapi/v1.0/account/~")
	require.NoError(t, err, "the last re-send goes out on a new connection")
	require.NoError(t, resp.Body.Close())
	assert.LessOrEqual(t, len(w.store.all())-before, 1+resends)
}

// TestBytesOnTheWire compares the bytes sent with those that net/http alone sends.
func TestBytesOnTheWire(t *testing.T) {
	capture := func(t *testing.T, rt http.RoundTripper, req *http.Request) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		got := make(chan string, 1)
		go func() {
			c, err := l.Accept()
			if err != nil {
				return
			}
			defer c.Close()
			var all bytes.Buffer
			if r, err := http.ReadRequest(bufio.NewReader(io.TeeReader(c, &all))); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
			}
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			_, _ = io.Copy(&all, c) // the client closes after the answer
			got <- all.String()
		}()
		addr := l.Addr().String()
		req.Host = "rc.test"
		switch rt := rt.(type) {
		case *http.Transport:
			req.URL.Host = addr
			resp, err := rt.RoundTrip(req)
			require.NoError(t, err)
			_ = resp.Body.Close()
			rt.CloseIdleConnections()
		default:
			req.URL.Host = addr
			w := newScene(t, "http://"+addr)
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			_ = resp.Body.Close()
			w.CloseIdleConnections()
		}
		return <-got
	}
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"} {
		for _, body := range []string{"none", "NoBody", "text", "stream"} {
			t.Run(method+" "+body, func(t *testing.T) {
				build := func() *http.Request {
					req, err := http.NewRequest(method, "http://rc.test/restapi/v1.0/account/~/extension/~?x=1", nil)
					require.NoError(t, err)
					switch body {
					case "NoBody":
						req.Body = http.NoBody
					case "text":
						req, _ = http.NewRequest(method, req.URL.String(), strings.NewReader(`{"a":1}`))
					case "stream":
						req.Body = io.NopCloser(io.MultiReader(strings.NewReader("abc")))
					}
					req.Header.Set("X-A", "b")
					return req
				}
				bare := capture(t, &http.Transport{}, build())
				mine := capture(t, nil, build())
				assert.Equal(t, bare, mine)
				if body == "none" && method == "POST" {
					assert.Contains(t, mine, "Content-Length: 0\r\n")
				}
				if body == "none" {
					assert.NotContains(t, strings.ToLower(mine), "transfer-encoding")
				}
			})
		}
	}
}

func TestPreventResendChangesItsOwnCopyOnly(t *testing.T) {
	req := httptest.NewRequest("POST", "/", nil)
	req.Header.Set("Idempotency-Key", "k")
	out := req.WithContext(t.Context())
	preventResend(out)
	assert.Equal(t, "k", req.Header.Get("Idempotency-Key"))
	assert.Equal(t, []string{"k"}, out.Header[idempotencyKeys[0].plain])
	assert.Empty(t, out.Header.Values("Idempotency-Key"))
}

func TestResendableNeedsADeadConnection(t *testing.T) {
	get := httptest.NewRequest("GET", "/", nil)
	get.Body = nil
	a := &attempt{req: get}
	eof := &NoAnswerError{Class: ClassEOF}
	assert.False(t, a.resendable(eof), "a new connection")
	a.trace.reused.Store(true)
	assert.True(t, a.resendable(eof))
	assert.True(t, a.resendable(fmt.Errorf("wrapped: %w", eof)))
	for _, err := range []error{
		&NoAnswerError{Class: ClassTimeout}, &NoAnswerError{Class: ClassCanceled}, &NoAnswerError{Class: ClassMalformed},
		&StoreError{}, &UnreachableError{Class: ClassRefused}, errors.New("x"),
	} {
		assert.False(t, a.resendable(err), "%#v", err)
	}
	a.trace.answered.Store(true)
	assert.False(t, a.resendable(eof), "an answer had begun")
}
