package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestStepTranslates(t *testing.T) {
	now := time.Now()
	wall := now.Round(0)
	var c clock
	s := c.tick(now)
	for _, ago := range []time.Duration{0, time.Second, time.Hour} {
		assert.Equal(t, ago, now.Sub(s.happened(wall.Add(-ago).UTC())))
	}
	assert.Equal(t, now, s.happened(wall.Add(time.Hour)), "the file's clock was ahead")
	assert.Equal(t, time.Hour, s.booked(wall.Add(time.Hour)).Sub(now), "a booking may be")
}

// stepped returns a step of a process whose wall clock is set by d: last is before it, now is one second later. Tests
// can only make times without a monotonic reading, so the fields of the step are filled in directly.
func stepped(d time.Duration) step {
	last := time.Now()
	now := last.Add(time.Second)
	s := step{now: now, wall: now.Round(0).Add(d)}
	if d > clockJump {
		s.set, s.from = d, last
	}
	return s
}

func TestClockSetForwardFreesNothingEarly(t *testing.T) {
	s := stepped(time.Hour)
	// An answer half a second ago, written before the clock was set, looks an hour old.
	at := s.happened(s.wall.Add(-time.Hour - 500*time.Millisecond))
	assert.LessOrEqual(t, s.now.Sub(at), time.Second, "no older than what was read last")
	// One written after the change keeps its time.
	assert.Equal(t, 100*time.Millisecond, s.now.Sub(s.happened(s.wall.Add(-100*time.Millisecond))))
}

func TestClockSetBackHoldsNoLongerThanFromNow(t *testing.T) {
	s := stepped(-time.Hour)
	assert.Equal(t, s.now, s.happened(s.wall.Add(time.Hour)))
}

func TestTickNoticesNothingWithoutAStep(t *testing.T) {
	var c clock
	now := time.Now()
	for range 5 {
		assert.Zero(t, c.tick(now).from)
		assert.Equal(t, now, c.last)
		now = now.Add(time.Hour)
	}
	// Without a monotonic reading both differences come from the wall clock.
	assert.Zero(t, c.tick(now.Round(0).Add(time.Hour)).from)
}
