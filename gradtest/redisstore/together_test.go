package redisstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
)

// distant opens a store over a slow network, on which calls are sent together.
func distant(t *testing.T) (*Store, *redistest.Server, *redistest.Proxy) {
	server := redistest.Start(t)
	proxy := server.Proxy(10 * time.Millisecond)
	s := open(t, proxy.URL()+"?quarantine=none", "app")
	for s.scripts.trip < fastTrip {
		require.NoError(t, s.Append(t.Context(), done("warm")))
	}
	return s, server, proxy
}

func TestCallsShareARoundTrip(t *testing.T) {
	t.Parallel()
	s, server, proxy := distant(t)
	require.NoError(t, server.Client().ScriptFlush(t.Context()).Err(), "scripts that the server does not know are sent")
	proxy.Counts()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { assert.NoError(t, s.Append(t.Context(), done(fmt.Sprint(i)))) })
	}
	all.Wait()
	assert.ElementsMatch(t, []string{"warm", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15",
		"16", "17", "18", "19"}, unique(ids(t, s)))
	assert.Less(t, proxy.Counts().Trips, 2*20)
}

// TestErrorsOfAGroup: each caller gets the error of its own script, and one that leaves does not disturb the others.
func TestErrorsOfAGroup(t *testing.T) {
	t.Parallel()
	s, server, _ := distant(t)
	require.NoError(t, server.Client().Set(t.Context(), s.key("day", "2020-01-02"), "not a sorted set", 0).Err())
	var all sync.WaitGroup
	all.Go(func() { assert.NoError(t, s.Append(t.Context(), done("good"))) })
	all.Go(func() {
		bad := done("bad")
		bad.At = time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
		assert.ErrorContains(t, s.Append(t.Context(), bad), "WRONGTYPE")
	})
	all.Go(func() {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		assert.True(t, errors.Is(s.Append(ctx, done("left")), context.DeadlineExceeded))
	})
	all.Wait()
	assert.Contains(t, ids(t, s), "good")
	assert.NotContains(t, ids(t, s), "bad")
}

func unique(list []string) (out []string) {
	seen := make(map[string]bool)
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// TestCallerLeavesInARoundTrip: what Redis admits when its caller has left is given back.
func TestCallerLeavesInARoundTrip(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.Proxy(50*time.Millisecond).URL()+"?quarantine=none", "app")
	g := s.Gate(hourly(2))
	pass(t, g, "warm")
	ctx, cancel := context.WithTimeout(t.Context(), 75*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, g.Admit(ctx, claim("a")), context.DeadlineExceeded)
	fits(t, g, "b")
}
