package redisstore

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Lines are read by the page, and a few pages with one exchange.
const (
	pageLines = 256
	pageBatch = 8
)

// Records yields what was there when the iteration began; see [ledger.Store]. A damaged line is yielded as a
// [*ledger.DamageError] or a [*ledger.VersionError] and the iteration goes on; an [*Error] and ctx's error end it.
func (s *Store) Records(ctx context.Context, since time.Time) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		pages, err := s.pages(ctx, since)
		for len(pages) > 0 && err == nil {
			batch := pages[:min(pageBatch, len(pages))]
			pages = pages[len(batch):]
			var lines []string
			if lines, err = s.read(ctx, batch); err != nil {
				break
			}
			for _, line := range lines {
				if ctx.Err() != nil {
					yield(ledger.Record{}, ctx.Err())
					return
				}
				r, fault := ledger.Decode([]byte(line))
				if fault == nil && r.At.Before(since) {
					continue
				}
				if !yield(r, fault) {
					return
				}
			}
		}
		if err != nil {
			yield(ledger.Record{}, err)
		}
	}
}

// page is a part of a day.
type page struct {
	key      string
	from, to int64
}

// pages lists what there is of since's UTC day and later ones, in order.
func (s *Store) pages(ctx context.Context, since time.Time) (all []page, err error) {
	var days []string
	err = s.try(ctx, "read", func(ctx context.Context) error {
		days, err = s.client.ZRange(ctx, s.key("days"), 0, -1).Result()
		return err
	})
	if err != nil {
		return nil, err
	}
	first := s.key("day", since.UTC().Format(dayLayout))
	days = slices.DeleteFunc(days, func(key string) bool { return strings.Compare(key, first) < 0 })
	slices.Sort(days)
	if len(days) == 0 {
		return nil, nil
	}
	counts := make([]*redis.IntCmd, len(days))
	err = s.try(ctx, "read", func(ctx context.Context) error {
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, key := range days {
				counts[i] = p.ZCard(ctx, key)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, key := range days {
		for n := counts[i].Val(); n > 0; n -= pageLines {
			from := counts[i].Val() - n
			all = append(all, page{key, from, from + min(n, pageLines) - 1})
		}
	}
	return all, nil
}

func (s *Store) read(ctx context.Context, pages []page) (lines []string, err error) {
	err = s.try(ctx, "read", func(ctx context.Context) error {
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
