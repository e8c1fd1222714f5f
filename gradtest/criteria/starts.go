package criteria

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Start is a time to begin a sweep that makes the calls needed by then.
type Start struct {
	At     time.Time
	Needs  Needs     // at that time, if nothing was sent before
	Apply  time.Time // when the app is ready and the console shows it
	Until  time.Time // until when it stays ready; zero: nothing ends it
	Review Review    // of a request made at Apply
	Ready  bool      // the calls are enough, and the app is still ready at Apply
}

// Covered reports whether the app is still ready at the end of the review.
func (s Start) Covered() bool {
	return s.Ready && s.Apply.Before(s.Review.To) && s.Review.Covers(s.Until)
}

// StartConfig is what the times to begin depend on besides the evidence.
type StartConfig struct {
	Takes    time.Duration // how long the sweep takes: Duration of the plan. With fewer calls needed it takes no longer.
	Delay    time.Duration // by how much the console's figures lag; zero: not at all
	Calendar Calendar
}

// Starts returns the times at which beginning a sweep makes a difference, in order: now, each 00:00 UTC and each
// start of a day of the calendar in the next week, and when each rule first and last holds again by waiting.
// Records later than now are as though absent.
func Starts(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time, cfg StartConfig) []Start {
	var past []ledger.Record
	for r := range records {
		if !r.At.After(now) {
			past = append(past, r)
		}
	}
	all := []time.Time{now.UTC()}
	for day := range 7 {
		all = append(all, midnight(now).AddDate(0, 0, day+1), cfg.Calendar.day(now, day+1).UTC())
	}
	all = append(all, relief(Forecast(p, want, slices.Values(past), now).Changes)...)
	slices.SortFunc(all, time.Time.Compare)
	var starts []Start
	for _, at := range slices.CompactFunc(all, time.Time.Equal) {
		starts = append(starts, newStart(p, want, past, at, cfg))
	}
	return starts
}

// relief returns when each rule first and last holds again: a share of errors can cross its threshold many times
// between.
func relief(changes []Change) (all []time.Time) {
	first, last := make(map[string]time.Time), make(map[string]time.Time)
	for _, c := range changes {
		for _, r := range c.Rules {
			if r.OK && first[r.Rule].IsZero() {
				first[r.Rule] = c.At
			}
			if r.OK {
				last[r.Rule] = c.At
			}
		}
	}
	return slices.AppendSeq(slices.Collect(maps.Values(first)), maps.Values(last))
}

func newStart(p Policy, want Want, past []ledger.Record, at time.Time, cfg StartConfig) Start {
	e := newEvidence(p, want, slices.Values(past), at)
	s := Start{At: at, Needs: e.state().needs()}
	took := cfg.Takes
	if s.Needs.Total == 0 {
		took = 0
	}
	s.Apply = at.Add(took + max(cfg.Delay, 0))
	if s.Needs.Wait.After(s.Apply) {
		s.Apply = s.Needs.Wait
	}
	e.meet(s.Needs)
	met := e.state()
	if from, ok := met.until(true); ok { // at once, or when a 429 has left its window
		s.Ready = true
		s.Apply = later(s.Apply, from)
		s.Until, _ = met.until(false)
		s.Ready = s.Until.IsZero() || s.Apply.Before(s.Until)
	}
	s.Review = cfg.Calendar.Review(s.Apply)
	return s
}

// BestStart returns the best of some starts: the app is still ready when its request has been reviewed, the review ends
// earliest, and of several such starts the one with the fewest calls, then the longest time in hand, then the earliest.
// Where none outlasts its review, the one that stays ready longest. ok is false if none makes the app ready.
func BestStart(starts []Start) (best Start, ok bool) {
	for _, s := range starts {
		if s.Ready && (!ok || s.better(best)) {
			best, ok = s, true
		}
	}
	return best, ok
}

func (s Start) better(than Start) bool {
	switch {
	case s.Covered() != than.Covered():
		return s.Covered()
	case s.Covered() && !s.Review.To.Equal(than.Review.To):
		return s.Review.To.Before(than.Review.To)
	case s.Covered() && s.Needs.Total != than.Needs.Total:
		return s.Needs.Total < than.Needs.Total
	}
	return s.inHand() > than.inHand()
}

// inHand is how long the app stays ready after applying.
func (s Start) inHand() time.Duration {
	if s.Until.IsZero() {
		return 1<<63 - 1
	}
	return s.Until.Sub(s.Apply)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
