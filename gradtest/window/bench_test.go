package window

import (
	"strconv"
	"testing"
	"time"
)

// ids returns n ids, made before a benchmark starts.
func ids(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = "call-" + strconv.Itoa(i)
	}
	return all
}

// BenchmarkMemory admits and settles calls of a group that always has room, as most calls of a test run do.
func BenchmarkMemory(b *testing.B) {
	for _, held := range []int{0, 50} {
		b.Run("inflight="+strconv.Itoa(held), func(b *testing.B) {
			g := NewMemory(map[string]Limit{"light": {Calls: 100, Per: time.Nanosecond}})
			id := ids(256)
			warm := Call{ID: "warm", Groups: []string{"Light"}}
			_ = g.Admit(b.Context(), warm)
			_ = g.Settle(b.Context(), warm, Answer{At: time.Now()})
			for i := range held {
				_ = g.Admit(b.Context(), Call{ID: "held" + id[i], Groups: []string{"Light"}, Timeout: time.Hour})
			}
			groups, i := []string{"Light"}, 0
			b.ReportAllocs()
			for b.Loop() {
				c := Call{ID: id[i&255], Groups: groups, Op: "readExtension", Timeout: time.Minute}
				i++
				if err := g.Admit(b.Context(), c); err != nil {
					b.Fatal(err)
				}
				_ = g.Settle(b.Context(), c, Answer{At: time.Now(), Signal: Signal{Group: "light"}})
			}
		})
	}
}

// BenchmarkNext asks when a group whose window is full has room again.
func BenchmarkNext(b *testing.B) {
	for _, calls := range []int{10, 50, 1000} {
		b.Run("limit="+strconv.Itoa(calls), func(b *testing.B) {
			s := NewState(map[string]Limit{"light": {Calls: calls}})
			now := time.Now()
			for _, id := range ids(calls) {
				s.Reserve(Call{ID: id, Groups: []string{"light"}}, now)
				s.Settle(id, Answer{At: now})
			}
			c := Call{ID: "next", Groups: []string{"light"}}
			b.ReportAllocs()
			for b.Loop() {
				if at, ok := s.Next(now, c); !ok || !at.After(now) {
					b.Fatal(at, ok)
				}
			}
		})
	}
}

// BenchmarkNextInFlight is the same with every slot taken by a call in flight.
func BenchmarkNextInFlight(b *testing.B) {
	s := NewState(documented(nil))
	now := time.Now()
	s.Reserve(Call{ID: "warm", Groups: []string{"light"}}, now)
	s.Settle("warm", Answer{At: now})
	for _, id := range ids(49) {
		s.Reserve(Call{ID: id, Groups: []string{"light"}}, now)
	}
	c := Call{ID: "next", Groups: []string{"light"}}
	b.ReportAllocs()
	for b.Loop() {
		s.Next(now, c)
	}
}
