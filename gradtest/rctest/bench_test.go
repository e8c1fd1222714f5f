package rctest

import (
	"io"
	"net/http"
	"net/http/httptest"
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
	b.Run("loopback", func(b *testing.B) {
		s := NewServer(b, Config{Limits: Unlimited()})
		hammer(b, s.Client(), s.URL+own, bearer(b, s))
	})
	b.Run("bare net-http", func(b *testing.B) { // the same size of body, nothing done
		bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		}))
		defer bare.Close()
		hammer(b, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}, bare.URL, "")
	})
}

// hammer keeps 16 connections busy.
func hammer(b *testing.B, client *http.Client, url, token string) {
	b.ReportAllocs()
	b.SetParallelism(8)
	var bad atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			b.Error(err)
			return
		}
		r.Header.Set("Authorization", "Bearer "+token)
		for pb.Next() {
			resp, err := client.Do(r)
			if err != nil {
				bad.Add(1)
				continue
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if resp.StatusCode != 200 {
				bad.Add(1)
			}
		}
	})
	require.Zero(b, bad.Load())
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
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
