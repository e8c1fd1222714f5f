package ledger

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// maxWorkers bounds the number of jobs that run at the same time.
const maxWorkers = 8

// parallel runs the jobs, several at a time if concurrent is set, and yields their results in the order of the jobs
// until yield returns false. All workers have ended when it returns. newWorker is called once per worker and returns
// its function.
func parallel[J, R any](jobs []J, concurrent bool, newWorker func() func(J) R, yield func(R) bool) {
	n := min(runtime.GOMAXPROCS(0), maxWorkers, len(jobs))
	if !concurrent || n < 2 {
		do := newWorker()
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
	for ; next < min(n+1, len(jobs)); next++ { // one more than there are workers, so that none waits for the reader
		results[next] = make(chan R, 1)
		turns <- next
	}
	for range n {
		workers.Go(func() {
			do := newWorker()
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
