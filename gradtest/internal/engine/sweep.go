package engine

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// Config of a sweep.
type Config struct {
	Jobs []Job

	// Width returns how many calls of a group may be in flight at once. Nil, or a result below 1: one.
	Width func(group string) int

	// Govern decides on a call that could fail, given the number of such calls in flight. An error refuses the call.
	// Nil refuses none.
	Govern func(inFlight int) error

	// Notify is called from the sweep's own goroutine after every call. Nil: not at all.
	Notify func(Event)
}

// Run calls every job until nothing is missing, and returns the outcomes in the order of the jobs. The first call of
// an endpoint that is not yet proven is a canary: canaries of reads go first, those of writes after them, and the
// rest of a group follows when its canaries are settled. When ctx ends, nothing new is sent and the calls in flight
// are awaited. The error is the reason for which the whole sweep stopped; nil when it ran to its end.
func Run(ctx context.Context, cfg Config) ([]Outcome, error) {
	s := &sweep{cfg: cfg, results: make(chan ended), groups: make(map[string]int), keys: make(map[string]int)}
	for i := range cfg.Jobs {
		s.runs = append(s.runs, &run{Job: &cfg.Jobs[i], proven: cfg.Jobs[i].Proven})
	}
	calls, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s.stop = stop
	s.loop(calls)
	return s.outcomes(ctx), s.stopped
}

// sweep belongs to the goroutine that called Run. Calls report to it over results.
type sweep struct {
	cfg      Config
	runs     []*run
	results  chan ended
	inFlight int            // calls in flight
	risky    int            // of them, calls of endpoints that are not proven
	groups   map[string]int // calls in flight by group
	keys     map[string]int // calls in flight by job key
	next     int            // where the round robin goes on
	stopped  error
	stop     context.CancelCauseFunc // ends the calls that have yet to be sent
}

// run is a job in progress.
type run struct {
	*Job
	proven    bool
	inFlight  int
	sent      int
	successes int
	failures  int       // in a row, for the back-off
	notUntil  time.Time // back-off
	state     State
	over      bool  // no further call
	err       error // why it is over, or the latest reason for a retry
}

func (r *run) key() string { return cmp.Or(r.Key, r.Name) }

type ended struct {
	run    *run
	risky  bool
	result Result
}

func (s *sweep) loop(ctx context.Context) {
	for {
		wake := s.launch(ctx)
		if s.inFlight == 0 && wake.IsZero() {
			return
		}
		var timer <-chan time.Time
		if !wake.IsZero() {
			timer = time.After(time.Until(wake))
		}
		var quit <-chan struct{}
		if s.inFlight == 0 { // calls in flight are awaited even after ctx has ended
			quit = ctx.Done()
		}
		select {
		case e := <-s.results:
			s.settle(e)
		case <-timer:
		case <-quit:
		}
	}
}

// launch starts every call that may go now. It returns when the next call in back-off may; zero: none waits for time.
func (s *sweep) launch(ctx context.Context) (wake time.Time) {
	if ctx.Err() != nil || s.stopped != nil {
		return time.Time{}
	}
	for {
		r, at := s.pick(time.Now())
		if r == nil {
			return at
		}
		r.inFlight++
		r.sent++
		s.inFlight++
		s.groups[r.Group]++
		s.keys[r.key()]++
		risky := !r.proven
		if risky {
			s.risky++
		}
		attempt := r.sent
		go func() { s.results <- ended{r, risky, r.Call(ctx, attempt)} }()
	}
}

// pick chooses the next call: canaries of reads, then canaries of writes, then the rest in turn.
func (s *sweep) pick(now time.Time) (*run, time.Time) {
	var wake time.Time
	later := func(t time.Time) {
		if wake.IsZero() || t.Before(wake) {
			wake = t
		}
	}
	readsPending := false
	canaries := make(map[string]bool) // groups with a canary that is not settled
	for _, write := range []bool{false, true} {
		if write && readsPending {
			break
		}
		for _, r := range s.runs {
			if r.over || r.proven || r.Write != write || r.Missing()-s.keys[r.key()]+r.inFlight <= 0 {
				continue
			}
			switch free := r.inFlight == 0 && s.room(r); {
			case free && now.Before(r.notUntil):
				later(r.notUntil)
			case free && !s.refused(r):
				return r, time.Time{}
			}
			if !r.over {
				canaries[r.Group] = true
				readsPending = readsPending || !write
			}
		}
	}
	for i := range s.runs {
		r := s.runs[(s.next+i)%len(s.runs)]
		switch {
		case r.over || !r.proven || canaries[r.Group] || !s.room(r):
		case r.Missing()-s.keys[r.key()] <= 0 || r.Write && r.inFlight > 0:
		case now.Before(r.notUntil):
			later(r.notUntil)
		default:
			s.next = (s.next + i + 1) % len(s.runs)
			return r, time.Time{}
		}
	}
	return nil, wake
}

func (s *sweep) room(r *run) bool {
	width := 1
	if s.cfg.Width != nil {
		width = max(1, s.cfg.Width(r.Group))
	}
	return s.groups[r.Group] < width
}

// refused asks the governor. A refusal while other risky calls are in flight is not final: they may succeed.
func (s *sweep) refused(r *run) bool {
	if s.cfg.Govern == nil {
		return false
	}
	err := s.cfg.Govern(s.risky)
	if err == nil {
		return false
	}
	if s.risky == 0 {
		r.over, r.state, r.err = true, Refused, err
	}
	return true
}

func (s *sweep) settle(e ended) {
	r := e.run
	r.inFlight--
	s.inFlight--
	s.groups[r.Group]--
	s.keys[r.key()]--
	if e.risky {
		s.risky--
	}
	switch e.result.Disposition {
	case Counted:
		r.successes++
		r.proven, r.failures, r.err = true, 0, nil
	case Retry:
		r.failures++
		r.err = e.result.Err
		rule := e.result.Rule
		if r.failures >= rule.Tries {
			r.over, r.state = true, Failed
			r.err = fmt.Errorf("given up after %d tries in a row: %w", r.failures, e.result.Err)
			break
		}
		r.notUntil = time.Now().Add(max(rule.Wait(r.failures), e.result.After))
	case GiveUp:
		r.over, r.state, r.err = true, Failed, e.result.Err
	case StopSweep:
		r.err = e.result.Err
		if s.stopped == nil {
			s.stopped = e.result.Err
			s.stop(e.result.Err)
		}
	case Abandoned:
		r.sent--
		r.err = e.result.Err
		r.over, r.state = true, Unfinished
	}
	if s.cfg.Notify != nil {
		s.cfg.Notify(Event{Name: r.Name, Counted: e.result.Disposition == Counted, Err: e.result.Err, Missing: max(0, r.Missing())})
	}
}

func (s *sweep) outcomes(ctx context.Context) []Outcome {
	out := make([]Outcome, len(s.runs))
	for i, r := range s.runs {
		o := Outcome{Name: r.Name, State: r.state, Sent: r.sent, Successes: r.successes, Err: r.err}
		switch {
		case r.over && r.state != Met:
		case r.Missing() <= 0:
			o.State, o.Err = Met, nil
		default:
			o.State = Unfinished
			if o.Err == nil {
				o.Err = context.Cause(ctx)
			}
			if s.stopped != nil {
				o.Err = s.stopped
			}
		}
		out[i] = o
	}
	return out
}
