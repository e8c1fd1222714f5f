package redisstore

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Lines are read in pages, several pages per round trip.
const (
	pageLines = 256
	pageBatch = 8
)

// Records yields the records that were stored when the iteration began; see [ledger.Store]. A damaged line is yielded
// as a [*ledger.DamageError] or a [*ledger.VersionError], and the iteration continues. An [*Error] or ctx's error ends
// it.
func (s *Store) Records(ctx context.Context, since time.Time) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		days, err := s.days(ctx, since)
		if err != nil {
			yield(ledger.Record{}, err)
			return
		}
		s.yield(ctx, days, since, yield)
	}
}

// day is a range of the lines of one UTC day.
type day struct {
	key         string
	from, lines int64
}

// days lists the UTC day of since and later ones, in order.
func (s *Store) days(ctx context.Context, since time.Time) (days []day, err error) {
	var keys []string
	err = s.retry(ctx, "read", func(ctx context.Context) error {
		keys, err = s.client.ZRange(ctx, s.key("days"), 0, -1).Result()
		return err
	})
	if err != nil {
		return nil, err
	}
	first := s.key("day", since.UTC().Format(dayLayout))
	keys = slices.DeleteFunc(keys, func(key string) bool { return key < first })
	slices.Sort(keys)
	if len(keys) == 0 {
		return nil, nil
	}
	counts := make([]*redis.IntCmd, len(keys))
	err = s.retry(ctx, "read", func(ctx context.Context) error {
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, key := range keys {
				counts[i] = p.ZCard(ctx, key)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		days = append(days, day{key: key, lines: counts[i].Val()})
	}
	return days, nil
}

// yield decodes the lines of days and yields the records that are not before since.
func (s *Store) yield(ctx context.Context, days []day, since time.Time, yield func(ledger.Record, error) bool) {
	for batch := range slices.Chunk(paged(days), pageBatch) {
		lines, err := s.read(ctx, batch)
		if err != nil {
			yield(ledger.Record{}, err)
			return
		}
		for _, line := range lines {
			if ctx.Err() != nil {
				yield(ledger.Record{}, ctx.Err())
				return
			}
			r, err := ledger.Decode([]byte(line))
			if err == nil && r.At.Before(since) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// page is a part of a day that is read with one command.
type page struct {
	key      string
	from, to int64
}

func paged(days []day) (pages []page) {
	for _, d := range days {
		for from := d.from; from < d.lines; from += pageLines {
			pages = append(pages, page{d.key, from, min(from+pageLines, d.lines) - 1})
		}
	}
	return pages
}

func (s *Store) read(ctx context.Context, pages []page) (lines []string, err error) {
	err = s.retry(ctx, "read", func(ctx context.Context) error {
		got := make([]*redis.StringSliceCmd, len(pages))
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, page := range pages {
				got[i] = p.ZRange(ctx, page.key, page.from, page.to)
			}
			return nil
		})
		lines = nil
		for _, g := range got {
			lines = append(lines, g.Val()...)
		}
		return err
	})
	return lines, err
}
