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

// TestManyProcessesAreAsFastAsOne compares the makespan of one process with that of 32 processes, 8 of each of 4
// packages, on one directory in virtual time: the same number of windows, and within 5 %.
func TestManyProcessesAreAsFastAsOne(t *testing.T) {
	const calls, limit, per = 320, 20, 3 * time.Second
	makespan := func(t *testing.T, processes, workers int) (took time.Duration, windows int) {
		limits := map[string]window.Limit{"g": {Calls: limit, Per: per}}
		first := open(t, t.TempDir())
		var (
			mu       sync.Mutex
			arrivals []time.Time
			wg       sync.WaitGroup
		)
		start := time.Now()
		for p := range processes {
			d := first
			if p > 0 {
				d = process(t, first.Path())
			}
			g := d.Gate(limits)
			turns := make(chan int, calls/processes)
			for i := range calls / processes {
				turns <- i
			}
			close(turns)
			for w := range workers {
				wg.Go(func() {
					network := rand.New(rand.NewPCG(uint64(p), uint64(w)))
					way := func() { time.Sleep(10*time.Millisecond + time.Duration(network.Int64N(int64(20*time.Millisecond)))) }
					for i := range turns {
						c := claim(fmt.Sprintf("%d-%d", p, i))
						if !assert.NoError(t, g.Admit(t.Context(), c)) {
							return
						}
						way()
						mu.Lock()
						arrivals = append(arrivals, time.Now())
						mu.Unlock()
						way()
						finish(t, d, g, c)
					}
				})
			}
		}
		wg.Wait()
		require.Len(t, arrivals, calls)
		slices.SortFunc(arrivals, time.Time.Compare)
		for i := limit; i < calls; i++ {
			require.GreaterOrEqual(t, arrivals[i].Sub(arrivals[i-limit]), per, "calls %d to %d", i-limit, i)
		}
		took = arrivals[calls-1].Sub(start)
		return took, int(took / per)
	}
	took, windows := map[int]time.Duration{}, map[int]int{}
	for processes, workers := range map[int]int{1: limit, 32: 4} {
		synctest.Test(t, func(t *testing.T) { took[processes], windows[processes] = makespan(t, processes, workers) })
	}
	assert.Equal(t, windows[1], windows[32])
	assert.LessOrEqual(t, took[32], took[1]*105/100)
	t.Logf("one process %v, 32 processes %v, at least %v", took[1], took[32], window.MinDuration(map[string]int{"g": calls}, map[string]window.Limit{"g": {Calls: limit, Per: per}}))
}
