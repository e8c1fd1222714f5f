package dashboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// BenchmarkFollow100k is what a look costs at 100,000 calls: with nothing new, with one new call, and when a reader has
// asked for the page after it.
//
//	go test -run '^$' -bench Follow100k ./gradtest/dashboard
func BenchmarkFollow100k(b *testing.B) {
	d := kept(b, busy(100_000)...)
	r := &records{store: d, every: time.Second}
	require.NoError(b, r.load(b.Context(), time.Now()))
	f := follower{
		Handler: &Handler{limits: documented, changed: make(chan struct{}), cfg: Config{Origin: origin}},
		records: r,
	}
	b.Run("nothing new", func(b *testing.B) {
		for b.Loop() {
			if changed, err := r.update(b.Context(), time.Now()); changed || err != nil {
				b.Fatal(changed, err)
			}
		}
	})
	one := func(b *testing.B) {
		if err := d.Append(b.Context(), done(rcapi.ListMessages, 200)); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("one call", func(b *testing.B) {
		for b.Loop() {
			one(b)
			if changed, err := r.update(b.Context(), time.Now()); !changed || err != nil {
				b.Fatal(changed, err)
			}
			f.show(time.Now(), nil)
		}
	})
	b.Run("progress", func(b *testing.B) {
		for b.Loop() {
			f.show(time.Now(), nil)
			f.current.Event()
		}
	})
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			f.show(time.Now(), nil)
			if _, err := f.current.Page(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
