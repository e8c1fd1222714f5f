package ledger

import "sync"

// commit makes the writes to one file durable. Whoever comes while a sync is under way waits for the next one, which
// then serves all who came: the disk is asked once for many.
type groupCommit struct {
	sync func() error

	mu      sync.Mutex
	written uint64        // writes so far
	synced  uint64        // of them durable
	running chan struct{} // closed when the sync under way has ended; nil: there is none
	err     error         // the first failure, for ever
}

// wrote tells of a write and returns its number, for which wait can be called.
func (c *groupCommit) wrote() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.written++
	return c.written
}

// wait returns when write number n is durable.
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
