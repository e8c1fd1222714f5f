package gradtest_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestASweepAlwaysEnds serves random and malformed answers, with and without a deadline.
func TestASweepAlwaysEnds(t *testing.T) {
	quiet(t)
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		deadline := time.Duration(0)
		if rnd.IntN(2) == 0 {
			deadline = time.Duration(rnd.Int64N(int64(10 * time.Minute)))
		}
		sweepsHostile(t, fmt.Sprint("seed ", seed), deadline, func() hostile { return randomAnswer(rnd) })
	}
}

// TestASweepEndsAfterEachFault serves one kind of answer only, without a deadline.
func TestASweepEndsAfterEachFault(t *testing.T) {
	quiet(t)
	for _, head := range heads {
		for _, body := range []hostileBody{bodies[0], {"stalled", func(c net.Conn) { text("\r\n")(c); stall(c) }}} {
			sweepsHostile(t, head[:min(len(head), 60)]+body.name, 0, func() hostile { return hostile{head, body} })
		}
	}
	for _, body := range bodies {
		sweepsHostile(t, body.name, 0, func() hostile { return hostile{good, body} })
	}
}

// quiet discards what net/http logs of bytes after the end of an answer.
func quiet(t *testing.T) {
	log.SetOutput(io.Discard)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
}

// FuzzSweepEnds serves any bytes, followed by the end of the connection, by nothing, or by an endless drip.
func FuzzSweepEnds(f *testing.F) {
	for i, head := range heads {
		f.Add([]byte(head+"\r\n{}"), uint8(i))
	}
	f.Fuzz(func(t *testing.T, answer []byte, end uint8) {
		ends := []func(net.Conn){func(net.Conn) {}, stall, drip}
		sweepsHostile(t, "", 0, func() hostile { return hostile{string(answer), hostileBody{"", ends[int(end)%len(ends)]}} })
	})
}

// longestSweep bounds a sweep without a deadline: five tries of two endpoints, each with a time-out, a pause as long as
// the longest penalty, and a window as long as one that a server may state.
const longestSweep = 48 * time.Hour

// hostile is an answer.
type hostile struct {
	head string
	body hostileBody
}

type hostileBody struct {
	name string
	send func(net.Conn)
}

// sweepsHostile sweeps an app in virtual time, and holds that the sweep ends in time with a clear error, that no slot
// stays taken, that a long wait is reported, and, by the bubble, that no goroutine is left.
func sweepsHostile(t *testing.T, name string, deadline time.Duration, next func() hostile) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := pipenet.Listen()
		served := serveHostile(l, next)
		pipe := &http.Transport{DialContext: l.DialContext, MaxResponseHeaderBytes: 1 << 20}
		defer func() {
			pipe.CloseIdleConnections()
			_ = l.Close()
			served()
		}()
		store := ledger.NewMemory()
		waits := 0
		app := gradtest.App{
			Name: "hostile", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages}, Store: store,
			Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadMessageContent, Params: map[string]string{
				"messageId": "1", "attachmentId": "2"}}},
			Target: gradtest.Target{
				URL: "http://localhost", Base: pipe, ClientID: "hostile",
				Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "secret-token"}),
			},
			Progress: func(p gradtest.Progress) {
				if p.Waiting != "" {
					waits++
				}
			},
		}
		ctx, most := t.Context(), longestSweep
		if deadline > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, deadline)
			defer cancel()
			most = deadline + 12*time.Second // the grace, and a second for what does not watch its context
		}
		start := time.Now()
		v, err := gradtest.Sweep(ctx, app)
		took := time.Since(start)
		assert.LessOrEqual(t, took, most, name)
		if took > 30*time.Second {
			assert.Positive(t, waits, "%s: a wait of %v was not reported", name, took)
		}
		checkErrors(t, name, v.Ready, err, len(app.Endpoints))
		assert.Empty(t, openSlots(store), "%s: slots that stay taken", name)
	})
}

// checkErrors holds that each endpoint has at most one error, of one bounded line without the token.
func checkErrors(t *testing.T, name string, ready bool, err error, endpoints int) {
	t.Helper()
	if err == nil {
		assert.True(t, ready, "%s: neither an error nor success", name)
		return
	}
	all := flat(err)
	assert.LessOrEqual(t, len(all), endpoints+1, "%s: %v", name, err)
	for _, e := range all {
		text := e.Error()
		assert.Less(t, len(text), 1000, "%s: %s", name, text)
		assert.NotContains(t, text, "\n", name)
		assert.NotContains(t, text, "secret-token", name)
	}
}

// flat lists the errors that were joined.
func flat(err error) (all []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	for _, e := range joined.Unwrap() {
		all = append(all, flat(e)...)
	}
	return all
}

// openSlots returns the ids of the reserved slots that nothing has ended.
func openSlots(store *ledger.Memory) map[string]bool {
	open := make(map[string]bool)
	for r := range store.Records(context.Background(), time.Time{}) {
		switch r.Kind {
		case ledger.Reserved:
			open[r.ID] = true
		case ledger.Done, ledger.Settled, ledger.Released:
			delete(open, r.ID)
		}
	}
	return open
}

// serveHostile answers each request on its own connection. The function that it returns ends it.
func serveHostile(l *pipenet.Listener, next func() hostile) (end func()) {
	var mu sync.Mutex // of next and conns
	var conns []net.Conn
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			all.Go(func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err != nil {
					return
				}
				mu.Lock()
				a := next()
				mu.Unlock()
				if _, err := io.WriteString(conn, a.head); err == nil {
					a.body.send(conn)
				}
			})
		}
	})
	return func() {
		mu.Lock()
		for _, c := range conns {
			c.Close()
		}
		mu.Unlock()
		all.Wait()
	}
}

const good = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// heads are beginnings of answers, each without the empty line that ends the fields.
var heads = []string{
	good,
	good + "Content-Length: 10\r\nContent-Length: 20\r\n",
	good + "Content-Length: -1\r\n",
	good + "Content-Length: 9223372036854775807\r\n",
	good + "Transfer-Encoding: chunked\r\n",
	good + "Transfer-Encoding: gzip, chunked\r\n",
	good + "Content-Encoding: gzip\r\n",
	good + "X-Rate-Limit-Group: light\r\nX-Rate-Limit-Limit: 1\r\nX-Rate-Limit-Window: 315360000\r\nX-Rate-Limit-Remaining: -7\r\n",
	"HTTP/9.9 200 OK\r\nContent-Type: application/json\r\n",
	"HTTP/1.1 000 Nothing\r\n", "HTTP/1.1 999 Much\r\n", "HTTP/1.1 -1 Less\r\n", "HTTP/1.1 2OO OK\r\n", "ICY 200 OK\r\n", "\r\n", "",
	"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n",
	strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 100) + good, "HTTP/1.1 100 Continue\r\n",
	"HTTP/1.1 204 No Content\r\n", "HTTP/1.1 207 Multi-Status\r\nContent-Type: application/json\r\n",
	"HTTP/1.1 302 Found\r\nLocation: http://localhost/restapi/v1.0/account/~/extension/~\r\n",
	"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 315360000\r\n",
	"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 315360000\r\n",
	"HTTP/1.1 503 Service Unavailable\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
	"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n",
	"HTTP/1.1 401 Unauthorized\r\n", "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n",
	good + "X: " + strings.Repeat("x", 2<<20) + "\r\n",
}

// bodies are what follows.
var bodies = []hostileBody{
	{"JSON", text("\r\n{}")},
	{"nothing", text("\r\n")},
	{"page", text("\r\n<!doctype html><html>sign in</html>")},
	{"cut", text("\r\n{\"id\":")},
	{"cut in the head", text("X-")},
	{"bad chunks", text("\r\nzz\r\n{}\r\n0\r\n\r\n")},
	{"huge chunk", text("\r\nffffffffffffffff\r\n{}")},
	{"bomb", func(c net.Conn) { _, _ = c.Write(append([]byte("\r\n"), bomb()...)) }},
	{"stalled", func(c net.Conn) { text("\r\n{")(c); stall(c) }},
	{"stalled head", stall},
	{"dripped", func(c net.Conn) { text("\r\n")(c); drip(c) }},
	{"dripped head", func(c net.Conn) { text("X: ")(c); drip(c) }},
	{"endless head", func(c net.Conn) {
		for {
			if _, err := io.WriteString(c, strings.Repeat("X: y\r\n", 1000)); err != nil {
				return
			}
		}
	}},
}

func text(s string) func(net.Conn) { return func(c net.Conn) { _, _ = io.WriteString(c, s) } }

// stall sends nothing until the other side closes the connection.
func stall(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// drip sends one byte a second until the other side closes the connection.
func drip(c net.Conn) {
	for {
		if _, err := c.Write([]byte(" ")); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// bomb is 32 MiB of spaces in 32 KiB.
var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 32 {
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	_ = z.Close()
	return b.Bytes()
})

// randomAnswer combines them, with more good ones than others, so that a sweep goes on.
func randomAnswer(rnd *rand.Rand) hostile {
	if rnd.IntN(3) == 0 {
		return hostile{good + "Content-Length: 2\r\n", bodies[0]}
	}
	return hostile{heads[rnd.IntN(len(heads))], bodies[rnd.IntN(len(bodies))]}
}

// TestPausesAreSaid: a pause that a server asks for is reported while it lasts, and one that is too long is an error.
func TestPausesAreSaid(t *testing.T) {
	for after, want := range map[time.Duration]string{
		time.Minute:    "",
		20 * time.Hour: "the server asks to wait until 2000-01-01T20:00:00Z (Retry-After), which is more than 15m0s: run again then",
	} {
		onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
			_, err := s.Fail(rctest.Fault{Status: 503, RetryAfter: after, Operation: rcapi.ReadExtension.ID, Times: 1})
			require.NoError(t, err)
			app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
			var waits []string
			app.Progress = func(p gradtest.Progress) { waits = append(waits, p.Waiting) }
			_, err = gradtest.Sweep(t.Context(), app)
			if want != "" {
				assert.ErrorContains(t, err, want)
				return
			}
			require.NoError(t, err)
			assert.Contains(t, strings.Join(waits, "\n"), "waiting: readExtension failed (")
			assert.Contains(t, strings.Join(waits, "\n"), "repeated in 60 s")
		})
	}
}
