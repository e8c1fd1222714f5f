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

// stepped are the moments of a process around a change of the wall clock by d: last before it, now one second after
// last. A time without monotonic reading is the only one that can be made here, so the clock is given what it finds.
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
	// An answer half a second ago, written before the clock was set: it looks an hour old.
	at := s.happened(s.wall.Add(-time.Hour - 500*time.Millisecond))
	assert.LessOrEqual(t, s.now.Sub(at), time.Second, "no older than what was read last")
	// One written after it keeps its moment.
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
	// Without a monotonic reading both differences are the wall clock's.
	assert.Zero(t, c.tick(now.Round(0).Add(time.Hour)).from)
}
