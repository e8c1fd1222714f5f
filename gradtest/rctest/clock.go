package rctest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// clock is what the emulator takes for the time: the machine's, shifted. The zero value is not shifted.
type clock struct{ offset atomic.Int64 }

// now is the emulator's time. In a testing/synctest bubble it is virtual.
func (c *clock) now() time.Time {
	t := time.Now()
	if offset := c.offset.Load(); offset != 0 {
		t = t.Add(time.Duration(offset))
	}
	return t
}

// Bounds of what the clock may be set to: evidence counts nanoseconds, which end in 2262.
var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// set shifts the clock to t.
func (c *clock) set(t time.Time) error {
	if t.Before(earliest) || t.After(latest) {
		return fmt.Errorf("rctest: the clock cannot be set to %s: use a time from %d to %d", t.UTC().Format(time.RFC3339), earliest.Year(), latest.Year())
	}
	c.offset.Store(int64(time.Until(t)))
	return nil
}

// advance shifts the clock by d.
func (c *clock) advance(d time.Duration) error {
	if d < 0 {
		return errors.New("rctest: the clock is not advanced by a negative duration: set it instead")
	}
	for {
		old := c.offset.Load()
		now := time.Now().Add(time.Duration(old))
		if d > latest.Sub(now) {
			return fmt.Errorf("rctest: the clock cannot be advanced by %v: that is after %d", d, latest.Year())
		}
		if c.offset.CompareAndSwap(old, old+int64(d)) {
			return nil
		}
	}
}

// Now is the emulator's time: time.Now, shifted by what [Handler.Advance] and [Handler.SetTime] have added up to.
func (h *Handler) Now() time.Time { return h.clock.now() }

// Advance moves the emulator's time on by d, from where it goes on as before. Windows and penalties of the limits,
// lifetimes of tokens and codes, and the windows of the verdict follow at once; what waits on a timer, such as a
// fault's delay, does not. It panics if d is negative or leads beyond the year 2200.
func (h *Handler) Advance(d time.Duration) {
	if err := h.clock.advance(d); err != nil {
		panic(err)
	}
}

// SetTime sets the emulator's time to t, from where it goes on. In the past it makes the limits begin afresh, and what
// has been answered at later times is no evidence until they come again; tokens keep the moment at which they expire.
// It panics if t is not within the years 2000 to 2200.
func (h *Handler) SetTime(t time.Time) {
	if err := h.setTime(t); err != nil {
		panic(err)
	}
}

func (h *Handler) setTime(t time.Time) error {
	before := h.clock.now()
	if err := h.clock.set(t); err != nil {
		return err
	}
	if t.Before(before) {
		h.emptyBuckets() // a bucket takes time that runs backwards for two requests that changed places
	}
	return nil
}
