package dashboard

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// records are the evidence in memory. Only the goroutine that follows the store changes it.
type records struct {
	store ledger.Store
	app   string // whose declaration counts; empty: the latest

	all      []ledger.Record // inside the horizon, in the order of the store
	declared *ledger.Record  // the latest declaration; nil: none
	fault    error           // a record cannot be read, so that no verdict is true

	news   func(context.Context) iter.Seq2[ledger.Record, error] // nil: the store is read anew each time
	recent map[key]bool                                          // read at the start, and may come as news again
	pruned time.Time
	every  time.Duration // how often it is asked for news
	cost   time.Duration // of reading everything
	read   time.Time
}

// key identifies a record.
type key struct {
	kind ledger.Kind
	id   string
	at   int64
}

func keyOf(r *ledger.Record) key { return key{r.Kind, r.ID, r.At.UnixNano()} }

// load reads everything that matters at now. A declaration may be older than the calls.
func (s *records) load(ctx context.Context, now time.Time) error {
	begin := time.Now()
	s.all, s.declared, s.fault, s.recent, s.pruned, s.read = nil, nil, nil, make(map[key]bool), now, now
	if f, ok := s.store.(ledger.Follower); ok && s.news == nil {
		news, err := f.Follow(ctx, now.Add(-evidence.Horizon))
		if err != nil {
			return err
		}
		s.news = news
	}
	for _, since := range []time.Time{now.Add(-evidence.Horizon), now.Add(-evidence.Reach), {}} {
		whole := since.Equal(now.Add(-evidence.Horizon))
		for r, err := range s.store.Records(ctx, since) {
			if err != nil {
				if err := s.failed(err); err != nil {
					return err
				}
				continue
			}
			switch {
			case whole:
				s.add(r)
				if r.At.After(now.Add(-time.Minute)) {
					s.recent[keyOf(&r)] = true
				}
			case r.Kind == ledger.Declared:
				s.declare(r)
			}
		}
		if s.declared != nil {
			break
		}
	}
	s.cost = time.Since(begin)
	return nil
}

// failed takes in an error of reading. It returns those after which reading makes no sense.
func (s *records) failed(err error) error {
	if _, torn := errors.AsType[*ledger.TornError](err); torn {
		return nil // it was never acknowledged
	}
	if errors.Is(err, ledger.ErrDamaged) {
		s.fault = cmp.Or(s.fault, err)
		return nil
	}
	return err
}

func (s *records) add(r ledger.Record) {
	s.declare(r)
	s.all = append(s.all, r)
}

// declare takes in a declaration unless a later one is known.
func (s *records) declare(r ledger.Record) {
	if r.Kind == ledger.Declared && (s.app == "" || r.Declared.App == s.app) &&
		(s.declared == nil || !r.At.Before(s.declared.At)) {
		s.declared = &r
	}
}

// update reads what is new and reports whether anything is.
func (s *records) update(ctx context.Context, now time.Time) (changed bool, err error) {
	if s.news == nil {
		if now.Sub(s.read) < max(4*s.every, 10*s.cost) {
			return false, nil
		}
		was := len(s.all)
		err := s.load(ctx, now)
		return len(s.all) != was, err
	}
	for r, err := range s.news(ctx) {
		if err != nil {
			if err := s.failed(err); err != nil {
				return changed, err
			}
			changed = true
			continue
		}
		if s.recent[keyOf(&r)] {
			continue
		}
		s.add(r)
		changed = true
	}
	if now.Sub(s.pruned) > 10*time.Minute {
		s.pruned, s.recent = now, nil // a clone, because snapshots share the old one
		s.all = slices.DeleteFunc(
			slices.Clone(s.all),
			func(r ledger.Record) bool { return r.At.Before(now.Add(-evidence.Horizon)) },
		)
	}
	return changed, nil
}
