package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// span is the window of these tests, which run in real time.
const span = 500 * time.Millisecond

func few(calls int) map[string]window.Limit {
	return map[string]window.Limit{"g": {Calls: calls, Per: span, Penalty: span}}
}

func claim(id string) window.Call {
	return window.Call{ID: id, Groups: []string{"g"}, Op: "op", Timeout: span}
}

func pass(t *testing.T, g window.Gate, id string) {
	t.Helper()
	require.NoError(t, g.Admit(t.Context(), claim(id)))
	require.NoError(t, g.Settle(t.Context(), claim(id), window.Answer{At: time.Now()}))
}

// assertElapsed asserts that at least d has passed since start. Scripts decide by the server's clock and tests measure
// with this machine's, so a thousandth may be missing while one of the two is adjusted. Nothing else can make a correct
// wait look shorter: start is read before the request from which the server counts, and the end after its reply.
func assertElapsed(t *testing.T, start time.Time, d time.Duration, msg ...any) {
	t.Helper()
	assert.GreaterOrEqual(t, time.Since(start), d-d/1000, msg...)
}

// hourly is a limit whose slots stay in use for longer than any test lasts.
func hourly(calls int) map[string]window.Limit {
	return map[string]window.Limit{"g": {Calls: calls, Per: time.Hour, Penalty: time.Hour}}
}

// fits requires that the call is admitted without waiting for a slot. The timeout leaves time for a slow machine.
func fits(t *testing.T, g window.Gate, id string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.NoError(t, g.Admit(ctx, claim(id)))
}

// full requires that no slot is free.
func full(t *testing.T, g window.Gate, id string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	wait, ok := errors.AsType[*window.WaitError](g.Admit(ctx, claim(id)))
	require.True(t, ok)
	assert.Equal(t, window.Full, wait.Reason)
}

func TestRestartedRedisLetsNoBurstThrough(t *testing.T) {
	t.Parallel()
	saved := []string{"--appendonly", "yes", "--appendfsync", "always"}
	for _, tc := range []struct {
		name string
		args []string
		lose func(t *testing.T, s *redistest.Server)
		old  bool // a process is left that remembers the state
	}{
		{"with nothing saved, the same process asks", nil, restart, true},
		{"with nothing saved, another process asks", nil, restart, false},
		{"with all saved, the same process asks", saved, restart, true},
		{"with all saved, another process asks", saved, restart, false},
		{"emptied by hand", nil, func(t *testing.T, s *redistest.Server) {
			require.NoError(t, s.Client().FlushAll(t.Context()).Err())
		}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			const quarantine = 3 * time.Second // more than a second, to which the age of a server is known
			server := redistest.Start(t, tc.args...)
			app := rand.Text()
			first := open(t, server.URL()+"?quarantine=none", app)
			pass(t, first.Gate(few(2)), "warm")
			g := first.Gate(few(2))
			pass(t, g, "a")
			first.quarantine = quarantine
			lost := time.Now()
			tc.lose(t, server)
			if tc.old {
				g.(*gate).quarantine = quarantine
			} else {
				g = open(t, server.URL()+"?quarantine="+quarantine.String(), app).Gate(few(2))
			}

			hurry, cancel := context.WithTimeout(t.Context(), 2*span) // longer than the slots in use, shorter than the quarantine
			defer cancel()
			err := g.Admit(hurry, claim("b"))
			wait, ok := errors.AsType[*window.WaitError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, window.Forgotten, wait.Reason)
			assert.ErrorContains(t, err, "may lack calls that the platform has counted")

			c := claim("c")
			c.Timeout = time.Minute
			require.NoError(t, g.Admit(t.Context(), c))
			assertElapsed(t, lost, quarantine)
			short, cancel := context.WithTimeout(t.Context(), span)
			defer cancel()
			err = g.Admit(short, claim("d"))
			wait, ok = errors.AsType[*window.WaitError](err)
			require.True(t, ok, "after it the group begins with a single call: %v", err)
			assert.Equal(t, window.Unconfirmed, wait.Reason)
		})
	}
}

func restart(_ *testing.T, s *redistest.Server) {
	s.Kill()
	s.Restart()
}

// TestStateThatHasGoneBack is a failover to a replica that lags behind, or a restore: the server process may be the
// same, but the state is older than a reply that a process has seen.
func TestStateThatHasGoneBack(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?quarantine=none", "app")
	g := s.Gate(few(2)).(*gate)
	pass(t, g, "warm")
	c := server.Client()
	old, err := c.Dump(t.Context(), s.key("limits")).Result()
	require.NoError(t, err)
	require.NoError(t, g.Admit(t.Context(), claim("a")))

	require.NoError(t, c.RestoreReplace(t.Context(), s.key("limits"), time.Minute, old).Err())
	g.quarantine = 2 * span
	start := time.Now()
	require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start}))
	other := open(t, server.URL()+"?quarantine=none", "app").Gate(few(2)) // remembers nothing
	require.NoError(t, other.Admit(t.Context(), claim("b")))
	assertElapsed(t, start, 2*span, "the quarantine holds for all processes, not only for the one that noticed the loss")
}

// TestCallsInFlightWhenRedisForgets: they are counted when they are settled, once.
func TestCallsInFlightWhenRedisForgets(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	g := open(t, server.URL()+"?quarantine=none", "app").Gate(hourly(3))
	pass(t, g, "warm")
	require.NoError(t, g.Admit(t.Context(), claim("a")))
	require.NoError(t, server.Client().FlushAll(t.Context()).Err())
	admitted := g.(*gate).admitted["a"]
	require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: time.Now()}))
	g.(*gate).admitted["a"] = admitted // as if the reply had been lost
	require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: time.Now()}))
	pass(t, g, "b")
	fits(t, g, "c")
	full(t, g, "d")
}

// TestLostAnswers repeats requests as a client does whose replies were lost.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	g := open(t, server.URL()+"?quarantine=none", "app").Gate(hourly(3)).(*gate)
	pass(t, g, "warm")
	w := &waiter{call: claim("a"), nonce: rand.Text(), changed: make(chan struct{}, 1)}
	for range 3 {
		turn, err := g.decide(t.Context(), w)
		require.NoError(t, err)
		assert.True(t, turn.Go, "one slot for any number of requests")
	}
	fits(t, g, "b")
	full(t, g, "c")
	for range 2 {
		require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: time.Now()}))
		require.NoError(t, g.Release(t.Context(), claim("b")))
	}
	fits(t, g, "d")
	full(t, g, "e")
}

func TestDeadInLineArePassedOver(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	url := server.URL() + "?quarantine=none"
	s := open(t, url, "app")
	g := s.Gate(few(1))
	require.NoError(t, g.Admit(t.Context(), claim("a")))

	dying := open(t, url, "app").Gate(few(1)).(*gate)
	for i := range 100 { // queued calls of a process that never asks again
		w := &waiter{call: claim(fmt.Sprint("dead", i)), nonce: rand.Text(), changed: make(chan struct{}, 1)}
		turn, err := dying.decide(t.Context(), w)
		require.NoError(t, err)
		require.False(t, turn.Go)
	}
	start := time.Now()
	require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: start}))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // one by one they would take longer
	defer cancel()
	require.NoError(t, g.Admit(ctx, claim("b")))
	assert.Greater(t, time.Since(start), span+time.Second, "they have a second after the slot is free")

	// If one of them is alive after all, it gets its ticket back.
	w := &waiter{call: claim("dead0"), nonce: rand.Text(), ticket: 2, changed: make(chan struct{}, 1)}
	_, err := dying.decide(t.Context(), w)
	require.NoError(t, err)
	assert.EqualValues(t, 2, w.ticket)
}

func TestPasswordIsNeverShown(t *testing.T) {
	t.Parallel()
	const password = "not-to-be-shown"
	server := redistest.Start(t, "--requirepass", "another")
	for _, url := range []string{
		"redis://user:" + password + "@" + server.Addr + "/0",
		"redis://:" + password + "@" + server.Addr,
		"redis://user:" + password + "@127.0.0.1:1/0?patience=10ms",
		"redis://user:" + password + "@127.0.0.1:1/0?patience=" + password,
		"redis://user:" + password + "@127.0.0.1:x/0",
		"http://user:" + password + "@127.0.0.1",
		"redis://user:" + password + "@127.0.0.1/0?no_such_option=1",
		"redis://%zz:" + password + "@127.0.0.1",
	} {
		_, err := Open(t.Context(), url, "app")
		require.Error(t, err)
		assert.NotContains(t, err.Error(), password)
		assert.True(t, strings.Contains(err.Error(), "GRADTEST_REDIS") || strings.Contains(err.Error(), "Redis URL"), err.Error())
	}
}
