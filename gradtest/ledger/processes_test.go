package ledger

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// The work of the processes of TestProcessesActAsOne.
const (
	callers     = 4 // processes
	callWorkers = 3 // goroutines of each
	callsEach   = 4 // calls of each goroutine
	callLimit   = 6
	callWindow  = 100 * time.Millisecond
)

// caller makes calls within the shared limit and prints when the server would have counted each.
func caller(dir string) {
	d, err := Open(dir)
	fatal(err)
	g := d.Gate(map[string]window.Limit{"g": {Calls: callLimit, Per: callWindow}})
	ctx := context.Background()
	var wg sync.WaitGroup
	for w := range callWorkers {
		wg.Go(func() {
			for i := range callsEach {
				c := window.Call{ID: fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i), Groups: []string{"g"}, Timeout: time.Minute}
				fatal(g.Admit(ctx, c))
				at := time.Now()
				fmt.Println(at.UnixNano())
				r := done(c.ID, at.UTC())
				r.Groups, r.Signal = c.Groups, window.Signal{}
				fatal(d.Append(ctx, r))
				fatal(g.Settle(ctx, c, window.Answer{At: time.Now()}))
			}
		})
	}
	wg.Wait()
	fatal(d.Close())
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestProcessesActAsOne runs in real time, because processes cannot share a synctest bubble. It takes about 0.8 s. It
// asserts no duration, only that no window holds too many calls.
func TestProcessesActAsOne(t *testing.T) {
	dir := t.TempDir()
	var (
		mu       sync.Mutex
		arrivals []int64
		wg       sync.WaitGroup
	)
	for range callers {
		cmd, out := another(t, "caller", dir)
		wg.Go(func() {
			for in := bufio.NewScanner(out); in.Scan(); {
				var at int64
				_, err := fmt.Sscan(in.Text(), &at)
				assert.NoError(t, err)
				mu.Lock()
				arrivals = append(arrivals, at)
				mu.Unlock()
			}
			assert.NoError(t, cmd.Wait())
		})
	}
	wg.Wait()
	require.Len(t, arrivals, callers*callWorkers*callsEach)
	slices.Sort(arrivals)
	for i := callLimit; i < len(arrivals); i++ {
		assert.GreaterOrEqual(t, time.Duration(arrivals[i]-arrivals[i-callLimit]), callWindow, "calls %d to %d", i-callLimit, i)
	}
	t.Logf("%d calls of %d processes at %d per %v took %v", len(arrivals), callers, callLimit, callWindow, time.Duration(arrivals[len(arrivals)-1]-arrivals[0]))

	d := open(t, dir)
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err())
	assert.Equal(t, len(arrivals), rep.Calls)
	assert.Zero(t, rep.Unknown)
	assert.Empty(t, rep.Twice)
}
