package redisstore

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

//go:embed lua/transact.lua
var transactSource string

var transactScript = redis.NewScript(linesSource + transactSource)

// newLines is how many new lines of a day a transaction returns at most.
const newLines = 4096

// transaction is a call of transact.lua.
type transaction struct {
	keys   []string
	args   []any
	days   []string
	owners []*owner
	own    map[string]bool // the lines to append
}

// transact appends records if nothing is new, and otherwise reads what is. It reports whether it appended.
func (c *claims) transact(ctx context.Context, records []ledger.Record) (appended bool, err error) {
	t, err := c.prepare(records)
	if err != nil {
		return false, err
	}
	var reply []any
	err = c.store.retry(ctx, "claim", func(ctx context.Context) error {
		replies, err := c.store.scripts.run(ctx, scriptCall{transactScript, t.keys, t.args})
		if err == nil {
			reply, _ = replies[0].([]any)
		}
		return err
	})
	if err != nil {
		return false, err
	}
	return c.accept(ctx, t, records, reply)
}

func (c *claims) prepare(records []ledger.Record) (*transaction, error) {
	t := &transaction{days: c.days(records), own: make(map[string]bool)}
	t.keys = append(c.store.lineKeys(), t.days...)
	t.args = append(c.store.lineArgs(), len(t.days), newLines)
	for _, day := range t.days {
		t.args = append(t.args, c.seen[day])
	}
	for name, o := range c.owners {
		if o.life != ledger.Dead {
			t.owners = append(t.owners, o)
			t.keys = append(t.keys, c.store.lease(name))
		}
	}
	for _, r := range records {
		line, err := ledger.Encode(nil, r)
		if err != nil {
			return nil, err
		}
		t.args = append(t.args, slices.Index(t.days, c.day(r.At))+3, line)
		t.own[string(line)] = true
	}
	return t, nil
}

// accept takes in the script's reply.
func (c *claims) accept(ctx context.Context, t *transaction, records []ledger.Record, reply []any) (
	appended bool, err error) {
	if len(reply) != 7 {
		return false, fmt.Errorf("redisstore: claim: the script returned %d values, not 7: report this", len(reply))
	}
	current, _ := reply[0].(int64)
	ms, _ := reply[1].(int64)
	counts, news, leases := items[int64](reply[2]), items[[]any](reply[3]), items[int64](reply[4])
	if len(counts) != len(t.days) || len(news) != len(t.days) || len(leases) != len(t.owners) {
		return false, errors.New("redisstore: claim: the script returned too few values: report this")
	}
	c.ahead = time.Until(time.UnixMilli(ms))
	for i, o := range t.owners {
		o.life = life(leases[i], time.UnixMilli(ms).Sub(o.booked))
	}
	for i, day := range t.days {
		c.seen[day] = counts[i]
		for _, line := range items[string](news[i]) {
			if t.own[line] { // the reply to an earlier try was lost
				appended = true
				continue
			}
			if err := c.take(ledger.Decode([]byte(line))); err != nil {
				return false, err
			}
		}
	}
	c.version, _ = reply[5].(int64)
	c.looked = time.Now()
	if appended = appended || current == 1; appended {
		c.store.booked(c, records)
	}
	if created, _ := reply[6].(int64); created == 1 {
		return appended, c.store.listAgain(ctx)
	}
	return appended, nil
}

// items is a reply's list of values of one type.
func items[T any](reply any) []T {
	values, _ := reply.([]any)
	list := make([]T, len(values))
	for i, v := range values {
		list[i], _ = v.(T)
	}
	return list
}

func (c *claims) day(t time.Time) string { return c.store.key("day", t.UTC().Format(dayLayout)) }

// days lists the keys of all days that may have lines now and that records may add lines to: those known, and since's
// day until two days after the server's today, as the clock of another machine may be ahead.
func (c *claims) days(records []ledger.Record) (keys []string) {
	known := make(map[string]bool)
	for key := range c.seen {
		known[key] = true
	}
	for t := c.since.UTC(); t.Before(time.Now().Add(c.ahead + 48*time.Hour)); t = t.Add(24 * time.Hour) {
		known[c.day(t)] = true
	}
	for _, r := range records {
		known[c.day(r.At)] = true
	}
	for key := range known {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
