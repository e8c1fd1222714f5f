package redisstore

import (
	"context"
	_ "embed"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

//go:embed lua/days.lua
var daysSource string

var daysScript = redis.NewScript(daysSource)

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
	var reply []any
	first := s.key("day", since.UTC().Format(dayLayout))
	err = s.retry(ctx, "read", func(ctx context.Context) error {
		reply, err = daysScript.Run(ctx, s.client, []string{s.key("days")}, first).Slice()
		return err
	})
	if err != nil {
		return nil, err
	}
	keys, lines := items[string](reply), items[int64](reply)
	for i := 0; i+1 < len(reply); i += 2 {
		days = append(days, day{key: keys[i], lines: lines[i+1]})
	}
	slices.SortFunc(days, func(a, b day) int { return strings.Compare(a.key, b.key) })
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
