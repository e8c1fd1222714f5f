package rctest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// clock is the machine's clock with an offset. The zero value has none.
type clock struct{ offset atomic.Int64 }

// now returns the emulator's time. In a testing/synctest bubble it is virtual.
func (c *clock) now() time.Time {
	t := time.Now()
	if offset := c.offset.Load(); offset != 0 {
		t = t.Add(time.Duration(offset))
	}
	return t
}

// Bounds of the clock: evidence has times in nanoseconds, which overflow in 2262.
var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// set sets the clock to t.
func (c *clock) set(t time.Time) error {
	if t.Before(earliest) || t.After(latest) {
		return fmt.Errorf("rctest: clock: cannot be set to %s: use a time from %d to %d",
			t.UTC().Format(time.RFC3339), earliest.Year(), latest.Year())
	}
	c.offset.Store(int64(time.Until(t)))
	return nil
}

// advance moves the clock forward by d.
func (c *clock) advance(d time.Duration) error {
	if d < 0 {
		return errors.New("rctest: clock: cannot be advanced by a negative duration: set it instead")
	}
	for {
		old := c.offset.Load()
		now := time.Now().Add(time.Duration(old))
		if d > latest.Sub(now) {
			return fmt.Errorf("rctest: clock: cannot be advanced by %v: use a time up to the year %d", d, latest.Year())
		}
		if c.offset.CompareAndSwap(old, old+int64(d)) {
			return nil
		}
	}
}

// Now returns the emulator's time: time.Now plus the shifts of [Handler.Advance] and [Handler.SetTime].
func (h *Handler) Now() time.Time { return h.clock.now() }

// Advance moves the emulator's clock forward by d. Windows and penalty intervals of limits, lifetimes of tokens and
// codes, reminders of subscriptions, and the windows of the verdict follow at once. Timers, such as a fault's delay, do
// not. Advance panics if d is
// negative or leads beyond the year 2200.
func (h *Handler) Advance(d time.Duration) {
	if err := h.advance(d); err != nil {
		panic(err)
	}
}

func (h *Handler) advance(d time.Duration) error {
	if err := h.clock.advance(d); err != nil {
		return err
	}
	h.remind()
	return nil
}

// SetTime sets the emulator's clock to t. If t is in the past, the limits start afresh, and calls recorded at later
// times are not evidence until the clock reaches them again; tokens keep their expiry times. SetTime panics if t is not
// within the years 2000 to 2200.
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
		h.emptyBuckets() // a bucket would take the earlier times for concurrent requests out of order
	}
	h.remind()
	return nil
}
