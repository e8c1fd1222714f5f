package redisstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestCluster: a cluster, even one with a single node, refuses scripts whose keys are in several slots.
func TestCluster(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--cluster-enabled", "yes")
	require.NoError(t, server.Client().ClusterAddSlotsRange(t.Context(), 0, 16383).Err())
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{server.Addr}})
	defer client.Close()
	s, err := New(client, "app", Config{Quarantine: -1})
	require.NoError(t, err)
	defer s.Close()

	g := s.Gate(map[string]window.Limit{"g": {Calls: 1, Per: span}, "h": {Calls: 5, Per: span}})
	c := func(id string) window.Call {
		return window.Call{ID: id, Groups: []string{"g", "h"}, Op: "op", Timeout: time.Minute}
	}
	require.NoError(t, g.Admit(t.Context(), c("a")))
	leaving, leave := context.WithCancel(t.Context())
	left, next := make(chan error, 1), make(chan error, 1)
	go func() { left <- g.Admit(leaving, c("b")) }()
	go func() { next <- g.Admit(t.Context(), c("c")) }()
	require.Eventually(t, func() bool { return client.HLen(t.Context(), s.key("queued")).Val() == 2 }, time.Minute, time.Millisecond)
	leave()
	_, ok := errors.AsType[*window.WaitError](<-left)
	assert.True(t, ok)
	require.NoError(t, g.Settle(t.Context(), c("a"), window.Answer{At: time.Now(), Signal: window.Signal{Group: "moved", Limit: 3}}))
	require.NoError(t, <-next)
	require.NoError(t, g.Release(t.Context(), c("c")))
	l, learned := g.Limit("moved")
	assert.Equal(t, 3, l.Calls)
	assert.True(t, learned)

	yesterday := done("b")
	yesterday.At = yesterday.At.Add(-24 * time.Hour)
	require.NoError(t, s.Append(t.Context(), done("a"), yesterday))
	assert.Equal(t, []string{"b", "a"}, ids(t, s))
	rep, err := s.Verify(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, rep.Calls)
	removed, err := s.Prune(t.Context(), time.Now())
	require.NoError(t, err)
	assert.Equal(t, 1, removed)
	assert.Equal(t, []string{"a"}, ids(t, s))

	kept, err := s.TokenCache("user").Fetch(t.Context(), nil, func(context.Context) ([]byte, time.Duration, error) { return []byte("x"), time.Minute, nil })
	require.NoError(t, err)
	assert.Equal(t, "x", string(kept))
}
