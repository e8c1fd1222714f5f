package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

var storeCases = []storeCase{
	{"empty", "a new store holds nothing", func(ctx context.Context, open OpenStore) error {
		return expect(ctx, open, time.Time{})
	}},
	{"fields", "records are yielded with every field as appended, with times in UTC", checkFields},
	{"order", "the records of a day are yielded in the order in which they were appended", checkOrder},
	{"days", "days are yielded in chronological order, in whichever order they were appended", checkDays},
	{"durable", "records are visible to every handle opened after their Append returned", checkDurable},
	{"since", "Records omits the records before since and no others", checkSince},
	{"concurrent",
		"concurrent appends through several handles are all kept, once, and do not disturb readers", checkConcurrent},
	{"repeated", "a record that is appended again, as after a lost answer, counts as one call", checkRepeated},
	{"refused",
		"a record that is incomplete or contains personal data is refused, together with the others of its Append",
		checkRefused},
	{"own copy", "changing a record after Append does not change it in the store", checkOwnCopy},
	{"reentrant", "the body of a loop over Records may append and may break", checkReentrant},
	{"ended context",
		"nothing is appended with a context that has ended, and Append and Records return its error", checkEnded},
	{"closed",
		"after Close, if the store has one, every method fails with an error that matches ledger.ErrClosed",
		checkStoreClosed},
	{"follow",
		"a ledger.Follower yields each record that was appended since the last call, through every handle, once",
		checkFollow},
	{"survey", "a ledger.Surveyor finds what Records yields", checkSurvey},
	{"verify", "a ledger.Verifier counts records and calls", checkVerify},
	{"prune", "a ledger.Pruner deletes whole days before a time, and nothing else", checkPrune},
}

func expect(ctx context.Context, open OpenStore, since time.Time, want ...ledger.Record) error {
	got, err := collect(ctx, open, since)
	if err != nil {
		return err
	}
	if len(got) != len(want) {
		return fmt.Errorf("got %d records, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			return fmt.Errorf("record %d is %+v, want %+v", i+1, got[i], want[i])
		}
	}
	return nil
}

func checkFields(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	r := call("all-fields", noon)
	r.Latest, r.Code, r.OAuth, r.Fault, r.Partial = noon.Add(time.Minute), "CMN-102", true, true, true
	r.Signal = window.Signal{
		Group: "heavy", Limit: 10, Window: time.Minute, Remaining: 3, RetryAfter: time.Second, Refused: true,
	}
	r.Endpoint, r.Stage, r.Claim, r.Owner = "log", ledger.StageDo, "claim", "owner"
	r.Site, r.Test, r.Earlier = "crm/client.go:42", "TestSync/contacts", 2
	r.Granted = []string{"ReadCallLog", "SMS"}
	r.Waited = 38 * time.Second
	d := ledger.Record{Kind: ledger.Declared, ID: "declared", At: noon, Declared: &ledger.Declaration{
		App: "crm \"sync\"\n", Policy: "graduation", Scopes: []string{"ReadCallLog", "é"},
		Endpoints: []ledger.DeclaredEndpoint{{
			Name: "log", Op: "readUserCallLog", Method: "GET", Path: "/restapi", Group: "heavy", Scope: "ReadCallLog",
			Calls: 5, Prepare: true, Do: true, Cleanup: true,
		}},
	}}
	elsewhere := call("elsewhere", noon)
	elsewhere.At = noon.In(time.FixedZone("east", 5*3600))
	if err := s.Append(ctx, r, d, elsewhere); err != nil {
		return err
	}
	return expect(ctx, open, time.Time{}, r, d, call("elsewhere", noon))
}

func checkOrder(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	var want []ledger.Record
	for i := range 40 {
		// Neither the times nor the ids are in order.
		r := call(fmt.Sprint((i*17)%40), noon.Add(time.Duration((i*23)%40)*time.Second))
		want = append(want, r)
	}
	if err := s.Append(ctx, want[:25]...); err != nil {
		return err
	}
	for _, r := range want[25:] {
		if err := s.Append(ctx, r); err != nil {
			return err
		}
	}
	return expect(ctx, open, time.Time{}, want...)
}

func checkDays(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	midnight := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	a, b, c := call("a", midnight.Add(-1)), call("b", midnight), call("c", midnight.Add(24*time.Hour))
	if err := s.Append(ctx, c, a); err != nil {
		return err
	}
	if err := s.Append(ctx, b); err != nil {
		return err
	}
	return expect(ctx, open, time.Time{}, a, b, c)
}

func checkDurable(ctx context.Context, open OpenStore) error {
	var want []ledger.Record
	for i := range 5 {
		s, err := open()
		if err != nil {
			return err
		}
		r := call(fmt.Sprint(i), noon.Add(time.Duration(i)*time.Second))
		if err := s.Append(ctx, r); err != nil {
			return err
		}
		want = append(want, r)
		if err := expect(ctx, open, time.Time{}, want...); err != nil {
			return err
		}
	}
	return nil
}

func checkSince(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	var all []ledger.Record
	for _, at := range []time.Duration{-48 * time.Hour, -12*time.Hour - 1, -12 * time.Hour, -1, 0, 1, 36 * time.Hour} {
		all = append(all, call(at.String(), noon.Truncate(24*time.Hour).Add(12*time.Hour+at)))
	}
	if err := s.Append(ctx, all...); err != nil {
		return err
	}
	for i := range all {
		if err := expect(ctx, open, all[i].At.In(time.FixedZone("west", -9*3600)), all[i:]...); err != nil {
			return fmt.Errorf("since %v: %w", all[i].At, err)
		}
	}
	return expect(ctx, open, all[len(all)-1].At.Add(1))
}

func checkConcurrent(ctx context.Context, open OpenStore) error {
	const writers, each = 6, 20
	var wg sync.WaitGroup
	faults := make(chan error, 2*writers*each)
	for w := range writers {
		wg.Go(func() {
			s, err := open()
			if err != nil {
				faults <- err
				return
			}
			for i := range each {
				if err := s.Append(ctx, call(fmt.Sprintf("%d-%d", w, i), noon)); err != nil {
					faults <- err
				}
				if i%8 == w {
					if _, err := collect(ctx, open, time.Time{}); err != nil {
						faults <- fmt.Errorf("reading meanwhile: %w", err)
					}
				}
			}
		})
	}
	wg.Wait()
	close(faults)
	var all []error
	for err := range faults {
		all = append(all, err)
	}
	got, err := collect(ctx, open, time.Time{})
	if err = errors.Join(append(all, err)...); err != nil {
		return err
	}
	next := make(map[int]int) // of each writer
	for _, r := range got {
		var w, i int
		if _, err := fmt.Sscanf(r.ID, "%d-%d", &w, &i); err != nil || next[w] != i {
			return fmt.Errorf("record %s comes where %d-%d was due", r.ID, w, next[w])
		}
		next[w]++
	}
	if len(got) != writers*each {
		return fmt.Errorf("got %d records, want %d", len(got), writers*each)
	}
	return nil
}

func checkRepeated(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	again, err := open()
	if err != nil {
		return err
	}
	a, b := call("a", noon), call("b", noon.Add(time.Second))
	for _, batch := range [][]ledger.Record{{a}, {a, b}, {b, a}} {
		if err := errors.Join(s.Append(ctx, batch...), again.Append(ctx, batch...)); err != nil {
			return err
		}
	}
	all, err := collect(ctx, open, time.Time{})
	if err != nil {
		return err
	}
	v := criteria.Evaluate(criteria.Graduation, criteria.Want{}, slices.Values(all), noon.Add(time.Minute))
	if got := v.Successes; got != 2 {
		return fmt.Errorf("%d calls are counted, want 2", got)
	}
	return nil
}

func checkRefused(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	for name, spoil := range map[string]func(*ledger.Record){
		"no id":                 func(r *ledger.Record) { r.ID = "" },
		"no kind":               func(r *ledger.Record) { r.Kind = "" },
		"unknown kind":          func(r *ledger.Record) { r.Kind = "won" },
		"no time":               func(r *ledger.Record) { r.At = time.Time{} },
		"query in the path":     func(r *ledger.Record) { r.Path += "?phoneNumber=x" },
		"id in the path":        func(r *ledger.Record) { r.Path = "/restapi/v1.0/account/400131426008" },
		"tilde in the path":     func(r *ledger.Record) { r.Path = "/restapi/v1.0/account/~" },
		"number in the path":    func(r *ledger.Record) { r.Path = "/restapi/v1.0/number/+16505550100" },
		"address in the path":   func(r *ledger.Record) { r.Path = "/restapi/v1.0/user/ann@example.com" },
		"declaration in a call": func(r *ledger.Record) { r.Declared = &ledger.Declaration{} },
	} {
		bad := call("bad", noon)
		spoil(&bad)
		err := s.Append(ctx, call("good", noon), bad)
		if _, ok := errors.AsType[*ledger.InvalidError](err); !ok {
			return fmt.Errorf("%s: got error %v, want an InvalidError", name, err)
		}
		if err := expect(ctx, open, time.Time{}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func checkOwnCopy(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	r := call("mine", noon)
	if err := s.Append(ctx, r); err != nil {
		return err
	}
	r.Groups[0], r.Scopes[0] = "changed", "changed"
	return expect(ctx, open, time.Time{}, call("mine", noon))
}

func checkReentrant(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	if err := s.Append(ctx, call("a", noon), call("b", noon), call("c", noon)); err != nil {
		return err
	}
	n := 0
	for r, err := range s.Records(ctx, time.Time{}) {
		if err != nil {
			return err
		}
		if err := s.Append(ctx, call("after "+r.ID, noon)); err != nil {
			return err
		}
		if n++; n == 2 {
			break
		}
	}
	var want []ledger.Record
	for _, id := range []string{"a", "b", "c", "after a", "after b"} {
		want = append(want, call(id, noon))
	}
	return expect(ctx, open, time.Time{}, want...)
}

func checkEnded(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	if err := s.Append(ctx, call("a", noon)); err != nil {
		return err
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Append(ended, call("b", noon)); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("append: got error %v, want the error of the context", err)
	}
	if _, err := collect(ended, open, time.Time{}); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("records: got error %v, want the error of the context", err)
	}
	return expect(ctx, open, time.Time{}, call("a", noon))
}
