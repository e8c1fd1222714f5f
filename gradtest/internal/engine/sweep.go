package engine

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// Config of a sweep.
type Config struct {
	Jobs   []Job
	Booker Booker

	// Width returns how many calls of a group may be in flight at once. Nil, or a result below 1: one.
	Width func(group string) int

	// Notify is called from the sweep's own goroutine after every call. Nil: not at all.
	Notify func(Event)
}

// Run calls the jobs until nothing is missing, and returns the outcomes in the order of the jobs. When ctx ends,
// nothing new is sent and the calls in flight are awaited. The error is the reason for which the whole sweep stopped;
// nil when it ran to its end.
func Run(ctx context.Context, cfg Config) ([]Outcome, error) {
	s := &sweep{cfg: cfg, results: make(chan ended), released: make(chan error), groups: make(map[string]int), byName: make(map[string]*run)}
	for i := range cfg.Jobs {
		r := &run{Job: &cfg.Jobs[i]}
		s.runs = append(s.runs, r)
		s.byName[r.Name] = r
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
	byName   map[string]*run
	results  chan ended
	released chan error     // of bookings
	inFlight int            // calls, until their booking is released
	groups   map[string]int // calls in flight by group
	next     int            // whose turn comes first among the offers
	stopped  error
	stop     context.CancelCauseFunc // ends the calls that have yet to be sent
}

// run is a job in progress.
type run struct {
	*Job
	sent      int
	successes int
	failures  int       // in a row, for the back-off
	notUntil  time.Time // back-off
	state     State
	over      bool  // no further call
	err       error // why it is over, or the latest reason for a retry
}

type ended struct {
	run     *run
	result  Result
	settled chan struct{}
}

func (s *sweep) loop(ctx context.Context) {
	w := watcher{booker: s.cfg.Booker}
	defer w.end()
	for {
		d := s.begin(ctx)
		if s.inFlight == 0 && (ctx.Err() != nil || s.stopped != nil || !d.Open) {
			return
		}
		var timer <-chan time.Time
		if !d.Wake.IsZero() {
			timer = time.After(time.Until(d.Wake))
		}
		var changed <-chan struct{}
		if d.Open {
			changed = w.watch(ctx)
		}
		var quit <-chan struct{}
		if s.inFlight == 0 { // calls in flight are awaited even after ctx has ended
			quit = ctx.Done()
		}
		select {
		case e := <-s.results:
			s.result(e)
		case err := <-s.released:
			s.release(err)
		case <-timer:
		case <-changed:
			w.changed = nil
		case <-quit:
		}
		s.drain()
	}
}

// drain takes in what else has ended: the next step, which may take a round trip to the ledger, is one for all of it.
func (s *sweep) drain() {
	for {
		runtime.Gosched() // a call whose result was taken in releases its booking at once
		select {
		case e := <-s.results:
			s.result(e)
		case err := <-s.released:
			s.release(err)
		default:
			return
		}
	}
}

func (s *sweep) result(e ended) {
	s.settle(e)
	close(e.settled)
}

func (s *sweep) release(err error) {
	s.inFlight--
	if err != nil {
		s.halt(err)
	}
}

// watcher waits for changes on behalf of the loop, one wait at a time.
type watcher struct {
	booker  Booker
	changed chan struct{}
	cancel  context.CancelFunc
}

func (w *watcher) watch(ctx context.Context) <-chan struct{} {
	if w.changed == nil {
		ctx, cancel := context.WithCancel(ctx)
		changed := make(chan struct{})
		go func() {
			defer close(changed)
			_ = w.booker.Wait(ctx) // what is wrong with the ledger is for Next to report
		}()
		w.changed, w.cancel = changed, cancel
	}
	return w.changed
}

func (w *watcher) end() {
	if w.changed != nil {
		w.cancel()
		<-w.changed
	}
}

// begin starts the calls that may begin now. A decision that gives up jobs has waited for them in vain, and nothing
// else would ask again, so another one follows at once.
func (s *sweep) begin(ctx context.Context) Decision {
	for {
		d := s.decide(ctx)
		if len(d.Failed)+len(d.Refused) == 0 {
			return d
		}
	}
}

// decide asks for calls once, and starts those that may begin.
func (s *sweep) decide(ctx context.Context) Decision {
	if ctx.Err() != nil || s.stopped != nil {
		return Decision{}
	}
	var offers []Offer
	for i := range s.runs {
		if r := s.runs[(s.next+i)%len(s.runs)]; !r.over {
			offers = append(offers, Offer{r.Name, r.notUntil})
		}
	}
	if len(offers) == 0 {
		return Decision{}
	}
	s.next++
	d, err := s.cfg.Booker.Next(ctx, offers, s.room)
	if err != nil {
		if ctx.Err() == nil {
			s.halt(err)
		}
		return Decision{}
	}
	for name, err := range d.Failed {
		s.giveUp(name, Failed, err)
	}
	for name, err := range d.Refused {
		s.giveUp(name, Refused, err)
	}
	for _, b := range d.Begin {
		s.call(ctx, s.byName[b.Name], b.Claim)
	}
	return d
}

func (s *sweep) giveUp(name string, state State, err error) {
	r := s.byName[name]
	r.over, r.state, r.err = true, state, err
}

// call makes one call in a goroutine of its own.
func (s *sweep) call(ctx context.Context, r *run, claim string) {
	r.sent++
	s.inFlight++
	s.groups[r.Group]++
	attempt := r.sent
	go func() {
		e := ended{run: r, result: r.Call(ctx, attempt, claim), settled: make(chan struct{})}
		s.results <- e
		<-e.settled // the booking lasts until it is decided what follows, or it would be booked again meanwhile
		s.released <- s.cfg.Booker.Release(context.WithoutCancel(ctx), claim)
	}()
}

// room is how many calls of a group may begin.
func (s *sweep) room(group string) int {
	width := 1
	if s.cfg.Width != nil {
		width = max(1, s.cfg.Width(group))
	}
	return width - s.groups[group]
}

// halt stops the whole sweep.
func (s *sweep) halt(err error) {
	if s.stopped == nil {
		s.stopped = err
		s.stop(err)
	}
}

func (s *sweep) settle(e ended) {
	r := e.run
	s.groups[r.Group]--
	switch e.result.Disposition {
	case Counted:
		r.successes++
		if !r.over { // or the reason for which it was given up meanwhile would be lost
			r.failures, r.err = 0, nil
		}
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
		s.halt(e.result.Err)
	case Abandoned:
		r.sent--
		r.err = e.result.Err
		r.over, r.state = true, Unfinished
	case Unneeded:
		r.sent--
	}
	if s.cfg.Notify != nil && e.result.Disposition != Unneeded {
		event := Event{Name: r.Name, Counted: e.result.Disposition == Counted, Err: e.result.Err}
		if e.result.Disposition == Retry && !r.over {
			event.Again = r.notUntil
		}
		s.cfg.Notify(event)
	}
}

func (s *sweep) outcomes(ctx context.Context) []Outcome {
	var good []string
	for _, r := range s.runs {
		if !r.over {
			good = append(good, r.Name)
		}
	}
	missing := s.cfg.Booker.Missing(good)
	out := make([]Outcome, len(s.runs))
	for i, r := range s.runs {
		o := Outcome{Name: r.Name, State: r.state, Sent: r.sent, Successes: r.successes, Err: r.err}
		switch {
		case r.over && r.state != Met:
		case missing[r.Name] <= 0:
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
