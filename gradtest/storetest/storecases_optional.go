package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// The cases in this file are about optional abilities of a Store. They pass for a store without the ability.

func checkStoreClosed(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	closer, ok := s.(io.Closer)
	if !ok {
		return nil
	}
	other, err := open()
	if err != nil {
		return err
	}
	if err := s.Append(ctx, call("a", noon)); err != nil {
		return err
	}
	var session ledger.Claims
	if c, ok := s.(ledger.Claimer); ok {
		if session, err = c.Claims(ctx, noon); err != nil {
			return err
		}
		defer session.Close()
	}
	if err := errors.Join(closer.Close(), closer.Close()); err != nil {
		return fmt.Errorf("close, twice: %w", err)
	}
	faults := everyMethod(ctx, s)
	if session != nil {
		maps.Copy(faults, everyClaim(ctx, session))
	}
	if err := mismatched(faults, ledger.ErrClosed); err != nil || same(s, other) {
		return err
	}
	return expect(ctx, func() (ledger.Store, error) { return other, nil }, time.Time{}, call("a", noon))
}

// same reports whether two handles are one store, so that closing one closes the other.
func same(a, b ledger.Store) bool { return reflect.TypeOf(a).Comparable() && a == b }

// everyMethod calls every method of the store and of its optional abilities and returns their errors by name.
func everyMethod(ctx context.Context, s ledger.Store) map[string]error {
	faults := map[string]error{"append": s.Append(ctx, call("b", noon)), "records": nil}
	for _, err := range s.Records(ctx, time.Time{}) {
		faults["records"] = err
	}
	if f, ok := s.(ledger.Follower); ok {
		_, faults["follow"] = f.Follow(ctx, noon)
	}
	if v, ok := s.(ledger.Surveyor); ok {
		_, faults["survey"] = v.Survey(ctx, noon)
	}
	if v, ok := s.(ledger.Verifier); ok {
		_, faults["verify"] = v.Verify(ctx)
	}
	if p, ok := s.(ledger.Pruner); ok {
		_, faults["prune"] = p.Prune(ctx, noon)
	}
	if c, ok := s.(ledger.Claimer); ok {
		session, err := c.Claims(ctx, noon)
		if err != nil {
			faults["claims"] = err
		} else {
			maps.Copy(faults, everyClaim(ctx, session))
			_ = session.Close()
		}
	}
	if g, ok := s.(ledger.Gater); ok {
		faults["admit"] = g.Gate(nil).Admit(ctx, ask("a", "g"))
	}
	return faults
}

// everyClaim calls what a session of claims needs the store for and returns the errors by name.
func everyClaim(ctx context.Context, c ledger.Claims) map[string]error {
	return map[string]error{
		"claims update": c.Update(ctx, func(ledger.View) []ledger.Record { return []ledger.Record{claimed(c, "c")} }),
		"claims read":   c.Read(ctx, func(ledger.View) {}),
	}
}

// mismatched joins what does not match the sentinel.
func mismatched(faults map[string]error, want error) error {
	var all []error
	for name, err := range faults {
		if !errors.Is(err, want) {
			all = append(all, fmt.Errorf("%s: got error %v, want one that matches %w", name, err, want))
		}
	}
	return errors.Join(all...)
}

func checkFollow(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	f, ok := s.(ledger.Follower)
	if !ok {
		return nil
	}
	other, err := open()
	if err != nil {
		return err
	}
	if err := s.Append(ctx, call("before", noon)); err != nil {
		return err
	}
	news, err := f.Follow(ctx, noon)
	if err != nil {
		return err
	}
	batches := [][]ledger.Record{nil, {call("a", noon), call("b", noon.Add(24*time.Hour))}, {call("c", noon)}, nil}
	for i, batch := range batches {
		if len(batch) > 0 {
			err = other.Append(ctx, batch[0])
			err = errors.Join(err, s.Append(ctx, batch[1:]...))
		}
		if err != nil {
			return err
		}
		var got []ledger.Record
		for r, err := range news(ctx) {
			if err != nil {
				return err
			}
			got = append(got, r)
		}
		if !slices.EqualFunc(got, batch, func(a, b ledger.Record) bool { return reflect.DeepEqual(a, b) }) {
			return fmt.Errorf("step %d: got %d records, want the %d new ones", i+1, len(got), len(batch))
		}
	}
	return nil
}

func checkSurvey(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	v, ok := s.(ledger.Surveyor)
	if !ok {
		return nil
	}
	declared := ledger.Record{Kind: ledger.Declared, ID: "declared", At: noon}
	declared.Declared = &ledger.Declaration{App: "crm-sync"}
	a, b, c := call("a", noon.Add(-1)), call("b", noon.Add(time.Hour)), call("c", noon.Add(time.Second))
	if err := s.Append(ctx, a, declared, b, c); err != nil {
		return err
	}
	for since, want := range map[time.Time]ledger.Survey{
		{}:                      {Records: 4, Last: noon.Add(time.Hour), Declared: []ledger.Record{declared}},
		noon:                    {Records: 3, Last: noon.Add(time.Hour), Declared: []ledger.Record{declared}},
		noon.Add(time.Minute):   {Records: 1, Last: noon.Add(time.Hour)},
		noon.Add(2 * time.Hour): {},
	} {
		got, err := v.Survey(ctx, since)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("since %v: got %+v, want %+v", since, got, want)
		}
	}
	return nil
}

func checkVerify(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	v, ok := s.(ledger.Verifier)
	if !ok {
		return nil
	}
	again := call("a", noon.Add(time.Second))
	if err := s.Append(ctx, call("a", noon), again, call("b", noon.Add(24*time.Hour))); err != nil {
		return err
	}
	got, err := v.Verify(ctx)
	if err = errors.Join(err, got.Err()); err != nil {
		return err
	}
	if got.Records != 3 || got.Calls != 2 || len(got.Files) != 2 || !slices.Equal(got.Twice, []string{"a"}) {
		return fmt.Errorf("got %+v, want 3 records of 2 calls on 2 days, a recorded twice", got)
	}
	return nil
}

func checkPrune(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	p, ok := s.(ledger.Pruner)
	if !ok {
		return nil
	}
	before, same := call("before", noon.Add(-24*time.Hour)), call("same", noon.Add(-time.Hour))
	after := call("after", noon.Add(24*time.Hour))
	if err := s.Append(ctx, before, same, after); err != nil {
		return err
	}
	for _, want := range []int{1, 0} {
		days, err := p.Prune(ctx, noon)
		if err != nil {
			return err
		}
		if days != want {
			return fmt.Errorf("deleted %d days, want %d", days, want)
		}
	}
	return expect(ctx, open, time.Time{}, same, after)
}

// CheckUnavailable checks a store that cannot be used: make its disk or its server fail, then call it. Every method,
// those of the optional abilities as well, must fail before ctx ends with an error that matches
// [ledger.ErrUnavailable].
func CheckUnavailable(ctx context.Context, s ledger.Store) error {
	if err := mismatched(everyMethod(ctx, s), ledger.ErrUnavailable); err != nil {
		return fmt.Errorf("storetest: unavailable: %w", err)
	}
	return nil
}

// CheckClaimsUnavailable is [CheckUnavailable] for a session of claims that was open before the store failed: it books
// nothing any more, and says why.
func CheckClaimsUnavailable(ctx context.Context, c ledger.Claims) error {
	if err := mismatched(everyClaim(ctx, c), ledger.ErrUnavailable); err != nil {
		return fmt.Errorf("storetest: unavailable: %w", err)
	}
	return nil
}
