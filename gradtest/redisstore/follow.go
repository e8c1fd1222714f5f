package redisstore

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Follow implements [ledger.Follower], with the errors of [Store.Records].
func (s *Store) Follow(ctx context.Context, since time.Time) (
	func(context.Context) iter.Seq2[ledger.Record, error], error) {
	days, err := s.days(ctx, since)
	if err != nil {
		return nil, err
	}
	read := make(map[string]int64)
	for _, d := range days {
		read[d.key] = d.lines
	}
	return func(ctx context.Context) iter.Seq2[ledger.Record, error] {
		return func(yield func(ledger.Record, error) bool) {
			days, err := s.days(ctx, since)
			if err != nil {
				yield(ledger.Record{}, err)
				return
			}
			for i, d := range days {
				// A day with fewer lines than before was lost; everything in it now is new.
				days[i].from = min(read[d.key], d.lines)
				if d.lines < read[d.key] {
					days[i].from = 0
				}
				read[d.key] = d.lines
			}
			days = slices.DeleteFunc(days, func(d day) bool { return d.from == d.lines })
			s.yield(ctx, days, time.Time{}, yield)
		}
	}, nil
}
