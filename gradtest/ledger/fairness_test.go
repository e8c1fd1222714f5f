package ledger

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestLockIsNotHeldWhileWaiting lets calls of two processes wait in every possible way while a third process appends at
// random times, which must never wait for them. In virtual time, holding the lock while waiting shows as elapsed time.
func TestLockIsNotHeldWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 1))
		d := open(t, t.TempDir())
		other, writer := process(t, d.Path()), process(t, d.Path())
		var waiting atomic.Int32
		var wg sync.WaitGroup
		for i, by := range []*Dir{d, other, d, other, d, other, d, other} {
			g := by.Gate(few(1))
			wg.Go(func() {
				for n := range 2 {
					c := claim(fmt.Sprintf("%d-%d", i, n))
					waiting.Add(1)
					assert.NoError(t, g.Admit(t.Context(), c))
					waiting.Add(-1)
					time.Sleep(5 * time.Second)
					finish(t, by, g, c)
				}
			})
		}
		appended := 0 // number of appends while calls waited
		for i := 0; waiting.Load() > 0 || i == 0; i++ {
			time.Sleep(time.Duration(random.IntN(5000)) * time.Millisecond)
			appended += min(1, int(waiting.Load()))
			start := time.Now()
			require.NoError(t, writer.Append(t.Context(), Record{Kind: Waiting, ID: fmt.Sprint("w", i), At: start.UTC()}))
			require.Less(t, time.Since(start), 5*time.Millisecond, "two that arrive at the same time take turns; none sleeps while holding the lock")
		}
		wg.Wait()
		assert.Greater(t, appended, 200)
	})
}

// TestNoProcessStarves runs a process with one caller next to others with many. No call is overtaken by one that asked
// later, so each process proceeds at the pace of the queue.
func TestNoProcessStarves(t *testing.T) {
	for _, workers := range [][]int{{1, 20}, {1, 1, 1, 1, 1, 1, 1, 1}, {8, 8, 8, 8}, {1, 30, 1, 30}} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const limit, per, windows = 5, 10 * time.Second, 16
				limits := map[string]window.Limit{"g": {Calls: limit, Per: per}}
				first := open(t, t.TempDir())
				var (
					mu       sync.Mutex
					asking   int             // calls that wait or are on their way
					admitted = map[int]int{} // by process
					total    int             // admitted in all
					most     int             // by which a call was overtaken
					wg       sync.WaitGroup
				)
				end := time.Now().Add(windows * per)
				for p, n := range workers {
					d := first
					if p > 0 {
						d = process(t, first.Path())
					}
					g := d.Gate(limits)
					for w := range n {
						wg.Go(func() {
							network := rand.New(rand.NewPCG(uint64(p), uint64(w))) // no two ask in the same instant
							time.Sleep(time.Duration(network.Int64N(int64(time.Second))))
							for i := 0; time.Now().Before(end); i++ {
								c := claim(fmt.Sprintf("%d-%d-%d", p, w, i))
								mu.Lock()
								asking++
								before, at := asking, total
								mu.Unlock()
								if !assert.NoError(t, g.Admit(t.Context(), c)) {
									return
								}
								mu.Lock()
								total++
								admitted[p]++
								most = max(most, total-at-before)
								mu.Unlock()
								time.Sleep(time.Duration(network.Int64N(int64(200 * time.Millisecond))))
								finish(t, d, g, c)
								mu.Lock()
								asking--
								mu.Unlock()
							}
						})
					}
				}
				wg.Wait()
				callers := 0
				for _, n := range workers {
					callers += n
				}
				// Who asks while the lock is taken looks for it again within milliseconds, and another may be luckier
				// once.
				assert.LessOrEqual(t, most, limit, "a call was overtaken by calls that asked later")
				for p, n := range workers {
					share := total * n / callers
					assert.InDelta(t, share, admitted[p], float64(share)/4+2*float64(limit), "process %d of %v: %v", p, workers, admitted)
					assert.NotZero(t, admitted[p])
				}
				t.Logf("%d calls, by process %v, overtaken by %d at most", total, admitted, most)
			})
		})
	}
}
