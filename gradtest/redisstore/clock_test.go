package redisstore

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// set adjusts the server's clock, as these processes see it.
func set(d time.Duration, stores ...*Store) {
	for _, s := range stores {
		s.shift.Add(d.Microseconds())
	}
}

// TestServersClockIsSet: when the server's clock is set, a slot is neither freed early nor held for long, no matter
// which process notices first.
func TestServersClockIsSet(t *testing.T) {
	t.Parallel()
	for name, step := range map[string]time.Duration{
		"back by minutes": -5 * time.Minute, "back by an hour": -time.Hour, "forward by minutes": 5 * time.Minute, "forward by a day": 24 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t)
			a, b := open(t, server.URL()+"?quarantine=none", "app"), open(t, server.URL()+"?quarantine=none", "app")
			long := map[string]window.Limit{"g": {Calls: 1, Per: 2 * time.Second}}
			g, other := a.Gate(long), b.Gate(long)
			pass(t, other, "warm")
			require.NoError(t, g.Admit(t.Context(), claim("a")))
			start := time.Now()
			require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start}))
			set(step, a, b)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			require.NoError(t, other.Admit(ctx, claim("b")))
			assertElapsed(t, start, time.Second, "a step forward may pass for a second of delay, not more")
			if step < 0 {
				assertElapsed(t, start, 2*time.Second)
			}
		})
	}
}

// TestMachinesClocksDoNotMatter: answers whose times come from clocks that are minutes off, without a monotonic
// reading, are treated as now.
func TestMachinesClocksDoNotMatter(t *testing.T) {
	t.Parallel()
	for name, off := range map[string]time.Duration{"ahead": 7 * time.Minute, "behind": -7 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t)
			s := open(t, server.URL()+"?quarantine=none", "app")
			g := s.Gate(few(1))
			require.NoError(t, g.Admit(t.Context(), claim("a")))
			start := time.Now()
			require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start.Add(off).Round(0)}))
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			require.NoError(t, g.Admit(ctx, claim("b")))
			assertElapsed(t, start, span)
		})
	}
}

// TestLateSettle: the slot is free one window after the answer, not after Settle, and an answer is never older than its
// call.
func TestLateSettle(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	g := open(t, server.URL()+"?quarantine=none", "app").Gate(hourly(1)).(*gate)
	moment := func(id string) time.Time {
		turn, err := g.decide(t.Context(), &waiter{call: claim(id), nonce: rand.Text(), changed: make(chan struct{}, 1)})
		require.NoError(t, err)
		require.True(t, turn.Outlook.Known)
		return turn.Outlook.Soonest
	}
	a := claim("a")
	a.Timeout = time.Minute
	require.NoError(t, g.Admit(t.Context(), a))
	answer := window.Answer{At: time.Now()}
	time.Sleep(span)
	settled := time.Now()
	require.NoError(t, g.Settle(t.Context(), claim("a"), answer))
	at := moment("b")
	assert.False(t, at.Before(answer.At.Add(time.Hour)))
	assert.True(t, at.Before(answer.At.Add(time.Hour+time.Since(settled))), "at most the time of the two round trips may be added")

	before := time.Now()
	require.NoError(t, g.Release(t.Context(), claim("b")))
	require.NoError(t, server.Client().FlushAll(t.Context()).Err())
	require.NoError(t, g.Admit(t.Context(), claim("c")))
	require.NoError(t, g.Settle(t.Context(), claim("c"), window.Answer{At: before.Add(-time.Minute)}))
	assert.False(t, moment("d").Before(before.Add(time.Hour)), "no answer is older than its call")
}

// TestSettledAfterItWasGivenUp: a call that was given up too early, because the reply to its admission took long, holds
// its one slot from the time at which it really ended.
func TestSettledAfterItWasGivenUp(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	g := open(t, server.URL()+"?quarantine=none", "app").Gate(hourly(3)).(*gate)
	pass(t, g, "warm")
	a := claim("a")
	a.Timeout = time.Millisecond
	require.NoError(t, g.Admit(t.Context(), a))
	time.Sleep(span)
	fits(t, g, "b")
	full(t, g, "c")
	at := time.Now()
	for range 2 {
		require.NoError(t, g.Settle(t.Context(), a, window.Answer{At: at}))
	}
	require.NoError(t, g.Release(t.Context(), claim("b")))
	fits(t, g, "d")
	turn, err := g.decide(t.Context(), &waiter{call: claim("e"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	require.True(t, turn.Outlook.Known)
	turn, err = g.decide(t.Context(), &waiter{call: claim("f"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	require.True(t, turn.Outlook.Known)
	assert.False(t, turn.Outlook.Soonest.Before(at.Add(time.Hour)), "behind the first comes the one that ended now")
}
