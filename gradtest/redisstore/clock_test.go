package redisstore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// set sets the server's clock, as these processes see it.
func set(d time.Duration, stores ...*Store) {
	for _, s := range stores {
		s.shift.Add(d.Microseconds())
	}
}

// TestServersClockIsSet: a slot is neither freed early nor held for long when the server's clock is set, whichever process
// notices first.
func TestServersClockIsSet(t *testing.T) {
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
			d := waits(t, g, "a")
			assert.GreaterOrEqual(t, d, 2*time.Second-20*time.Millisecond)
			start := time.Now()
			require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start}))
			set(step, a, b)
			require.NoError(t, other.Admit(t.Context(), claim("b")))
			took := time.Since(start)
			assert.GreaterOrEqual(t, took, time.Second-50*time.Millisecond, "a second is what a step forward may seem to be delay")
			if step < 0 {
				assert.GreaterOrEqual(t, took, 2*time.Second-20*time.Millisecond)
			}
			assert.Less(t, took, 4*time.Second)
		})
	}
}

// TestMachinesClocksDoNotMatter: answers whose moments come from clocks that are minutes off, without a monotonic reading,
// count as now.
func TestMachinesClocksDoNotMatter(t *testing.T) {
	for name, off := range map[string]time.Duration{"ahead": 7 * time.Minute, "behind": -7 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t)
			s := open(t, server.URL()+"?quarantine=none", "app")
			g := s.Gate(few(1))
			require.NoError(t, g.Admit(t.Context(), claim("a")))
			start := time.Now()
			require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start.Add(off).Round(0)}))
			d := waits(t, g, "b")
			assert.GreaterOrEqual(t, d, span-20*time.Millisecond)
			assert.Less(t, d, 2*span)
		})
	}
}

// TestLateSettle frees the slot one window after the answer, not after it was told.
func TestLateSettle(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	g := open(t, server.URL()+"?quarantine=none", "app").Gate(few(1))
	require.NoError(t, g.Admit(t.Context(), claim("a")))
	answer := window.Answer{At: time.Now()}
	time.Sleep(span / 2)
	require.NoError(t, g.Settle(t.Context(), claim("a"), answer))
	assert.InDelta(t, (span / 2).Seconds(), waits(t, g, "b").Seconds(), 0.1)

	require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: time.Now().Add(-time.Hour)}))
	assert.GreaterOrEqual(t, waits(t, g, "c"), span-50*time.Millisecond, "no answer is older than its call")
}
