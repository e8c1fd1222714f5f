package rctest

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func BenchmarkGetExtension(b *testing.B) {
	a := newApp(b, Config{Limits: Unlimited()})
	r := a.request(getOwn)
	b.Run("handler", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w := httptest.NewRecorder()
			a.h.ServeHTTP(w, r)
			if w.Code != 200 {
				b.Fatal(w.Code)
			}
		}
	})
	b.Run("handler, a fault for others", func(b *testing.B) {
		i := a.fail(Fault{Operation: "listMessages", Status: 503})
		defer i.Remove()
		b.ReportAllocs()
		for b.Loop() {
			a.h.ServeHTTP(httptest.NewRecorder(), r)
		}
	})
	body := a.call(getOwn).body
	emulator := NewServer(b, Config{Limits: Unlimited()})
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { // the same size of body, nothing done
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
	defer bare.Close()
	lines := open(b, emulator.URL, bearer(b, emulator))
	bareLines := open(b, bare.URL, "")
	perSecond := func(b *testing.B, all []*connection) {
		took := keepBusy(b, all, b.N)
		b.ReportMetric(float64(b.N)/took.Seconds(), "req/s")
	}
	b.Run("loopback", func(b *testing.B) { perSecond(b, lines) })
	b.Run("bare net-http", func(b *testing.B) { perSecond(b, bareLines) })
	b.Run("share of bare", func(b *testing.B) { // they take turns, so that what else the machine does falls on both
		var took, bareTook time.Duration
		const turns = 10
		for turn := range turns {
			n := b.N*(turn+1)/turns - b.N*turn/turns
			took += keepBusy(b, lines, n)
			bareTook += keepBusy(b, bareLines, n)
		}
		b.ReportMetric(float64(b.N)/took.Seconds(), "req/s")
		b.ReportMetric(float64(b.N)/bareTook.Seconds(), "bare-req/s")
		b.ReportMetric(bareTook.Seconds()/took.Seconds(), "of-bare")
		b.ReportMetric(0, "ns/op") // of both together: it says nothing
	})
}

// connection is a kept-alive one over which the same request goes again and again.
type connection struct {
	net.Conn
	request []byte
	answer  []byte // buffer of the size of every response
}

// open makes 16 connections.
func open(b *testing.B, base, token string) []*connection {
	host := strings.TrimPrefix(base, "http://")
	out := make([]*connection, 16)
	for i := range out {
		conn, err := net.Dial("tcp", host)
		require.NoError(b, err)
		b.Cleanup(func() { conn.Close() })
		c := &connection{Conn: conn, request: []byte("GET " + own + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")}
		_, err = conn.Write(c.request)
		require.NoError(b, err)
		var wire bytes.Buffer
		resp, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &wire)), nil)
		require.NoError(b, err)
		_, err = io.Copy(io.Discard, resp.Body)
		require.NoError(b, err)
		c.answer = make([]byte, wire.Len())
		out[i] = c
	}
	return out
}

// keepBusy sends n requests over the connections. A client of net/http would cost as much as the server.
func keepBusy(b *testing.B, all []*connection, n int) time.Duration {
	var left, bad atomic.Int64
	left.Store(int64(n))
	began := time.Now()
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				_, err := c.Write(c.request)
				if err == nil {
					_, err = io.ReadFull(c, c.answer)
				}
				if err != nil || !bytes.HasPrefix(c.answer, []byte("HTTP/1.1 200 ")) {
					bad.Add(1)
					return
				}
			}
		})
	}
	wg.Wait()
	took := time.Since(began)
	require.Zero(b, bad.Load())
	return took
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s, err := Start(Config{})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

func BenchmarkVerdict(b *testing.B) {
	a := newApp(b, Config{Limits: Unlimited()})
	for range 100_000 {
		a.h.evidence.add(&exchange{h: a.h, at: time.Now(), r: a.request(getOwn), route: routes()["readExtension"], method: "GET"}, 200)
	}
	for b.Loop() {
		a.h.Verdict()
	}
}
