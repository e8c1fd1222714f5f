package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
)

// stage is a server in virtual time: each call takes a second (one that stops the sweep half of it) and ends as the script
// of its endpoint says.
type stage struct {
	mu       sync.Mutex
	missing  map[string]int
	scripts  map[string][]engine.Result // one per call; afterwards every call counts
	begun    []string                   // "name@second", in the order of the calls
	start    time.Time
	inFlight map[string]int
	most     map[string]int
}

func newStage() *stage {
	return &stage{
		missing: map[string]int{}, scripts: map[string][]engine.Result{}, start: time.Now(),
		inFlight: map[string]int{}, most: map[string]int{},
	}
}

func (s *stage) job(name, group string, missing int, script ...engine.Result) engine.Job {
	s.missing[name], s.scripts[name] = missing, script
	return engine.Job{
		Name: name, Group: group,
		Missing: func() int { s.mu.Lock(); defer s.mu.Unlock(); return s.missing[name] },
		Call: func(ctx context.Context, attempt int) engine.Result {
			s.mu.Lock()
			s.begun = append(s.begun, fmt.Sprintf("%s@%d", name, int(time.Since(s.start).Seconds())))
			s.inFlight[name]++
			s.most[name] = max(s.most[name], s.inFlight[name])
			r := engine.Result{Disposition: engine.Counted}
			if script := s.scripts[name]; len(script) > 0 {
				r, s.scripts[name] = script[0], script[1:]
			}
			s.mu.Unlock()
			took := time.Second
			if r.Disposition == engine.StopSweep {
				took /= 2 // it ends before the calls that left with it
			}
			time.Sleep(took)
			s.mu.Lock()
			defer s.mu.Unlock()
			s.inFlight[name]--
			if r.Disposition == engine.Counted {
				s.missing[name]--
			}
			return r
		},
	}
}

func wide(string) int { return 10 }

var errBoom = errors.New("boom")

var serverError, _ = retry.Call(503)

// TestJobsOfOneKeyShareWhatIsMissing: two endpoints of one operation do not both send what one of them can.
func TestJobsOfOneKeyShareWhatIsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		a, b := s.job("a", "light", 7), s.job("b", "light", 7)
		missing := 7
		for _, j := range []*engine.Job{&a, &b} {
			call := j.Call
			j.Key = "op"
			j.Missing = func() int { s.mu.Lock(); defer s.mu.Unlock(); return missing }
			j.Call = func(ctx context.Context, attempt int) engine.Result {
				r := call(ctx, attempt)
				s.mu.Lock()
				defer s.mu.Unlock()
				missing--
				return r
			}
		}
		out, err := engine.Run(t.Context(), engine.Config{Jobs: []engine.Job{a, b}, Width: wide})
		require.NoError(t, err)
		assert.Equal(t, 7, out[0].Sent+out[1].Sent)
		assert.Positive(t, out[0].Sent)
		assert.Positive(t, out[1].Sent)
	})
}

func TestRunSendsWhatIsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		jobs := []engine.Job{s.job("a", "light", 5), s.job("b", "heavy", 2), s.job("c", "light", 0)}
		out, err := engine.Run(t.Context(), engine.Config{Jobs: jobs, Width: wide})
		require.NoError(t, err)
		assert.Equal(t, []engine.Outcome{
			{Name: "a", Sent: 5, Successes: 5}, {Name: "b", Sent: 2, Successes: 2}, {Name: "c"},
		}, out)
		assert.Equal(t, 2*time.Second, time.Since(s.start), "a canary of each, then all the rest at once")
	})
}

func TestCanariesGoReadsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		w := s.job("write", "light", 3)
		w.Write = true
		proven := s.job("proven", "light", 1)
		proven.Proven = true
		_, err := engine.Run(t.Context(), engine.Config{Jobs: []engine.Job{w, proven, s.job("read", "light", 3)}, Width: wide})
		require.NoError(t, err)
		assert.Equal(t, "read@0", s.begun[0])
		assert.Equal(t, "write@1", s.begun[1], "a write's canary waits for the reads'")
		assert.Equal(t, 1, s.most["write"], "a write is never in flight twice")
		assert.Contains(t, s.begun, "proven@2", "the rest of a group waits for its canaries")
	})
}

func TestWidthBoundsAGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		a := s.job("a", "heavy", 9)
		a.Proven = true
		_, err := engine.Run(t.Context(), engine.Config{Jobs: []engine.Job{a}, Width: func(string) int { return 3 }})
		require.NoError(t, err)
		assert.Equal(t, 3, s.most["a"])
		assert.Equal(t, 3*time.Second, time.Since(s.start))
	})
}

func TestResults(t *testing.T) {
	retry := engine.Result{Disposition: engine.Retry, Rule: serverError, Err: errBoom}
	for _, tc := range []struct {
		name    string
		script  []engine.Result
		state   engine.State
		sent    int
		seconds int
		stopped bool
	}{
		{"one server error is repeated after two seconds", []engine.Result{retry}, engine.Met, 2, 4, false},
		{"the server says how long to wait", []engine.Result{{Disposition: engine.Retry, Rule: serverError, Err: errBoom, After: 20 * time.Second}}, engine.Met, 2, 22, false},
		{"five in a row are enough", slices.Repeat([]engine.Result{retry}, 5), engine.Failed, 5, 5 + 2 + 4 + 8 + 16, false},
		{"a refusal is not repeated", []engine.Result{{Disposition: engine.GiveUp, Err: errBoom}}, engine.Failed, 1, 1, false},
		{"no token, no sweep", []engine.Result{{Disposition: engine.StopSweep, Err: errBoom}}, engine.Unfinished, 1, 0, true},
		{"abandoned", []engine.Result{{Disposition: engine.Abandoned, Err: errBoom}}, engine.Unfinished, 0, 1, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage()
				out, err := engine.Run(t.Context(), engine.Config{Jobs: []engine.Job{s.job("a", "light", 1, tc.script...)}, Width: wide})
				assert.Equal(t, tc.state.String(), out[0].State.String())
				assert.Equal(t, tc.sent, out[0].Sent)
				assert.Equal(t, tc.seconds, int(time.Since(s.start).Seconds()))
				if tc.state != engine.Met {
					assert.ErrorIs(t, out[0].Err, errBoom)
				}
				assert.Equal(t, tc.stopped, err != nil)
			})
		})
	}
}

func TestStopSweepLeavesTheOthersUnfinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		jobs := []engine.Job{
			s.job("a", "light", 5, engine.Result{Disposition: engine.StopSweep, Err: errBoom}), s.job("b", "heavy", 5), s.job("c", "heavy", 0),
		}
		out, err := engine.Run(t.Context(), engine.Config{Jobs: jobs, Width: func(string) int { return 1 }})
		require.ErrorIs(t, err, errBoom)
		assert.Equal(t, engine.Unfinished, out[0].State)
		assert.Equal(t, engine.Unfinished, out[1].State)
		assert.ErrorIs(t, out[1].Err, errBoom)
		assert.Equal(t, 1, out[1].Sent, "the call in flight ends, no other begins")
		assert.Equal(t, engine.Met, out[2].State)
	})
}

func TestGovernorRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		proven := s.job("proven", "light", 2)
		proven.Proven = true
		errs := 0
		jobs := []engine.Job{
			s.job("bad", "light", 5, engine.Result{Disposition: engine.GiveUp, Err: errBoom}), s.job("good", "light", 5), proven,
		}
		var asked []int
		cfg := engine.Config{
			Jobs: jobs, Width: wide,
			Govern: func(inFlight int) error {
				asked = append(asked, inFlight)
				if inFlight+errs > 0 {
					return errors.New("one more would be too many")
				}
				return nil
			},
			Notify: func(e engine.Event) {
				if e.Err != nil {
					errs++
				}
			},
		}
		out, err := engine.Run(t.Context(), cfg)
		require.NoError(t, err)
		assert.Equal(t, engine.Failed, out[0].State)
		assert.Equal(t, engine.Refused, out[1].State)
		assert.Zero(t, out[1].Sent)
		assert.Equal(t, engine.Met, out[2].State, "a proven endpoint is not asked about")
		assert.Contains(t, asked, 1, "a risky call in flight counts before its end is known")
	})
}

func TestInterruptAwaitsTheCallsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(2500*time.Millisecond, func() { cancel(errBoom) })
		backoff := s.job("slow", "heavy", 1, engine.Result{Disposition: engine.Retry, Rule: serverError, Err: errors.New("503"), After: time.Hour})
		out, err := engine.Run(ctx, engine.Config{Jobs: []engine.Job{s.job("a", "light", 9), backoff}, Width: func(string) int { return 1 }})
		require.NoError(t, err)
		assert.Equal(t, 3*time.Second, time.Since(s.start))
		assert.Equal(t, engine.Outcome{Name: "a", State: engine.Unfinished, Sent: 3, Successes: 3, Err: errBoom}, out[0])
		assert.Equal(t, engine.Unfinished, out[1].State, "a back-off does not outlast the sweep")
	})
}

func TestOthersMakeCallsToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		list := s.job("list", "light", 5)
		create := s.job("create", "medium", 5)
		create.Write = true
		call := create.Call
		create.Call = func(ctx context.Context, attempt int) engine.Result { // its preparation lists as well
			s.mu.Lock()
			s.missing["list"]--
			s.mu.Unlock()
			return call(ctx, attempt)
		}
		out, err := engine.Run(t.Context(), engine.Config{Jobs: []engine.Job{create, list}, Width: func(string) int { return 1 }})
		require.NoError(t, err)
		assert.Equal(t, engine.Met, out[1].State)
		assert.Less(t, out[1].Sent, 5)
	})
}
