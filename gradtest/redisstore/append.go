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

// keep is how long a day of evidence is kept after its last append. Policies look back 49 hours at most, and
// declarations count for twice as long.
const keep = 5 * 24 * time.Hour

const dayLayout = "2006-01-02"

var (
	//go:embed lua/lines.lua
	linesSource string
	//go:embed lua/append.lua
	appendSource string

	appendScript = redis.NewScript(linesSource + appendSource)
)

// Append adds records; see [ledger.Store]. They are as durable as the configuration of Redis makes them. An identical
// record that is already stored is not added again. A record of kind Done of a call that a gate of the store has
// admitted also settles the call, in the same round trip.
//
// Errors: those of [ledger.Record.Validate], ctx's, and an [*Error] if Redis did not answer. In the last case the
// records may have been stored; appending them again does no harm.
func (s *Store) Append(ctx context.Context, records ...ledger.Record) error {
	if s.closed.Load() {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := validate(records); err != nil || len(records) == 0 {
		return err
	}
	listed, err := s.list(ctx)
	if err != nil {
		return err
	}
	a := appending{keys: s.lineKeys(), settle: s.settlements(records)}
	a.args = s.lineArgs()
	var days [][]ledger.Record
	for _, r := range records {
		key := s.key("day", r.At.UTC().Format(dayLayout))
		i := slices.Index(a.keys, key)
		if i < 0 {
			i = len(a.keys)
			a.keys, days = append(a.keys, key), append(days, nil)
		}
		days[i-2] = append(days[i-2], r)
		line, err := ledger.Encode(nil, r)
		if err != nil {
			return err
		}
		a.args = append(a.args, i+1, line)
	}
	reply, err := s.runAppend(ctx, a)
	if err != nil {
		return err
	}
	numbers := items[int64](reply)
	if len(numbers) != 3+2*len(days) {
		return fmt.Errorf("redisstore: append: the script returned %d values: report this", len(numbers))
	}
	for i, records := range days {
		s.feed(addition{
			key: a.keys[2+i], records: records, from: numbers[3+2*i], to: numbers[4+2*i],
			version: [2]int64{numbers[1], numbers[2]}, whole: len(days) == 1,
		})
	}
	if numbers[0] == 1 && !listed {
		return s.listAgain(ctx)
	}
	return nil
}

// lineKeys and lineArgs are what lines.lua needs.
func (s *Store) lineKeys() []string { return []string{s.key("days"), s.key("version")} }

func (s *Store) lineArgs() []any { return []any{keep.Milliseconds(), s.key("appended"), s.id} }

// appending is a call of append.lua, and the settlements that go with it.
type appending struct {
	keys   []string
	args   []any
	settle []settlement
}

// runAppend appends and settles in one round trip.
func (s *Store) runAppend(ctx context.Context, a appending) (reply any, err error) {
	err = s.retry(ctx, "append", func(ctx context.Context) error {
		calls := []scriptCall{{appendScript, a.keys, a.args}}
		for i := range a.settle {
			c, err := a.settle[i].call()
			if err != nil {
				return err
			}
			calls = append(calls, c)
		}
		replies, err := s.scripts.run(ctx, calls...)
		if err != nil {
			return err
		}
		reply = replies[0]
		for i := range a.settle {
			if err := a.settle[i].done(replies[1+i]); err != nil {
				return err
			}
		}
		return nil
	})
	return reply, err
}

func validate(records []ledger.Record) error {
	var faults []error
	for i := range records {
		if err := records[i].Validate(); err != nil {
			faults = append(faults, fmt.Errorf("redisstore: append: record %d of %d: %w", i+1, len(records), err))
		}
	}
	return errors.Join(faults...)
}
