package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// claimCases are the requirements of a Store that is a [ledger.Claimer]. Other stores pass them.
var claimCases = []storeCase{
	{"claims are booked in one step", "between what decide has seen and what it appends, nothing else is appended", checkBooking},
	{"claims see each record once", "a record is fresh once, in the order of appending, and what decide appended is not", checkFresh},
	{"claims show who is there", "a session is alive until it is closed, for every other handle", checkLife},
	{"claims wait for changes", "Wait returns after an append, and when its context ends", checkWait},
	{"claims refuse what may not be kept", "Update appends all of the records or none", checkClaimRefused},
	{"claims end", "a closed session reports ErrClosed", checkClaimEnded},
}

// openClaims opens a session on a new handle; nil for a store that has no claims.
func openClaims(ctx context.Context, open OpenStore) (ledger.Claims, error) {
	s, err := open()
	if err != nil {
		return nil, err
	}
	c, ok := s.(ledger.Claimer)
	if !ok {
		return nil, nil
	}
	return c.Claims(ctx, noon.Add(-time.Hour))
}

func claimed(c ledger.Claims, id string) ledger.Record {
	return ledger.Record{
		Kind: ledger.Claimed, ID: id, At: noon, Op: "readExtension", Method: "GET", Endpoint: "own",
		Path: "/restapi/v1.0/account/{accountId}/extension/{extensionId}", Owner: c.Owner(),
	}
}

func checkBooking(ctx context.Context, open OpenStore) error {
	const sessions, needed = 8, 40
	var mu sync.Mutex
	var faults []error
	booked := 0
	var all sync.WaitGroup
	for i := range sessions {
		c, err := openClaims(ctx, open)
		if err != nil || c == nil {
			return err
		}
		defer c.Close()
		all.Go(func() {
			seen, mine := 0, 0
			for seen+mine < needed {
				var more int
				err := c.Update(ctx, func(v ledger.View) []ledger.Record {
					for _, r := range v.Fresh {
						if r.Kind == ledger.Claimed {
							seen++
						}
					}
					if more = 0; seen+mine < needed {
						more = 1
						return []ledger.Record{claimed(c, fmt.Sprint(i, "-", mine))}
					}
					return nil
				})
				mine += more
				if err != nil {
					mu.Lock()
					faults = append(faults, err)
					mu.Unlock()
					return
				}
			}
			mu.Lock()
			booked += mine
			mu.Unlock()
		})
	}
	all.Wait()
	if booked != needed {
		faults = append(faults, fmt.Errorf("%d sessions booked %d of %d calls", sessions, booked, needed))
	}
	return errors.Join(faults...)
}

func checkFresh(ctx context.Context, open OpenStore) error {
	s, err := open()
	if err != nil {
		return err
	}
	if err := s.Append(ctx, call("before", noon)); err != nil {
		return err
	}
	a, err := openClaims(ctx, open)
	if err != nil || a == nil {
		return err
	}
	defer a.Close()
	b, err := openClaims(ctx, open)
	if err != nil {
		return err
	}
	defer b.Close()
	var got []string
	step := func(c ledger.Claims, id string) error {
		return c.Update(ctx, func(v ledger.View) []ledger.Record {
			if c == a {
				for _, r := range v.Fresh {
					got = append(got, r.ID)
				}
			}
			if id == "" {
				return nil
			}
			return []ledger.Record{claimed(c, id)}
		})
	}
	for _, do := range []func() error{
		func() error { return step(a, "mine") },
		func() error { return step(b, "theirs") },
		func() error { return s.Append(ctx, call("done", noon.Add(time.Second))) },
		func() error { return step(a, "") },
		func() error {
			return a.Read(ctx, func(v ledger.View) {
				for _, r := range v.Fresh {
					got = append(got, "again "+r.ID)
				}
			})
		},
	} {
		if err := do(); err != nil {
			return err
		}
	}
	if want := "[before theirs done]"; fmt.Sprint(got) != want {
		return fmt.Errorf("fresh were %v, not %s", got, want)
	}
	return nil
}

func checkLife(ctx context.Context, open OpenStore) error {
	a, err := openClaims(ctx, open)
	if err != nil || a == nil {
		return err
	}
	defer a.Close()
	b, err := openClaims(ctx, open)
	if err != nil {
		return err
	}
	life := func() (l ledger.Life, err error) {
		err = a.Read(ctx, func(v ledger.View) { l = v.Life(b.Owner()) })
		return l, err
	}
	if l, err := life(); err != nil || l != ledger.Alive {
		return errors.Join(err, fmt.Errorf("an open session is %d, not alive", l))
	}
	if err := b.Close(); err != nil {
		return err
	}
	if l, err := life(); err != nil || l != ledger.Dead {
		return errors.Join(err, fmt.Errorf("a closed session is %d, not dead", l))
	}
	return nil
}

func checkWait(ctx context.Context, open OpenStore) error {
	a, err := openClaims(ctx, open)
	if err != nil || a == nil {
		return err
	}
	defer a.Close()
	if err := a.Read(ctx, func(ledger.View) {}); err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	for short.Err() == nil { // it may return early
		_ = a.Wait(short)
	}
	s, err := open()
	if err != nil {
		return err
	}
	got := make(chan error, 1)
	go func() { got <- a.Wait(ctx) }()
	if err := s.Append(ctx, call("new", noon)); err != nil {
		return err
	}
	select {
	case err := <-got:
		return err
	case <-time.After(5 * time.Second):
		return errors.New("an append was not noticed in 5 s")
	}
}

func checkClaimRefused(ctx context.Context, open OpenStore) error {
	a, err := openClaims(ctx, open)
	if err != nil || a == nil {
		return err
	}
	defer a.Close()
	bad := claimed(a, "")
	err = a.Update(ctx, func(ledger.View) []ledger.Record { return []ledger.Record{claimed(a, "good"), bad} })
	if _, ok := errors.AsType[*ledger.InvalidError](err); !ok {
		return fmt.Errorf("a record without an ID gave the error %v", err)
	}
	return expect(ctx, open, time.Time{})
}

func checkClaimEnded(ctx context.Context, open OpenStore) error {
	a, err := openClaims(ctx, open)
	if err != nil || a == nil {
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	if err := a.Update(ctx, func(ledger.View) []ledger.Record { return nil }); !errors.Is(err, ledger.ErrClosed) {
		return fmt.Errorf("a closed session gave the error %v", err)
	}
	return a.Close()
}
