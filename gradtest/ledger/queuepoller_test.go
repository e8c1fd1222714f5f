package ledger

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestProcessesShareTheLimit runs random processes with random calls at random latencies. Judged by the times at which
// calls reach the server, no window holds too many, and the whole takes hardly longer than necessary.
func TestProcessesShareTheLimit(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(seed, 1))
				limit := 1 + random.IntN(12)
				per := time.Duration(1+random.IntN(10)) * time.Second
				most := time.Duration(1+random.IntN(100)) * time.Millisecond // of one way
				processes := 1 + random.IntN(4)
				calls := limit * (2 + random.IntN(4))
				limits := map[string]window.Limit{"g": {Calls: limit, Per: per}}

				var (
					mu       sync.Mutex
					arrivals []time.Time
					left     = calls
					wg       sync.WaitGroup
				)
				first := open(t, t.TempDir())
				start := time.Now()
				for p := range processes {
					d := first
					if p > 0 {
						d = process(t, first.Path())
					}
					g := d.Gate(limits)
					for w := range limit {
						wg.Go(func() {
							network := rand.New(rand.NewPCG(seed, uint64(100*p+w)))
							way := func() time.Duration { return time.Duration(network.Int64N(int64(most))) }
							for n := 0; ; n++ {
								mu.Lock()
								left--
								over := left < 0
								mu.Unlock()
								if over {
									return
								}
								c := claim(fmt.Sprintf("%d-%d-%d", p, w, n))
								if !assert.NoError(t, g.Admit(t.Context(), c)) {
									return
								}
								time.Sleep(way())
								mu.Lock()
								arrivals = append(arrivals, time.Now())
								mu.Unlock()
								time.Sleep(way())
								finish(t, d, g, c)
							}
						})
					}
				}
				wg.Wait()
				took := time.Since(start)
				require.Len(t, arrivals, calls)
				slices.SortFunc(arrivals, time.Time.Compare)
				for i := limit; i < calls; i++ {
					require.GreaterOrEqual(t, arrivals[i].Sub(arrivals[i-limit]), per, "calls %d to %d of %d, %d per %v", i-limit, i, calls, limit, per)
				}
				theory := window.MinDuration(map[string]int{"g": calls}, limits)
				trips := time.Duration(calls/limit+1) * (2*most + maxPoll)
				assert.LessOrEqual(t, took, theory*103/100+trips, "%d calls of %d processes, %d per %v", calls, processes, limit, per)
			})
		})
	}
}

// TestIdleGateDoesNotPoll checks that no goroutine is left when no call waits: the synctest bubble would not end.
func TestIdleGateDoesNotPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(3)).(*gate)
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Go(func() { assert.NoError(t, g.Admit(t.Context(), claim(fmt.Sprint(i)))) })
		}
		time.Sleep(time.Second)
		assert.True(t, g.keepPolling())
		finish(t, d, g, claim("a"))
		wg.Wait()
		assert.False(t, g.keepPolling())
	})
}
