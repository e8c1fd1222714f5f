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

// stage is a booker and a server in virtual time. It books all calls that are missing and not yet booked. Each call
// takes a second (one that stops the sweep half of it) and ends as the script of its endpoint says.
type stage struct {
	mu       sync.Mutex
	groups   map[string]string
	missing  map[string]int
	booked   map[string]string          // endpoint by claim
	refuse   map[string]error           // offers to refuse
	scripts  map[string][]engine.Result // one per call; afterwards every call counts
	begun    []string                   // "name@second", in the order of the calls
	start    time.Time
	inFlight map[string]int
	most     map[string]int
	changed  chan struct{}
	claims   int
}

func newStage() *stage {
	return &stage{
		groups: map[string]string{}, missing: map[string]int{}, booked: map[string]string{}, refuse: map[string]error{},
		scripts: map[string][]engine.Result{}, start: time.Now(), inFlight: map[string]int{}, most: map[string]int{},
		changed: make(chan struct{}),
	}
}

func (s *stage) job(name, group string, missing int, script ...engine.Result) engine.Job {
	s.missing[name], s.scripts[name], s.groups[name] = missing, script, group
	return engine.Job{
		Name: name, Group: group,
		Call: func(ctx context.Context, attempt int, claim string) engine.Result {
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

func (s *stage) Next(_ context.Context, offers []engine.Offer, room func(string) int) (engine.Decision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := engine.Decision{Refused: map[string]error{}}
	begun := map[string]int{}
	for _, o := range offers {
		if err := s.refuse[o.Name]; err != nil {
			d.Refused[o.Name] = err
			continue
		}
		if time.Now().Before(o.NotBefore) && s.missing[o.Name] > 0 {
			d.Open, d.Wake = true, o.NotBefore
			continue
		}
		n := s.missing[o.Name]
		d.Open = d.Open || n > 0
		for _, name := range s.booked {
			if name == o.Name {
				n--
			}
		}
		g := s.groups[o.Name]
		for ; n > 0 && room(g)-begun[g] > 0; n-- {
			s.claims++
			id := fmt.Sprint(s.claims)
			s.booked[id] = o.Name
			begun[g]++
			d.Begin = append(d.Begin, engine.Begin{Name: o.Name, Claim: id})
		}
	}
	return d, nil
}

func (s *stage) Release(_ context.Context, claim string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.booked, claim)
	return nil
}

func (s *stage) Wait(ctx context.Context) error {
	s.mu.Lock()
	changed := s.changed
	s.mu.Unlock()
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *stage) Missing([]string) map[string]int { return s.missing }

// run runs the jobs with that many calls of a group in flight.
func (s *stage) run(ctx context.Context, width int, jobs ...engine.Job) ([]engine.Outcome, error) {
	return engine.Run(ctx, engine.Config{Jobs: jobs, Booker: s, Width: func(string) int { return width }})
}

var errBoom = errors.New("boom")

var serverError, _ = retry.Call(503)

func TestRunSendsWhatIsBooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		out, err := s.run(t.Context(), 10, s.job("a", "light", 5), s.job("b", "heavy", 2), s.job("c", "light", 0))
		require.NoError(t, err)
		assert.Equal(t, []engine.Outcome{
			{Name: "a", Sent: 5, Successes: 5}, {Name: "b", Sent: 2, Successes: 2}, {Name: "c"},
		}, out)
		assert.Equal(t, time.Second, time.Since(s.start))
	})
}

func TestWidthBoundsAGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		_, err := s.run(t.Context(), 3, s.job("a", "heavy", 9))
		require.NoError(t, err)
		assert.Equal(t, 3, s.most["a"])
		assert.Equal(t, 3*time.Second, time.Since(s.start))
	})
}

func TestResults(t *testing.T) {
	again := engine.Result{Disposition: engine.Retry, Rule: serverError, Err: errBoom}
	told := again
	told.After = 20 * time.Second
	for _, tc := range []struct {
		name    string
		script  []engine.Result
		state   engine.State
		sent    int
		seconds int
		stopped bool
	}{
		{"one server error is repeated after two seconds", []engine.Result{again}, engine.Met, 2, 4, false},
		{"the server says how long to wait", []engine.Result{told}, engine.Met, 2, 22, false},
		{"five in a row are enough", slices.Repeat([]engine.Result{again}, 5), engine.Failed, 5, 5 + 2 + 4 + 8 + 16, false},
		{"a refusal is not repeated", []engine.Result{{Disposition: engine.GiveUp, Err: errBoom}}, engine.Failed, 1, 1, false},
		{"no token, no sweep", []engine.Result{{Disposition: engine.StopSweep, Err: errBoom}}, engine.Unfinished, 1, 0, true},
		{"abandoned", []engine.Result{{Disposition: engine.Abandoned, Err: errBoom}}, engine.Unfinished, 0, 1, false},
		{"superfluous, and then needed again", []engine.Result{{Disposition: engine.Unneeded}}, engine.Met, 1, 2, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage()
				out, err := s.run(t.Context(), 10, s.job("a", "light", 1, tc.script...))
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
		stop := engine.Result{Disposition: engine.StopSweep, Err: errBoom}
		out, err := s.run(t.Context(), 1, s.job("a", "light", 5, stop), s.job("b", "heavy", 5), s.job("c", "heavy", 0))
		require.ErrorIs(t, err, errBoom)
		assert.Equal(t, engine.Unfinished, out[0].State)
		assert.Equal(t, engine.Unfinished, out[1].State)
		assert.ErrorIs(t, out[1].Err, errBoom)
		assert.Equal(t, 1, out[1].Sent, "the call in flight ends, no other begins")
		assert.Equal(t, engine.Met, out[2].State)
	})
}

func TestRefusedOffersAreGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.refuse["bad"] = errBoom
		out, err := s.run(t.Context(), 10, s.job("bad", "light", 5), s.job("good", "light", 2))
		require.NoError(t, err)
		assert.Equal(t, engine.Refused, out[0].State)
		assert.ErrorIs(t, out[0].Err, errBoom)
		assert.Zero(t, out[0].Sent)
		assert.Equal(t, engine.Met, out[1].State)
	})
}

func TestInterruptAwaitsTheCallsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(2500*time.Millisecond, func() { cancel(errBoom) })
		slow := s.job("slow", "heavy", 1, engine.Result{Disposition: engine.Retry, Rule: serverError, Err: errors.New("503"), After: time.Hour})
		out, err := s.run(ctx, 1, s.job("a", "light", 9), slow)
		require.NoError(t, err)
		assert.Equal(t, 3*time.Second, time.Since(s.start))
		assert.Equal(t, engine.Outcome{Name: "a", State: engine.Unfinished, Sent: 3, Successes: 3, Err: errBoom}, out[0])
		assert.Equal(t, engine.Unfinished, out[1].State, "a back-off does not outlast the sweep")
	})
}

// TestWaitsForTheWorkOfOthers: what is missing is booked elsewhere; the sweep ends when it is there.
func TestWaitsForTheWorkOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		a := s.job("a", "light", 2)
		s.booked["theirs 1"], s.booked["theirs 2"] = "a", "a"
		time.AfterFunc(7*time.Second, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.missing["a"] = 1 // one succeeded, the other was given back
			clear(s.booked)
			close(s.changed)
			s.changed = make(chan struct{})
		})
		out, err := s.run(t.Context(), 10, a)
		require.NoError(t, err)
		assert.Equal(t, engine.Outcome{Name: "a", State: engine.Met, Sent: 1, Successes: 1}, out[0])
		assert.Equal(t, 8*time.Second, time.Since(s.start))
	})
}

// held is a booker that begins nothing in a decision that refuses something: the others have waited for that job.
type held struct{ *stage }

func (h held) Next(ctx context.Context, offers []engine.Offer, room func(string) int) (engine.Decision, error) {
	for _, o := range offers {
		if err := h.refuse[o.Name]; err != nil {
			return engine.Decision{Refused: map[string]error{o.Name: err}, Open: true}, nil
		}
	}
	return h.stage.Next(ctx, offers, room)
}

// TestRefusalIsNoEnd: the others go on although nothing else changes.
func TestRefusalIsNoEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.refuse["bad"] = errBoom
		jobs := []engine.Job{s.job("good", "light", 2), s.job("bad", "light", 5)}
		out, err := engine.Run(t.Context(), engine.Config{Jobs: jobs, Booker: held{s}})
		require.NoError(t, err)
		assert.Equal(t, []engine.Outcome{
			{Name: "good", Sent: 2, Successes: 2}, {Name: "bad", State: engine.Refused, Err: errBoom},
		}, out)
		assert.Equal(t, 2*time.Second, time.Since(s.start))
	})
}
