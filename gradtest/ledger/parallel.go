package ledger

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// mostAhead bounds how many jobs are done at the same time.
const maxWorkers = 8

// ahead does the jobs, several at the same time, and yields what they come to in the jobs' order, until yield returns
// false. Nothing of it runs any more when it returns. What a worker needs for itself is made by worker, once for each.
func parallel[J, R any](jobs []J, several bool, worker func() func(J) R, yield func(R) bool) {
	n := min(runtime.GOMAXPROCS(0), maxWorkers, len(jobs))
	if !several || n < 2 {
		do := worker()
		for _, j := range jobs {
			if !yield(do(j)) {
				return
			}
		}
		return
	}
	var (
		stop    atomic.Bool
		workers sync.WaitGroup
		results = make([]chan R, len(jobs))
		turns   = make(chan int, len(jobs))
	)
	defer func() {
		stop.Store(true)
		close(turns)
		workers.Wait()
	}()
	next := 0
	for ; next < min(n+1, len(jobs)); next++ { // one more than are at work, so that nobody waits for the reader
		results[next] = make(chan R, 1)
		turns <- next
	}
	for range n {
		workers.Go(func() {
			do := worker()
			for i := range turns {
				if stop.Load() {
					return
				}
				results[i] <- do(jobs[i])
			}
		})
	}
	for i := range jobs {
		r := <-results[i]
		if next < len(jobs) {
			results[next] = make(chan R, 1)
			turns <- next
			next++
		}
		if !yield(r) {
			return
		}
	}
}
