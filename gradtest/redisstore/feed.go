package redisstore

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// addition is what this process has appended to a day. The sessions of the process need not read it again.
type addition struct {
	key      string
	records  []ledger.Record
	from, to int64    // lines of the day before and after
	version  [2]int64 // of the evidence before and after
	whole    bool     // the versions differ by this day alone
}

// feed passes what was appended to the open sessions.
func (s *Store) feed(a addition) {
	if a.to-a.from != int64(len(a.records)) { // some were stored already, or the reply to an earlier try was lost
		a.records = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.sessions {
		c.fed(a)
	}
}

// booked passes on what a session has appended: the other sessions of the process look at it by themselves.
func (s *Store) booked(by *claims, records []ledger.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range records {
		if r.Kind == ledger.Claimed {
			by.booked[r.ID] = true
		}
	}
	for c := range s.sessions {
		if c != by && len(records) > 0 {
			c.hear(by.version)
		}
	}
}

// announced receives the messages about what any process has appended: the version and the id of its store.
func (s *Store) announced(message string) {
	text, from, _ := strings.Cut(message, " ")
	version, _ := strconv.ParseInt(text, 10, 64)
	if from == s.id {
		return // see feed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.sessions {
		c.hear(version)
	}
}

// news is what a session has heard of and not yet taken in. Store.mu guards it.
type news struct {
	additions []addition
	version   int64         // the highest heard of; 0: none
	changed   chan struct{} // receives when Wait has something to look at
}

// fed is called with Store.mu held.
func (c *claims) fed(a addition) {
	if len(a.records) > 0 {
		c.news.additions = append(c.news.additions, a)
	}
	for _, r := range a.records {
		if !c.booked[r.Claim] {
			c.hear(a.version[1])
			return
		}
	}
}

// hear is called with Store.mu held. version 0: messages may have been lost.
func (c *claims) hear(version int64) {
	if version == 0 || version > c.news.version {
		c.news.version = version
		select {
		case c.news.changed <- struct{}{}:
		default:
		}
	}
}

// absorb takes in what this process has appended, as far as it follows what the session has seen.
func (c *claims) absorb() {
	c.store.mu.Lock()
	all := c.news.additions
	c.news.additions = nil
	c.store.mu.Unlock()
	slices.SortFunc(all, func(a, b addition) int { return int(a.from - b.from) })
	var early []addition
	for _, a := range all {
		seen, known := c.seen[a.key]
		switch {
		case a.to <= seen:
		case a.from == seen && (known || a.from == 0):
			c.seen[a.key] = a.to
			for _, r := range a.records {
				_ = c.take(r, nil)
			}
			if a.whole && c.version == a.version[0] {
				c.version = a.version[1]
			}
		default:
			early = append(early, a)
		}
	}
	if len(early) > 0 {
		c.store.mu.Lock()
		c.news.additions = append(early, c.news.additions...)
		c.store.mu.Unlock()
	}
}

// lookInterval is how often a session that waits looks for new lines that it has not heard of.
const lookInterval = 5 * time.Second

// Wait returns when another process, or another part of this one, has appended something. It listens for messages,
// which cost the server nothing where no session waits.
func (c *claims) Wait(ctx context.Context) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	if err := c.store.mail.listen(ctx, c.store.key("appended"), c.store.announced); err != nil {
		return err
	}
	poll := time.NewTicker(lookInterval)
	defer poll.Stop()
	for {
		select {
		case <-c.news.changed:
			if err := c.usable(ctx); err != nil || c.behind() {
				return err
			}
		case <-poll.C:
			if changed, err := c.changed(ctx); changed || err != nil {
				return err
			}
		case <-c.open.Done():
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := c.usable(ctx); err != nil {
			return err
		}
	}
}

// behind reports whether the session has heard of more than it has seen.
func (c *claims) behind() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store.mu.Lock()
	heard := c.news.version
	c.store.mu.Unlock()
	return heard == 0 || c.version == 0 || heard > c.version
}

// changed asks whether lines were added that the session has not seen.
func (c *claims) changed(ctx context.Context) (bool, error) {
	var version int64
	err := c.store.retry(ctx, "claim", func(ctx context.Context) (err error) {
		version, err = c.store.version(ctx)
		return err
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.absorb()
	return version != c.version, err
}
