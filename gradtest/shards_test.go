package gradtest_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// shard is the module as another machine has checked it out: nothing is shared but the environment.
func (c *consumer) shard() *consumer {
	c.t.Helper()
	s := *c
	s.dir = c.t.TempDir()
	require.NoError(c.t, os.CopyFS(s.dir, os.DirFS(c.dir)))
	s.env = slices.Clone(c.env)
	return &s
}

// onRedis switches the module over as a CI matrix does: by two variables.
func (c *consumer) onRedis(url string) *consumer {
	c.env = append(c.env, "GRADTEST_REDIS="+url, "GOFLAGS=-mod=mod -tags=gradtest_redis")
	return c
}

func TestShardsOnRedis(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	c := newConsumer(t, rctest.Config{
		Window: time.Second, Limits: map[rcapi.Group]int{rcapi.Light: 4, rcapi.Medium: 4, rcapi.Heavy: 4, rcapi.Auth: 5},
	}).live().onRedis(redis.URL() + "?quarantine=1s")
	var all sync.WaitGroup
	for range 5 {
		s := c.shard()
		all.Go(func() {
			out, err := s.test("./...")
			assert.NoError(t, err, out)
			assert.NotContains(t, out, "(cached)")
			left, err := filepath.Glob(filepath.Join(s.dir, ".gradtest", "*", "*"))
			assert.NoError(t, err)
			assert.Empty(t, left, "no evidence and no token stays on the machine")
		})
	}
	all.Wait()

	out, err := c.test("-v", "-run", "TestGraduation", ".")
	require.NoError(t, err, out)
	assert.Contains(t, out, "READY")
	assert.Contains(t, out, "evidence in redis://"+redis.Addr)
	v := c.server.Verdict()
	assert.True(t, v.Ready)
	assert.Zero(t, v.TooManyRequests)
	assert.Less(t, v.Successes, 5*22, "they share the work")

	calls := c.server.Calls()
	tokens := 0
	for _, call := range calls {
		if call.Path == "/restapi/oauth/token" {
			tokens++
		}
	}
	assert.Equal(t, 1, tokens, "six processes on six machines, one session")
	assert.Len(t, c.recorded(redis.URL()), len(calls), "each call is recorded once")
}

// recorded is the ids of the attempts that Redis has evidence of. Each is there once.
func (c *consumer) recorded(url string) []string {
	c.t.Helper()
	apps, err := redisstore.Apps(c.t.Context(), url)
	require.NoError(c.t, err)
	require.Len(c.t, apps, 1)
	assert.True(c.t, strings.HasPrefix(apps[0], strings.TrimPrefix(c.server.URL, "http://")[:9]), apps[0])
	assert.NotContains(c.t, apps[0], c.server.ClientID)
	s, err := redisstore.Open(c.t.Context(), url, apps[0])
	require.NoError(c.t, err)
	defer s.Close()
	ids := make(map[string]bool)
	for r, err := range s.Records(c.t.Context(), time.Time{}) {
		require.NoError(c.t, err)
		if r.Kind == ledger.Done {
			assert.False(c.t, ids[r.ID], "%s is recorded twice", r.ID)
			ids[r.ID] = true
		}
	}
	return slices.Collect(maps.Keys(ids))
}

func TestRedisNeedsTheTag(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live()
	c.env = append(c.env, "GRADTEST_REDIS=redis://user:not-to-be-shown@127.0.0.1:1/0")
	out, err := c.test("-run", "TestGraduation", ".")
	require.Error(t, err)
	assert.Contains(t, out, "set GOFLAGS=-tags=gradtest_redis as well")
	assert.NotContains(t, out, "not-to-be-shown")
	assert.Empty(t, c.server.Calls())
}

func TestRedisThatIsNotThere(t *testing.T) {
	t.Parallel()
	c := newConsumer(t).live().onRedis("redis://user:not-to-be-shown@127.0.0.1:1/0?patience=100ms")
	out, err := c.test("-run", "TestGraduation", ".")
	require.Error(t, err)
	assert.Equal(t, 1, strings.Count(out, "Redis at 127.0.0.1:1 failed"), out)
	assert.Contains(t, out, "start it, or correct GRADTEST_REDIS")
	assert.NotContains(t, out, "not-to-be-shown")
	assert.Empty(t, c.server.Calls())
}
