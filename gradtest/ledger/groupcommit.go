package ledger

import "sync"

// groupCommit makes the writes to one file durable. Callers that arrive during a sync wait for the next one, which then
// serves all of them, so that the disk syncs once for many writes.
type groupCommit struct {
	sync func() error

	mu      sync.Mutex
	written uint64        // number of writes so far
	synced  uint64        // number of those that are durable
	running chan struct{} // closed when the sync in progress ends; nil: none is in progress
	err     error         // the first failure; it is final
}

// wrote counts a write and returns its number, to be passed to wait.
func (c *groupCommit) wrote() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.written++
	return c.written
}

// wait returns when write number n is durable, or with the error of the sync that failed.
func (c *groupCommit) wait(n uint64) error {
	for {
		c.mu.Lock()
		if c.synced >= n || c.err != nil {
			err := c.err
			if c.synced >= n {
				err = nil
			}
			c.mu.Unlock()
			return err
		}
		if running := c.running; running != nil {
			c.mu.Unlock()
			<-running
			continue
		}
		ended := make(chan struct{})
		goal := c.written
		c.running = ended
		c.mu.Unlock()

		err := c.sync()

		c.mu.Lock()
		if err != nil {
			c.err = err
		} else {
			c.synced = goal
		}
		c.running = nil
		c.mu.Unlock()
		close(ended)
	}
}
