package wire

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// discard is a Store that does nothing, so that BenchmarkRecording measures the transport alone.
type discard struct{}

func (discard) Append(context.Context, ...ledger.Record) error { return nil }
func (discard) Records(context.Context, time.Time) iter.Seq2[ledger.Record, error] {
	return func(func(ledger.Record, error) bool) {}
}

// BenchmarkRecording compares one GET over a bare http.Transport with one through Transport, on an in-memory listener.
// The difference is the cost of recording and limiting, without that of a durable store.
func BenchmarkRecording(b *testing.B) {
	l := pipenet.Listen()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("X-Rate-Limit-Group", "light")
		h.Set("X-Rate-Limit-Limit", "100000") // learned by the gate: so many that no call waits
		h.Set("X-Rate-Limit-Remaining", "99999")
		h.Set("X-Rate-Limit-Window", "1")
		_, _ = io.WriteString(w, `{"id":1}`)
	})}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	base := &http.Transport{DialContext: l.DialContext}
	defer base.CloseIdleConnections()
	unlimited := make(map[string]window.Limit)
	for _, g := range []string{"light", "medium", "heavy"} {
		unlimited[g] = window.Limit{}
	}
	t, err := New(Config{
		Origin: &url.URL{Scheme: "http", Host: "rc.test"}, Base: base, Store: discard{}, Gate: window.NewMemory(unlimited), Token: static("t"),
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name string
		rt   http.RoundTripper
	}{{"bare", base}, {"recorded", t}, {"recorded/own-authorization", t.WithToken(nil)}} {
		b.Run(bench.name, func(b *testing.B) {
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			b.ReportAllocs()
			for b.Loop() {
				req, _ := http.NewRequestWithContext(ctx, "GET", "http://rc.test/restapi/v1.0/account/~/extension/~", nil)
				resp, err := bench.rt.RoundTrip(req)
				if err != nil {
					b.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		})
	}
}
