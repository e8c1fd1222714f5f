package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// few is a limit that is soon used up.
func few(calls int) map[string]window.Limit {
	return map[string]window.Limit{"g": {Calls: calls, Per: time.Minute, Penalty: time.Minute}}
}

func claim(id string) window.Call {
	return window.Call{ID: id, Groups: []string{"g"}, Op: "op", Timeout: 30 * time.Second}
}

// process opens the ledger at path as another process would, with a sharedDir of its own.
func process(t *testing.T, path string) *Dir {
	t.Helper()
	sharedDirs.Lock()
	shared := sharedDirs.byPath[path]
	delete(sharedDirs.byPath, path)
	sharedDirs.Unlock()
	d := open(t, path)
	sharedDirs.Lock()
	defer sharedDirs.Unlock()
	if shared != nil {
		sharedDirs.byPath[path] = shared
	}
	return d
}

// kinds lists the records of each call in order.
func kinds(t *testing.T, d *Dir) string {
	t.Helper()
	var all []string
	for r, err := range d.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		all = append(all, string(r.Kind)+" "+r.ID)
	}
	return strings.Join(all, ", ")
}

// finish records the end of a call as the transport does.
func finish(t *testing.T, d *Dir, g window.Gate, c window.Call) {
	t.Helper()
	r := done(c.ID, time.Now().UTC())
	r.Groups, r.Signal = c.Groups, window.Signal{}
	require.NoError(t, d.Append(t.Context(), r))
	require.NoError(t, g.Settle(t.Context(), c, window.Answer{At: time.Now()}))
}

func TestAdmitReserves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(2))
		now := time.Now()
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		for r, err := range d.Records(t.Context(), time.Time{}) {
			require.NoError(t, err)
			assert.NotEmpty(t, r.Owner)
			r.Owner = ""
			assert.Equal(t, Record{Kind: Reserved, ID: "a", At: now.UTC(), Latest: now.Add(30 * time.Second).UTC(), Op: "op", Groups: []string{"g"}}, r)
		}
		finish(t, d, g, claim("a"))
		assert.Equal(t, "reserved a, done a", kinds(t, d), "a call whose end was appended needs no further record")
		require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: time.Now()}))
		assert.Equal(t, "reserved a, done a", kinds(t, d))

		require.NoError(t, g.Admit(t.Context(), claim("b")))
		require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: time.Now()}))
		require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: time.Now()}))
		assert.Equal(t, "reserved a, done a, reserved b, settled b", kinds(t, d))

		start := time.Now()
		require.NoError(t, g.Admit(t.Context(), claim("c")))
		assert.Equal(t, time.Minute, time.Since(start))
		assert.Equal(t, "reserved a, done a, reserved b, settled b, reserved c", kinds(t, d), "its time was known when it asked")
	})
}

func TestAdmitQueuesWhileNothingIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		admitted := make(chan time.Time, 1)
		go func() {
			assert.NoError(t, g.Admit(t.Context(), claim("b")))
			admitted <- time.Now()
		}()
		time.Sleep(10 * time.Second)
		finish(t, d, g, claim("a"))
		answered := time.Now()
		assert.Equal(t, time.Minute, (<-admitted).Sub(answered))
		assert.Equal(t, "reserved a, waiting b, done a, reserved b", kinds(t, d))
	})
}

func TestOtherProcessesAreSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		other := process(t, d.Path())
		g, og := d.Gate(few(1)), other.Gate(few(1))
		require.NotSame(t, d.shared, other.shared)
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		admitted := make(chan time.Time, 1)
		go func() {
			assert.NoError(t, og.Admit(t.Context(), claim("b")))
			admitted <- time.Now()
		}()
		time.Sleep(10 * time.Second)
		finish(t, d, g, claim("a"))
		answered := time.Now()
		assert.Equal(t, time.Minute, (<-admitted).Sub(answered), "it was heard of by reading, and in time")
		finish(t, other, og, claim("b"))
	})
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		other := process(t, d.Path())
		g, og := d.Gate(few(2)), other.Gate(few(2))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		admitted := make(chan time.Time, 1)
		go func() {
			assert.NoError(t, og.Admit(t.Context(), claim("b")))
			admitted <- time.Now()
		}()
		time.Sleep(10*time.Second + reviewInterval/3)
		finish(t, d, g, claim("a"))
		answered := time.Now()
		assert.LessOrEqual(t, (<-admitted).Sub(answered), maxPoll, "the first answer of the group admits it immediately")
	})
}

// TestDeadQueuedCallIsPassedOver lets a process die while its call is queued: those behind it wait for a short time
// only.
func TestDeadQueuedCallIsPassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(2))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		var dead []Record
		for _, id := range []string{"x", "y", "z"} {
			dead = append(dead, Record{Kind: Waiting, ID: id, At: time.Now().UTC(), Groups: []string{"g"}})
		}
		require.NoError(t, d.Append(t.Context(), dead...))
		finish(t, d, g, claim("a"))
		start := time.Now()
		require.NoError(t, g.Admit(t.Context(), claim("b")))
		waited := time.Since(start)
		assert.GreaterOrEqual(t, waited, stuckAfter)
		assert.Less(t, waited, stuckAfter+3*reviewInterval)
		assert.Equal(t, "reserved a, waiting x, waiting y, waiting z, done a, waiting b, released x, released y, released z, reserved b", kinds(t, d))
	})
}

// TestPassedOverLivingQueuesAgain lets another process drop the queued calls of a living one.
func TestPassedOverLivingQueuesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		other := process(t, d.Path())
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		admitted := make(chan error, 1)
		go func() { admitted <- g.Admit(t.Context(), claim("b")) }()
		time.Sleep(time.Second)
		require.NoError(t, other.Append(t.Context(), Record{Kind: Released, ID: "b", At: time.Now().UTC(), Groups: []string{"g"}}))
		time.Sleep(time.Second)
		finish(t, d, g, claim("a"))
		require.NoError(t, <-admitted)
		assert.Equal(t, "reserved a, waiting b, released b, waiting b, done a, reserved b", kinds(t, d))
	})
}

// TestSlotsOfTheDeadHold: the slot of a session that is gone is free one window after the last moment at which the
// server can have counted its call, and not after the call's time-out.
func TestSlotsOfTheDeadHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		require.NoError(t, d.Gate(few(1)).Admit(t.Context(), claim("a")))
		require.NoError(t, d.Close())
		time.Sleep(10 * time.Second)

		d = open(t, d.Path())
		start := time.Now()
		require.NoError(t, d.Gate(few(1)).Admit(t.Context(), claim("b")))
		assert.InDelta(t, time.Minute+arrival, time.Since(start), float64(2*reviewInterval))
	})
}

func TestGateStartsFromRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		now := time.Now().UTC()
		hours := done("hours ago", now.Add(-20*time.Hour))
		hours.Groups, hours.Signal = []string{"g"}, window.Signal{Group: "g", Limit: 3, Window: 2 * time.Minute}
		const recent = 100 * time.Second
		imported := done("recent", now.Add(-recent))
		imported.Groups, imported.Signal = []string{"g"}, window.Signal{}
		require.NoError(t, d.Append(t.Context(), hours, imported))
		g := d.Gate(few(1))
		l, learned := g.Limit("g")
		assert.Equal(t, window.Limit{Calls: 3, Per: 2 * time.Minute, Penalty: time.Minute}, l)
		assert.True(t, learned)
		for _, id := range []string{"a", "b"} {
			require.NoError(t, g.Admit(t.Context(), claim(id)))
			finish(t, d, g, claim(id))
		}
		assert.Equal(t, now, time.Now().UTC())
		require.NoError(t, g.Admit(t.Context(), claim("c")))
		assert.Equal(t, 2*time.Minute-recent, time.Since(now), "the recent call's slot")
	})
}

func TestGateFindsSlotsOfALongWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		now := time.Now().UTC()
		early := done("early", now.Add(-5*time.Hour))
		early.Groups, early.Signal = []string{"g"}, window.Signal{}
		late := done("late", now.Add(-4*time.Hour))
		late.Groups, late.Signal = []string{"g"}, window.Signal{Group: "g", Limit: 2, Window: 6 * time.Hour}
		require.NoError(t, d.Append(t.Context(), early, late))
		require.NoError(t, d.Gate(nil).Admit(t.Context(), claim("a")))
		assert.Equal(t, time.Hour, time.Since(now), "the early call was read before the window was known")
	})
}

func TestCancelledWaitIsReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		for _, when := range []string{"queued", "booked"} {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			failed := make(chan error, 1)
			go func() { failed <- g.Admit(ctx, claim(when)) }()
			time.Sleep(5 * time.Second)
			cancel()
			err := <-failed
			_, ok := errors.AsType[*window.WaitError](err)
			assert.True(t, ok, "%v", err)
			assert.ErrorIs(t, err, context.Canceled)
			if when == "queued" {
				finish(t, d, g, claim("a"))
			}
		}
		assert.Equal(t, "reserved a, waiting queued, released queued, done a, reserved booked, released booked", kinds(t, d))
	})
}

func TestWaitingCallsHearOfFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		failed := make(chan error, 2)
		for _, id := range []string{"b", "c"} {
			go func() { failed <- g.Admit(t.Context(), claim(id)) }()
		}
		time.Sleep(time.Second)
		other := process(t, d.Path())
		r := done("a", time.Now().UTC())
		r.Groups, r.Signal = []string{"g"}, window.Signal{}
		dk.set(func(dk *faulty) { dk.write = func([]byte) (int, error) { return 0, syscall.ENOSPC } })
		require.NoError(t, other.Append(t.Context(), r))
		for range 2 {
			err := <-failed
			_, ok := errors.AsType[*WriteError](err)
			assert.True(t, ok, "%v", err)
			assert.ErrorIs(t, err, syscall.ENOSPC)
		}
	})
}

func TestAdmitFailsWithoutItsRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		g := d.Gate(few(1))
		dk.set(func(dk *faulty) { dk.write = func([]byte) (int, error) { return 0, syscall.ENOSPC } })
		require.ErrorIs(t, g.Admit(t.Context(), claim("a")), syscall.ENOSPC)
		dk.set(func(dk *faulty) { dk.write = nil })
		start := time.Now()
		require.NoError(t, g.Admit(t.Context(), claim("a")), "nothing was booked")
		assert.Zero(t, time.Since(start))
	})
}

func TestGateOutlivesAShortenedFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(2))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		finish(t, d, g, claim("a"))
		require.NoError(t, d.Append(t.Context(), done("x", time.Now().UTC())))
		_, _ = g.Limit("g") // reads all there is
		path := filepath.Join(d.Path(), dayOf(time.Now()).file())
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		whole := text[:len(text)-1]
		require.NoError(t, os.Truncate(path, int64(strings.LastIndexByte(string(whole), '\n')+1)))
		other := process(t, d.Path()).Gate(few(2))
		require.NoError(t, other.Admit(t.Context(), claim("b")))
		start := time.Now()
		require.NoError(t, g.Admit(t.Context(), claim("c")))
		assert.Equal(t, time.Minute, time.Since(start), "what was written in place of what was cut off is seen")
	})
}

// TestRecordsFromAClockAhead reads records of future days, as a clock that was set back leaves them.
func TestRecordsFromAClockAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		now := time.Now().UTC()
		ahead := done("ahead", now.AddDate(0, 0, 3))
		ahead.Groups, ahead.Signal = []string{"g"}, window.Signal{Group: "g", Limit: 1}
		require.NoError(t, d.Append(t.Context(), ahead))
		require.NoError(t, d.Gate(few(5)).Admit(t.Context(), claim("a")))
		assert.Equal(t, time.Minute, time.Since(now), "it holds a slot from now on, not for days and not for nothing")
	})
}

func TestGateOverMidnight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		midnight := time.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
		time.Sleep(time.Until(midnight.Add(-5 * time.Second)))
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		finish(t, d, g, claim("a"))
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() { failed <- g.Admit(ctx, claim("b")) }()
		time.Sleep(time.Second)
		cancel()
		require.Error(t, <-failed)
		other := process(t, d.Path()).Gate(few(1))
		require.NoError(t, other.Admit(t.Context(), claim("c")))
		assert.Equal(t, 55*time.Second, time.Since(midnight), "what was given up for tomorrow is free there")
	})
}

func TestNewerFormatStopsTheGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		line := strings.Replace(lineOf(t, done("a", time.Now())), `{"v":1,`, `{"v":2,`, 1)
		require.NoError(t, os.WriteFile(filepath.Join(d.Path(), dayOf(time.Now()).file()), []byte(line), 0o600))
		_, ok := errors.AsType[*VersionError](d.Gate(nil).Admit(t.Context(), claim("b")))
		assert.True(t, ok, "its slots cannot be known")
	})
}

func TestGateOfAClosedDir(t *testing.T) {
	d, err := Open(t.TempDir())
	require.NoError(t, err)
	g := d.Gate(nil)
	require.NoError(t, d.Close())
	assert.ErrorIs(t, g.Admit(t.Context(), claim("a")), ErrClosed)
	assert.ErrorIs(t, g.Settle(t.Context(), claim("a"), window.Answer{}), ErrClosed)
	assert.ErrorIs(t, g.Release(t.Context(), claim("a")), ErrClosed)
	l, learned := g.Limit("heavy")
	assert.Equal(t, 10, l.Calls)
	assert.False(t, learned)
}
