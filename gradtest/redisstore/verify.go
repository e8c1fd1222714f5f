package redisstore

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Survey implements [ledger.Surveyor]. It reads all records since the given time. The error is an [*Error] or ctx's.
func (s *Store) Survey(ctx context.Context, since time.Time) (all ledger.Survey, err error) {
	for r, err := range s.Records(ctx, since) {
		switch {
		case errors.Is(err, ledger.ErrDamaged):
			all.Faults = append(all.Faults, err)
			continue
		case err != nil:
			return all, err
		}
		all.Records++
		if r.At.After(all.Last) {
			all.Last = r.At
		}
		if r.Kind == ledger.Declared {
			all.Declared = append(all.Declared, r)
		}
	}
	return all, nil
}

// Verify implements [ledger.Verifier]. It reads all records. Each day is reported as a file. The error is an [*Error]
// or ctx's.
func (s *Store) Verify(ctx context.Context) (rep ledger.Report, err error) {
	days, err := s.days(ctx, time.Time{})
	if err != nil {
		return rep, err
	}
	ends := make(map[string]bool) // true: found twice
	for _, d := range days {
		f := ledger.FileReport{Name: s.dayOf(d.key)}
		for _, p := range paged([]day{d}) {
			lines, err := s.read(ctx, []page{p})
			if err != nil {
				return rep, err
			}
			for _, line := range lines {
				f.Bytes += int64(len(line))
				r, err := ledger.Decode([]byte(line))
				if err != nil {
					rep.Faults = append(rep.Faults, err)
					continue
				}
				f.Records++
				if f.First.IsZero() || r.At.Before(f.First) {
					f.First = r.At
				}
				if r.At.After(f.Last) {
					f.Last = r.At
				}
				if r.Kind != ledger.Done {
					continue
				}
				twice, known := ends[r.ID]
				if known && !twice {
					rep.Twice = append(rep.Twice, r.ID)
				}
				ends[r.ID] = known
			}
		}
		rep.Records += f.Records
		rep.Files = append(rep.Files, f)
	}
	rep.Calls = len(ends)
	return rep, nil
}

// Prune implements [ledger.Pruner]. It is rarely needed: a day expires by itself five days after its last record.
func (s *Store) Prune(ctx context.Context, before time.Time) (days int, err error) {
	all, err := s.days(ctx, time.Time{})
	if err != nil {
		return 0, err
	}
	first := s.key("day", before.UTC().Format(dayLayout))
	all = slices.DeleteFunc(all, func(d day) bool { return d.key >= first })
	if len(all) == 0 {
		return 0, nil
	}
	err = s.retry(ctx, "prune", func(ctx context.Context) error {
		_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
			for _, d := range all {
				p.Del(ctx, d.key)
				p.ZRem(ctx, s.key("days"), d.key)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(all), nil
}

func (s *Store) dayOf(key string) string { return strings.TrimPrefix(key, s.key("day", "")) }
