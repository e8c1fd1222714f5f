package ledger

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCommitSharesSyncs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		syncs := 0
		durable := uint64(0)
		var c groupCommit
		c.sync = func() error {
			c.mu.Lock()
			syncs++
			seen := c.written
			c.mu.Unlock()
			time.Sleep(10 * time.Millisecond)
			c.mu.Lock()
			durable = max(durable, seen)
			c.mu.Unlock()
			return nil
		}
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * time.Microsecond)
				n := c.wrote()
				assert.NoError(t, c.wait(n))
				c.mu.Lock()
				defer c.mu.Unlock()
				assert.GreaterOrEqual(t, durable, n, "wait does not return before the write is durable")
			})
		}
		wg.Wait()
		assert.Equal(t, 2, syncs, "one for the first, and one for all that arrived meanwhile")
		assert.Equal(t, 20*time.Millisecond, time.Since(start))
		require.NoError(t, c.wait(7))
		assert.Equal(t, 2, syncs, "what is durable needs no sync")
	})
}

func TestCommitFailsForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		var c groupCommit
		fail := false
		c.sync = func() error {
			time.Sleep(time.Millisecond)
			if fail {
				return broken
			}
			return nil
		}
		first := c.wrote()
		require.NoError(t, c.wait(first))
		fail = true
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() { assert.ErrorIs(t, c.wait(c.wrote()), broken) })
		}
		wg.Wait()
		fail = false
		assert.ErrorIs(t, c.wait(c.wrote()), broken, "a sync after a failed one may succeed without having kept anything")
		assert.NoError(t, c.wait(first), "what was durable before stays so")
	})
}
