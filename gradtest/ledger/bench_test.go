package ledger

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func benchDir(b *testing.B) *Dir {
	d, err := Open(b.TempDir())
	require.NoError(b, err)
	b.Cleanup(func() { _ = d.Close() })
	return d
}

func BenchmarkAppendDone(b *testing.B) {
	d, r := benchDir(b), done("id", time.Now().UTC())
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Append(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendReserved(b *testing.B) {
	d := benchDir(b)
	r := Record{Kind: Reserved, ID: "id", At: time.Now(), Latest: time.Now().Add(time.Minute), Op: "readUserCallLog", Groups: []string{"heavy"}}
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Append(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppendReservedAlternately appends from two processes in turn, each of which has to look at what the other
// wrote.
func BenchmarkAppendReservedAlternately(b *testing.B) {
	d := benchDir(b)
	other := &Dir{shared: &sharedDir{path: d.Path(), disk: osDisk{}, lock: d.shared.lock, days: make(map[day]*dayFile)}}
	r := Record{Kind: Reserved, ID: "id", At: time.Now(), Latest: time.Now().Add(time.Minute), Op: "readUserCallLog", Groups: []string{"heavy"}}
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		by := d
		if n%2 == 1 {
			by = other
		}
		if err := by.Append(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppendDoneTogether appends from 64 goroutines, which share the syncs.
func BenchmarkAppendDoneTogether(b *testing.B) {
	d, r := benchDir(b), done("id", time.Now().UTC())
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := d.Append(context.Background(), r); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkRecords100k(b *testing.B) {
	d := benchDir(b)
	var batch []Record
	for i := range 50_000 {
		id := fmt.Sprintf("%032x", i)
		batch = append(batch, Record{Kind: Reserved, ID: id, At: noon, Latest: noon.Add(time.Minute), Op: "readUserCallLog", Groups: []string{"heavy"}}, done(id, noon))
	}
	require.NoError(b, d.Append(context.Background(), batch...))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range d.Records(context.Background(), noon.AddDate(0, 0, -2)) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != len(batch) {
			b.Fatal(n)
		}
	}
}

// BenchmarkAdmit measures a call that need not wait: its slot is reserved, recorded and settled.
func BenchmarkAdmit(b *testing.B) {
	for _, parallel := range []int{1, 16} {
		b.Run(strconv.Itoa(parallel), func(b *testing.B) {
			d := benchDir(b)
			g := d.Gate(map[string]window.Limit{"g": {Calls: 1000, Per: time.Nanosecond}})
			ctx := context.Background()
			var n atomic.Int64
			b.SetParallelism(parallel)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					c := window.Call{ID: strconv.FormatInt(n.Add(1), 10), Groups: []string{"g"}, Op: "op"}
					if err := g.Admit(ctx, c); err != nil {
						b.Error(err)
						return
					}
					if err := g.Settle(ctx, c, window.Answer{At: time.Now()}); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

// BenchmarkFirstLook measures what the first call of a process adds in a directory with 30 days of 10,000 calls each:
// the last two days are read. A few of the calls are within the last minutes.
func BenchmarkFirstLook(b *testing.B) {
	d := benchDir(b)
	now := time.Now().UTC()
	for day := range 30 {
		var batch []Record
		for i := range 10_000 {
			at := now.AddDate(0, 0, -day).Add(-time.Duration(i) * time.Second)
			batch = append(batch, done(fmt.Sprintf("%d-%032x", day, i), at))
		}
		require.NoError(b, d.Append(context.Background(), batch...))
	}
	b.ReportAllocs()
	for b.Loop() {
		t := newLimitReplay(nil)
		if err := t.refresh(d.shared, time.Now()); err != nil {
			b.Fatal(err)
		}
		if _, learned := t.state.Limit("heavy"); !learned {
			b.Fatal("nothing was read")
		}
	}
}
