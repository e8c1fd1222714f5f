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

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// scene is a server that counts, and any number of sweeps on one ledger, in virtual time.
type scene struct {
	t     *testing.T
	store ledger.Store
	rnd   *rand.Rand
	fail  func(op rcapi.Operation, n int) int // status of the nth call of an operation; nil: 200

	mu       sync.Mutex
	ids      int
	sent     map[string]int // by operation id
	good     map[string]int
	inFlight map[string]int
	most     map[string]int
}

func newScene(t *testing.T, store ledger.Store, seed uint64) *scene {
	return &scene{
		t: t, store: store, rnd: rand.New(rand.NewPCG(seed, 9)), sent: map[string]int{}, good: map[string]int{},
		inFlight: map[string]int{}, most: map[string]int{},
	}
}

func declared(ops ...rcapi.Operation) planner.Input {
	in := planner.Input{
		Policy: criteria.Graduation,
		Limits: func(string) (window.Limit, bool) { return window.Limit{Calls: 10, Per: time.Minute}, true },
	}
	for _, op := range ops {
		in.Endpoints = append(in.Endpoints, planner.Endpoint{Name: op.ID, Op: op})
		if op.Scope != "" {
			in.Scopes = append(in.Scopes, op.Scope)
		}
	}
	return in
}

// call is what a process does with a booked call: it sends it and records the outcome.
func (s *scene) call(ctx context.Context, session *claims.Session, op rcapi.Operation, claim string) engine.Result {
	s.mu.Lock()
	s.sent[op.ID]++
	s.inFlight[op.ID]++
	s.most[op.ID] = max(s.most[op.ID], s.inFlight[op.ID])
	s.ids++
	id, status := fmt.Sprint("attempt-", s.ids), 200
	if s.fail != nil {
		status = s.fail(op, s.sent[op.ID])
	}
	took := time.Duration(10+s.rnd.IntN(40)) * time.Millisecond
	s.mu.Unlock()
	sent := time.Now()
	select {
	case <-time.After(took):
	case <-ctx.Done(): // the process was killed: the server has counted the call, and no record says so
		s.mu.Lock()
		s.inFlight[op.ID]--
		s.mu.Unlock()
		return engine.Result{Disposition: engine.Abandoned, Err: ctx.Err()}
	}
	s.mu.Lock()
	s.inFlight[op.ID]--
	if status == 200 {
		s.good[op.ID]++
	}
	s.mu.Unlock()
	r := ledger.Record{
		Kind: ledger.Done, ID: id, At: time.Now(), Sent: sent, Op: op.ID, Method: op.Method, Path: op.Path, Groups: op.Groups(),
		Status: status, Claim: claim, Endpoint: op.ID, Stage: ledger.StageCall, OAuth: op.OAuth(),
	}
	if op.Scope != "" {
		r.Scopes = []string{string(op.Scope)}
	}
	assert.NoError(s.t, s.store.Append(context.Background(), r))
	session.Add(r)
	if rule, again := retry.Call(status); again {
		return engine.Result{Disposition: engine.Retry, Rule: rule, Err: fmt.Errorf("answered %d", status)}
	}
	if status != 200 {
		return engine.Result{Disposition: engine.GiveUp, Err: fmt.Errorf("answered %d", status)}
	}
	return engine.Result{Disposition: engine.Counted}
}

// sweep is one process. It dies when ctx ends.
func (s *scene) sweep(ctx context.Context, in planner.Input) []engine.Outcome {
	session, err := claims.Open(ctx, claims.SessionConfig{Store: s.store, Since: time.Now().Add(-time.Hour), Plan: in, Limit: func(string) int { return 10 }})
	if ctx.Err() != nil || !assert.NoError(s.t, err) {
		return nil
	}
	defer session.Close()
	var jobs []engine.Job
	for _, e := range in.Endpoints {
		group := ""
		if g := e.Op.Groups(); len(g) > 0 {
			group = g[0]
		}
		jobs = append(jobs, engine.Job{Name: e.Name, Group: group, Call: func(_ context.Context, _ int, claim string) engine.Result {
			return s.call(ctx, session, e.Op, claim)
		}})
	}
	out, err := engine.Run(ctx, engine.Config{Jobs: jobs, Booker: killed{session, ctx}, Width: func(string) int { return 10 }})
	if ctx.Err() == nil {
		assert.NoError(s.t, err)
	}
	return out
}

// killed is a session whose process releases nothing once it is dead.
type killed struct {
	*claims.Session
	ctx context.Context
}

func (k killed) Release(ctx context.Context, claim string) error {
	if k.ctx.Err() != nil {
		return nil
	}
	return k.Session.Release(ctx, claim)
}

func (s *scene) total() (n int) {
	for _, k := range s.sent {
		n += k
	}
	return n
}

var someOps = []rcapi.Operation{rcapi.ReadExtension, rcapi.ListMessages, rcapi.ReadUserCallLog, rcapi.CreateSMSMessage}

// TestSessionsSendWhatOneWould: any number of processes, started together or apart, send exactly what one would.
func TestSessionsSendWhatOneWould(t *testing.T) {
	for _, n := range []int{1, 2, 4, 8, 16, 32} {
		for _, apart := range []time.Duration{0, 200 * time.Millisecond} {
			t.Run(fmt.Sprint(n, " ", apart), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newScene(t, ledger.NewMemory(), uint64(n))
					var all sync.WaitGroup
					for i := range n {
						all.Go(func() {
							time.Sleep(time.Duration(i) * apart)
							for _, o := range s.sweep(t.Context(), declared(someOps...)) {
								assert.Equal(t, engine.Met, o.State, "%s: %v", o.Name, o.Err)
							}
						})
					}
					all.Wait()
					assert.Equal(t, 21, s.total())
					assert.Equal(t, 5, s.sent[rcapi.CreateSMSMessage.ID], "each costs money")
					assert.Equal(t, 1, s.most[rcapi.CreateSMSMessage.ID], "one change at a time, over all processes")
				})
			})
		}
	}
}

// TestSessionsSurviveDeaths: processes die at any moment, between booking and sending and recording. What they leave
// open the others do, and no call is sent more often than it is needed, but for those that were cut off.
func TestSessionsSurviveDeaths(t *testing.T) {
	for seed := range uint64(200) {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(t, ledger.NewMemory(), seed)
			lives := rand.New(rand.NewPCG(seed, 1))
			var all sync.WaitGroup
			for i := range 8 {
				ctx := t.Context()
				if i > 0 { // one lives
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, time.Duration(lives.IntN(400))*time.Millisecond)
					defer cancel()
				}
				all.Go(func() { s.sweep(ctx, declared(someOps...)) })
			}
			all.Wait()
			for _, op := range someOps {
				assert.GreaterOrEqual(t, s.good[op.ID], 5, "seed %d: %s", seed, op.ID)
			}
			recorded := 0
			for _, n := range s.good {
				recorded += n
			}
			assert.Equal(t, 21, recorded, "seed %d: no success is made twice", seed)
			assert.LessOrEqual(t, s.most[rcapi.CreateSMSMessage.ID], 1)
		})
	}
}

// TestFailuresAreShared: an endpoint that is refused in one process is not tried in the others, and one that the server
// fails is tried five times by all of them together.
func TestFailuresAreShared(t *testing.T) {
	for status, tries := range map[int]int{403: 1, 503: 5} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(t, ledger.NewMemory(), 1)
				s.fail = func(op rcapi.Operation, n int) int {
					if op.ID == rcapi.ReadUserCallLog.ID {
						return status
					}
					return 200
				}
				var all sync.WaitGroup
				for range 6 {
					all.Go(func() {
						for _, o := range s.sweep(t.Context(), declared(someOps...)) {
							assert.Equal(t, o.Name == rcapi.ReadUserCallLog.ID, o.State == engine.Failed, "%s: %v", o.Name, o.Err)
						}
					})
				}
				all.Wait()
				assert.Equal(t, tries, s.sent[rcapi.ReadUserCallLog.ID])
			})
		})
	}
}

// TestClocksThatAreAhead: successes that another machine's clock dates into the near future are not made again.
func TestClocksThatAreAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, ledger.NewMemory(), 1)
		op := rcapi.ReadExtension
		for i := range 20 {
			at := time.Now().Add(5 * time.Minute)
			require.NoError(t, s.store.Append(t.Context(), ledger.Record{
				Kind: ledger.Done, ID: fmt.Sprint("ahead-", i), At: at, Sent: at, Op: op.ID, Method: op.Method, Path: op.Path,
				Groups: op.Groups(), Status: 200, Scopes: []string{string(op.Scope)},
			}))
		}
		out := s.sweep(t.Context(), declared(op))
		require.Equal(t, engine.Met, out[0].State)
		assert.Equal(t, 1, out[0].Sent)
	})
}
