package claims_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// earlier appends calls of an hour ago.
func (s *scene) earlier(n, status int, op rcapi.Operation) {
	for range n {
		s.ids++
		at := time.Now().Add(-time.Hour)
		r := ledger.Record{
			Kind: ledger.Done, ID: fmt.Sprint("earlier-", s.ids), At: at, Sent: at, Op: op.ID, Method: op.Method, Path: op.Path,
			Groups: op.Groups(), Status: status,
		}
		if op.Scope != "" {
			r.Scopes = []string{string(op.Scope)}
		}
		require.NoError(s.t, s.store.Append(context.Background(), r))
	}
}

// TestTargetsFollowFromTheLedger: with any ledger at the start, several processes send what is missing, once:
// for endpoints, volume, dilution of errors, and the room for one more error of an endpoint that has yet to succeed.
func TestTargetsFollowFromTheLedger(t *testing.T) {
	own, log, sms := rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.CreateSMSMessage
	for _, tt := range []struct {
		name  string
		ops   []rcapi.Operation
		given func(s *scene)
		sent  map[string]int
		room  int // further calls of own that may have begun before the first call of log has ended
	}{
		{"endpoints", []rcapi.Operation{own, log, sms}, func(s *scene) { s.earlier(30, 200, own); s.earlier(3, 200, sms) },
			map[string]int{log.ID: 5, sms.ID: 2}, 0},
		{"volume", []rcapi.Operation{own, log}, func(s *scene) { s.earlier(7, 200, log) }, map[string]int{own.ID: 14}, 0},
		{"dilution", []rcapi.Operation{own, log}, func(s *scene) { s.earlier(15, 200, own); s.earlier(15, 200, log); s.earlier(2, 401, own) },
			map[string]int{own.ID: 9}, 0},
		// One error in 21 calls holds. A second one, which the first call of log could be, would need 41 calls: they are
		// planned, so that the call may be made, and those not booked yet are dropped once it has succeeded.
		{"room for one more error", []rcapi.Operation{own, log}, func(s *scene) { s.earlier(10, 200, own); s.earlier(1, 401, own) },
			map[string]int{own.ID: 10, log.ID: 5}, 15},
		{"an endpoint that failed: the app cannot be ready, so nothing more is sent for the share of errors", []rcapi.Operation{own, log}, func(s *scene) {
			s.earlier(10, 200, own)
			s.earlier(1, 401, own)
			s.fail = func(op rcapi.Operation, _ int) int { return map[string]int{own.ID: 200, log.ID: 401}[op.ID] }
		}, map[string]int{own.ID: 10, log.ID: 1}, 15},
		{"no room is needed once all have succeeded", []rcapi.Operation{own, log}, func(s *scene) { s.earlier(15, 200, own); s.earlier(5, 200, log); s.earlier(1, 401, own) },
			map[string]int{own.ID: 1}, 0},
	} {
		for _, processes := range []int{1, 6} {
			t.Run(fmt.Sprint(tt.name, " ", processes), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newScene(t, ledger.NewMemory(), 5)
					tt.given(s)
					var all sync.WaitGroup
					for range processes {
						all.Go(func() {
							for _, o := range s.sweep(t.Context(), declared(tt.ops...)) {
								failed := s.fail != nil && o.Name == log.ID
								assert.Equal(t, failed, o.State != engine.Met, "%s: %v", o.Name, o.Err)
							}
						})
					}
					all.Wait()
					assert.GreaterOrEqual(t, s.sent[own.ID], tt.sent[own.ID])
					assert.LessOrEqual(t, s.sent[own.ID], tt.sent[own.ID]+tt.room)
					for _, op := range []rcapi.Operation{log, sms} {
						assert.Equal(t, tt.sent[op.ID], s.sent[op.ID], op.ID)
					}
				})
			})
		}
	}
}

// TestBookingsStayWithinTheTargets reads the ledger after sweeps of random apps with failures and deaths: at no moment
// were there more successes and live claims than needed, more than one call of an endpoint before its first success, or
// a change before every read had succeeded.
func TestBookingsStayWithinTheTargets(t *testing.T) {
	ops := []rcapi.Operation{
		rcapi.ReadExtension, rcapi.ListMessages, rcapi.ReadUserCallLog, rcapi.CreateSMSMessage, rcapi.CreateContact, rcapi.ReadAccountInfo,
	}
	for seed := range uint64(40) {
		synctest.Test(t, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(seed, 4))
			rnd.Shuffle(len(ops), func(i, j int) { ops[i], ops[j] = ops[j], ops[i] })
			app := ops[:1+rnd.IntN(len(ops))]
			s := newScene(t, ledger.NewMemory(), seed)
			s.fail = func(rcapi.Operation, int) int {
				if seed%3 == 0 && s.rnd.IntN(8) == 0 {
					return 503
				}
				return 200
			}
			var all sync.WaitGroup
			for i := range 2 + rnd.IntN(5) {
				ctx := t.Context()
				if i > 0 && seed%2 == 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, time.Duration(rnd.IntN(500))*time.Millisecond)
					defer cancel()
				}
				all.Go(func() { s.sweep(ctx, declared(app...)) })
			}
			all.Wait()
			audit(t, s, app)
		})
	}
}

// audit follows the ledger record by record.
func audit(t *testing.T, s *scene, app []rcapi.Operation) {
	t.Helper()
	good, live := map[string]int{}, map[string]map[string]time.Time{} // by operation; claims with the time of their end
	total := max(21, 5*len(app))
	pending := map[string]bool{} // reads that have not succeeded yet
	for _, op := range app {
		pending[op.ID] = op.Reads()
		live[op.ID] = map[string]time.Time{}
	}
	for r, err := range s.store.Records(context.Background(), time.Time{}) {
		require.NoError(t, err)
		switch r.Kind {
		case ledger.Claimed:
			booked := 0
			for op, claims := range live {
				for id, end := range claims {
					if !end.IsZero() && !end.After(r.At) {
						delete(claims, id)
					}
				}
				booked += good[op] + len(claims)
			}
			if good[r.Op] == 0 {
				require.Empty(t, live[r.Op], "a second call of %s before the first has succeeded", r.Op)
			}
			if op, _ := rcapi.Lookup(r.Op); !op.Reads() {
				for other, open := range pending {
					require.False(t, open, "a change while %s has yet to succeed", other)
				}
			}
			live[r.Op][r.ID] = time.Time{}
			require.Less(t, booked, total, "%s is booked beyond what is needed", r.Op)
		case ledger.Unclaimed:
			if end, ok := live[r.Op][r.ID]; ok && (end.IsZero() || r.At.Before(end)) {
				live[r.Op][r.ID] = r.At
			}
		case ledger.Done:
			if r.Succeeded() {
				good[r.Op]++
				pending[r.Op] = false
				delete(live[r.Op], r.Claim)
			}
		}
	}
}

// TestOwnCallsCountAtOnce: what an existing test calls meanwhile is not sent again, but for one call that may have been
// in flight.
func TestOwnCallsCountAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, ledger.NewMemory(), 1)
		op, own := rcapi.CreateContact, 0 // one at a time
		var all sync.WaitGroup
		all.Go(func() {
			for range 10 {
				time.Sleep(25 * time.Millisecond)
				s.mu.Lock()
				own++
				s.earlier(1, 200, op)
				s.mu.Unlock()
			}
		})
		out := s.sweep(t.Context(), declared(op))
		s.mu.Lock()
		made := s.sent[op.ID] + own
		s.mu.Unlock()
		all.Wait()
		require.Equal(t, engine.Met, out[0].State)
		assert.Equal(t, 10, own)
		assert.Contains(t, []int{21, 22}, made)
	})
}
