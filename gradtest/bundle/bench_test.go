package bundle

import (
	"bytes"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// many are n calls of the last two days, each with a reservation.
func many(n int) []ledger.Record {
	d := declared()
	all := []ledger.Record{{Kind: ledger.Declared, ID: "declared", At: now.Add(-47 * time.Hour), Declared: &d}}
	ops := []rcapi.Operation{rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages}
	for i := range n {
		status := 200
		if i%50 == 0 {
			status = 404
		}
		r := done(
			fmt.Sprintf("%08x%024x", i*2654435761, i),
			ops[i%len(ops)],
			status,
			46*time.Hour*time.Duration(n-i)/time.Duration(n),
		)
		all = append(
			all,
			ledger.Record{
				Kind:   ledger.Reserved,
				ID:     r.ID,
				At:     r.Sent,
				Latest: r.At.Add(time.Minute),
				Op:     r.Op,
				Method: r.Method,
				Path:   r.Path,
				Groups: r.Groups,
			},
			r,
		)
	}
	return all
}

// peak returns the most memory that is in use while do runs, in MB, beyond what was before.
func peak(do func()) float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, atomic.Uint64{}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapAlloc))
			}
		}
	}()
	do()
	close(stop)
	<-stopped
	return float64(most.Load()-min(before, most.Load())) / (1 << 20)
}

// Benchmark100k writes and verifies a bundle of 100,000 calls:
//
//	go test -run '^$' -bench 100k -benchtime 1x ./gradtest/bundle
func Benchmark100k(b *testing.B) {
	store := kept(b, many(100_000)...)
	d := declared()
	var data bytes.Buffer
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			data.Reset()
			b.ReportMetric(peak(func() {
				if _, err := Write(b.Context(), &data, store, Options{Origin: origin, Declaration: &d, At: now}); err != nil {
					b.Fatal(err)
				}
			}), "MB-peak")
		}
		b.ReportMetric(float64(data.Len())/(1<<20), "MB-file")
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(peak(func() {
				r, err := Verify(b.Context(), bytes.NewReader(data.Bytes()), int64(data.Len()), VerifyOptions{})
				if err != nil || !r.OK {
					b.Fatal(err, texts(r))
				}
			}), "MB-peak")
		}
	})
}
