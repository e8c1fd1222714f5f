package window

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// warmGate returns a Memory whose group x, of calls per 10 s, is confirmed by an answer long ago.
func warmGate(t *testing.T, calls int) *Memory {
	t.Helper()
	g := NewMemory(documented(map[string]Limit{"x": {Calls: calls, Per: 10 * time.Second}}))
	require.NoError(t, g.Admit(t.Context(), claim("warm", "x")))
	require.NoError(t, g.Settle(t.Context(), claim("warm", "x"), Answer{}))
	time.Sleep(time.Minute)
	return g
}

// admitLater admits in a goroutine; the channel receives the time of admission, counted from now, or the error.
func admitLater(ctx context.Context, g Gate, id string) <-chan any {
	done, start := make(chan any, 1), time.Now()
	go func() {
		if err := g.Admit(ctx, claim(id, "x")); err != nil {
			done <- err
			return
		}
		done <- time.Since(start)
	}()
	synctest.Wait()
	return done
}

// fill admits and answers calls until the window is full.
func fill(t *testing.T, g Gate, calls int) {
	t.Helper()
	for i := range calls {
		c := claim("fill-"+strconv.Itoa(i), "x")
		require.NoError(t, g.Admit(t.Context(), c))
		require.NoError(t, g.Settle(t.Context(), c, Answer{At: time.Now()}))
	}
}

func TestAdmitWaitsForItsMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 2)
		fill(t, g, 1)
		time.Sleep(4 * time.Second)
		require.NoError(t, g.Admit(t.Context(), claim("in flight", "x")))
		a, b := admitLater(t.Context(), g, "a"), admitLater(t.Context(), g, "b")
		time.Sleep(time.Second)
		require.NoError(t, g.Settle(t.Context(), claim("in flight", "x"), Answer{At: time.Now()}))
		assert.Equal(t, 6*time.Second, <-a)
		assert.Equal(t, 11*time.Second, <-b)
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 3)
		var (
			mu    sync.Mutex
			order []int
			wg    sync.WaitGroup
		)
		for i := range 40 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond)
				c := claim(strconv.Itoa(i), "x")
				assert.NoError(t, g.Admit(t.Context(), c))
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				time.Sleep(time.Duration(1+i*7%5) * time.Second)
				_ = g.Settle(t.Context(), c, Answer{At: time.Now()})
			})
		}
		wg.Wait()
		for i, got := range order {
			assert.InDelta(t, i, got, 2.5, "three go at a time: %v", order)
		}
	})
}

func TestReleaseLetsTheNextGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 1)
		require.NoError(t, g.Admit(t.Context(), claim("a", "x")))
		b := admitLater(t.Context(), g, "b")
		time.Sleep(time.Second)
		require.NoError(t, g.Release(t.Context(), claim("a", "x")))
		assert.Equal(t, time.Second, <-b)
	})
}

func TestDeadCallDoesNotBlockForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 1)
		require.NoError(t, g.Admit(t.Context(), claim("dead", "x")))
		assert.Equal(t, 15*time.Second, <-admitLater(t.Context(), g, "b"))
	})
}

func TestCancelledWaitLeavesNothingBooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 1)
		fill(t, g, 1)
		ctx, cancel := context.WithCancel(t.Context())
		a, b := admitLater(ctx, g, "a"), admitLater(t.Context(), g, "b")
		time.Sleep(time.Second)
		cancel()
		err := (<-a).(error)
		assert.ErrorIs(t, err, context.Canceled)
		var we *WaitError
		require.ErrorAs(t, err, &we)
		assert.Equal(t, "x", we.Group)
		assert.Equal(t, 10*time.Second, <-b, "b has a's place")
		assert.ErrorIs(t, g.Admit(ctx, claim("c", "x")), context.Canceled)
		assert.False(t, g.state.Booked("c"))
	})
}

func TestDeadlineThatCannotBeKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 1)
		fill(t, g, 1)
		ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
		defer cancel()
		start := time.Now()
		err := g.Admit(ctx, claim("a", "x"))
		assert.Zero(t, time.Since(start), "it fails at once")
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, &WaitError{"x", start.Add(10 * time.Second), Full, context.DeadlineExceeded}, err)
		assert.False(t, g.state.Booked("a"))

		ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		require.NoError(t, g.Admit(ctx, claim("b", "x")), "a deadline that can be kept")
		err = g.Admit(ctx, claim("c", "x"))
		assert.ErrorIs(t, err, context.DeadlineExceeded, "only an answer frees a slot, and that takes a window")
	})
}

func TestLongPenaltyIsAnError(t *testing.T) {
	for _, c := range []struct {
		name   string
		sig    Signal
		waits  bool
		reason Reason
	}{
		{"just bearable", Signal{Group: "x", RetryAfter: LongestPenalty}, true, ""},
		{"too long", Signal{Group: "x", RetryAfter: LongestPenalty + time.Second}, false, Penalty},
		{"of everything", Signal{RetryAfter: time.Hour}, false, Closed},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := warmGate(t, 1)
				require.NoError(t, g.Admit(t.Context(), claim("a", "x")))
				waiting := admitLater(t.Context(), g, "early")
				c.sig.Refused = true
				require.NoError(t, g.Settle(t.Context(), claim("a", "x"), Answer{Signal: c.sig}))
				got := <-waiting
				if c.waits {
					assert.Equal(t, LongestPenalty, got)
					return
				}
				var we *WaitError
				require.True(t, errors.As(got.(error), &we), "%v", got)
				assert.Equal(t, c.reason, we.Reason)
				assert.NoError(t, we.Err)
				assert.Error(t, g.Admit(t.Context(), claim("late", "x")))
			})
		})
	}
}

// Calls that wait for a time look again when it comes: a penalty may have begun, a limit may have been lowered.
func TestWaitingCallsHeedWhatIsLearned(t *testing.T) {
	t.Run("penalty", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := warmGate(t, 2)
			fill(t, g, 1)
			require.NoError(t, g.Admit(t.Context(), claim("slow", "x")))
			a := admitLater(t.Context(), g, "a")
			time.Sleep(3 * time.Second)
			require.NoError(t, g.Settle(t.Context(), claim("slow", "x"), Answer{At: time.Now(), Signal: Signal{Group: "x", Refused: true, RetryAfter: 30 * time.Second}}))
			b := admitLater(t.Context(), g, "b")
			assert.Equal(t, 33*time.Second, <-a)
			time.Sleep(time.Second)
			require.NoError(t, g.Settle(t.Context(), claim("a", "x"), Answer{At: time.Now()}))
			assert.Equal(t, 31*time.Second, <-b, "after a penalty one call asks first")
		})
	})
	t.Run("limit cut", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := warmGate(t, 3)
			fill(t, g, 2)
			require.NoError(t, g.Admit(t.Context(), claim("slow", "x")))
			a, b := admitLater(t.Context(), g, "a"), admitLater(t.Context(), g, "b")
			time.Sleep(4 * time.Second)
			require.NoError(t, g.Settle(t.Context(), claim("slow", "x"), Answer{At: time.Now(), Signal: Signal{Group: "x", Limit: 1}}))
			assert.Equal(t, 14*time.Second, <-a)
			require.NoError(t, g.Settle(t.Context(), claim("a", "x"), Answer{At: time.Now()}))
			assert.Equal(t, 24*time.Second, <-b)
		})
	})
	t.Run("limit raised", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := warmGate(t, 2)
			fill(t, g, 1)
			require.NoError(t, g.Admit(t.Context(), claim("slow", "x")))
			a := admitLater(t.Context(), g, "a")
			time.Sleep(time.Second)
			require.NoError(t, g.Settle(t.Context(), claim("slow", "x"), Answer{At: time.Now(), Signal: Signal{Group: "x", Limit: 9}}))
			assert.Equal(t, time.Second, <-a)
		})
	})
}

// A call whose time has come counts as in flight until it has looked. If it then has to wait on, the calls that
// counted it as in flight must look again.
func TestCallThatStaysAfterAllWakesTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := warmGate(t, 2)
		fill(t, g, 2)
		late, early := claim("late", "x", "y"), claim("early", "x")
		now := time.Now()
		g.state.Reserve(early, now.Add(20*time.Second))
		g.state.Reserve(late, now.Add(10*time.Second))
		time.Sleep(10 * time.Second)
		g.state.Settle("", Answer{At: time.Now(), Signal: Signal{Group: "x", Limit: 1}})

		first := g.look(early)
		assert.False(t, first.Go || first.Outlook.Known, "it thinks that the late one is away")
		g.state.Settle("", Answer{At: time.Now(), Signal: Signal{Group: "y", Refused: true}})
		assert.False(t, g.look(late).Go)
		select {
		case <-first.Changed:
		default:
			t.Error("the early one was not woken")
		}
		assert.True(t, g.look(early).Go)
	})
}

func TestClaimsThatCannotBe(t *testing.T) {
	g := NewMemory(documented(nil))
	assert.ErrorContains(t, g.Admit(t.Context(), Call{Op: "readExtension"}), "readExtension: the call has no ID")
	require.NoError(t, g.Admit(t.Context(), Call{ID: "a"}))
	assert.ErrorContains(t, g.Admit(t.Context(), Call{ID: "a"}), "call a is already admitted")
	require.NoError(t, g.Settle(t.Context(), Call{ID: "a"}, Answer{}))
	require.NoError(t, g.Settle(t.Context(), Call{ID: "a"}, Answer{}))
	require.NoError(t, g.Admit(t.Context(), Call{ID: "a"}))
}

func TestMemoryTellsLimits(t *testing.T) {
	g := NewMemory(documented(nil))
	require.NoError(t, g.Admit(t.Context(), claim("a", "Light")))
	l, learned := g.Limit("LIGHT")
	assert.Equal(t, 50, l.Calls)
	assert.False(t, learned)
	require.NoError(t, g.Settle(t.Context(), claim("a"), Answer{Signal: Signal{Group: "light", Limit: 200}}))
	l, learned = g.Limit("light")
	assert.Equal(t, 200, l.Calls)
	assert.True(t, learned)
}

func TestAdmitWithoutWaitingAllocatesNothing(t *testing.T) {
	g := NewMemory(documented(map[string]Limit{"light": {Calls: 50, Per: time.Nanosecond}}))
	c, ctx := claim("a", "Light"), t.Context()
	assert.LessOrEqual(t, testing.AllocsPerRun(1000, func() {
		_ = g.Admit(ctx, c)
		_ = g.Settle(ctx, c, Answer{At: time.Now()})
	}), 1.0)
}
