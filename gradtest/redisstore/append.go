package redisstore

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// keep is how long a day of evidence is kept after its last append. Policies look back 49 hours at most, and
// declarations count for twice as long.
const keep = 5 * 24 * time.Hour

const dayLayout = "2006-01-02"

//go:embed lua/append.lua
var appendSource string

var appendScript = redis.NewScript(appendSource)

// Append adds records; see [ledger.Store]. They are as durable as the configuration of Redis makes them. An identical
// record that is already stored is not added again.
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
	keys := []string{s.key("days")}
	args := []any{keep.Milliseconds()}
	number := make(map[string]int)
	for i := range records {
		day := records[i].At.UTC().Format(dayLayout)
		if number[day] == 0 {
			keys = append(keys, s.key("day", day))
			number[day] = len(keys)
		}
		line, err := ledger.Encode(nil, records[i])
		if err != nil {
			return err
		}
		args = append(args, number[day], line)
	}
	if err := s.list(ctx); err != nil {
		return err
	}
	return s.retry(ctx, "append", func(ctx context.Context) error {
		return appendScript.Run(ctx, s.client, keys, args...).Err()
	})
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
