package redisstore

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestSlotOfAKilledProcess kills a process that has a call in flight. Its slot is free one window and a few seconds
// later, although the call's time-out is a minute.
func TestSlotOfAKilledProcess(t *testing.T) {
	if url := os.Getenv("REDISSTORE_TEST_CALL_AND_HANG"); url != "" {
		callAndHang(t, url)
		return
	}
	t.Parallel()
	server := redistest.Start(t)
	url := server.URL() + "?quarantine=none"
	cmd := exec.Command(os.Args[0], "-test.run=^TestSlotOfAKilledProcess$")
	cmd.Env = append(os.Environ(), "REDISSTORE_TEST_CALL_AND_HANG="+url)
	require.NoError(t, cmd.Start())
	defer cmd.Process.Kill()
	s := open(t, url, "app")
	require.Eventually(t, func() bool {
		return server.Client().Exists(t.Context(), s.key("limits")).Val() == 1
	}, 30*time.Second, 10*time.Millisecond)

	admitted := make(chan error, 1)
	go func() {
		c := claim("mine")
		c.Timeout = time.Minute
		admitted <- s.Gate(few(1)).Admit(t.Context(), c)
	}()
	select {
	case err := <-admitted:
		t.Fatalf("admitted while the other process is there: %v", err)
	case <-time.After(3 * time.Second): // longer than a lease and the pause between two looks
	}
	require.NoError(t, cmd.Process.Kill())
	killed := time.Now()
	_ = cmd.Wait()
	require.NoError(t, <-admitted)
	took := time.Since(killed)
	assert.Greater(t, took, span, "the platform may have counted the call when the process was killed")
	assert.Less(t, took, span+livenessLife+2*2*time.Second+time.Second)
}

// callAndHang is the process that is killed.
func callAndHang(t *testing.T, url string) {
	c := claim("theirs")
	c.Timeout = time.Minute
	require.NoError(t, open(t, url, "app").Gate(few(1)).Admit(t.Context(), c))
	time.Sleep(time.Minute)
}

// TestSilentProcessIsAliveAfterAll: its call ends when it settles it.
func TestSilentProcessIsAliveAfterAll(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	url := server.URL() + "?quarantine=none"
	a := open(t, url, "app")
	g, other := a.Gate(hourly(1)).(*gate), open(t, url, "app").Gate(hourly(1)).(*gate)
	g.leased = true // the lease is not renewed
	c := claim("a")
	c.Timeout = time.Minute
	require.NoError(t, g.Admit(t.Context(), c))
	look := func() window.Outlook {
		turn, err := other.decide(t.Context(), &waiter{call: claim("b"), nonce: "n", changed: make(chan struct{}, 1)})
		require.NoError(t, err)
		return turn.Outlook
	}
	assert.False(t, look().Known)
	require.NoError(t, server.Client().PExpire(t.Context(), a.lease(g.owner), leaseMemory-10*time.Second).Err())
	before := look()
	require.True(t, before.Known, "the call counts as ended")
	require.NoError(t, other.Release(t.Context(), claim("b")))
	answered := time.Now()
	require.NoError(t, g.Settle(t.Context(), c, window.Answer{At: answered}))
	after := look()
	require.True(t, after.Known)
	assert.True(t, after.Soonest.After(before.Soonest))
	assert.False(t, after.Soonest.Before(answered.Add(time.Hour)))
}
