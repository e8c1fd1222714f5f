package redisstore

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestRecordsByThePage(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	var want []string
	for i := range pageLines*pageBatch + pageLines + 1 {
		want = append(want, fmt.Sprint(i))
	}
	for part := range slices.Chunk(want, 500) {
		var batch []ledger.Record
		for _, id := range part {
			batch = append(batch, done(id))
		}
		require.NoError(t, s.Append(t.Context(), batch...))
		require.NoError(t, s.Append(t.Context(), batch[len(batch)-1]), "again, as after a lost reply")
	}
	assert.Equal(t, want, ids(t, s))
}

func TestEverythingExpires(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?quarantine=none", "app")
	g := s.Gate(few(1))
	pass(t, g, "a")
	_, err := g.(*gate).decide(t.Context(), &waiter{call: claim("b"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	_, err = g.(*gate).decide(t.Context(), &waiter{call: claim("c"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	old := done("old")
	old.At = old.At.Add(-100 * 24 * time.Hour)
	require.NoError(t, s.Append(t.Context(), done("a"), old))
	_, err = s.TokenCache("user").(*tokenCache).run(t.Context(), "acquire", "me", 0, nil, 0)
	require.NoError(t, err)
	c := server.Client()
	keys, err := c.Keys(t.Context(), "*").Result()
	require.NoError(t, err)
	require.Len(t, keys, 12, keys)
	for _, key := range keys {
		left, err := c.TTL(t.Context(), key).Result()
		require.NoError(t, err)
		assert.Positive(t, left, key)
		assert.LessOrEqual(t, left, 2*keep, key)
	}
	left, err := c.TTL(t.Context(), s.key("day", time.Now().UTC().Format(dayLayout))).Result()
	require.NoError(t, err)
	assert.Greater(t, left, 98*time.Hour, "declarations count for twice the longest window")
}

func TestDamagedLine(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	require.NoError(t, s.Append(t.Context(), done("a"), done("b")))
	key := s.key("day", time.Now().UTC().Format(dayLayout))
	require.NoError(t, server.Client().ZRemRangeByRank(t.Context(), key, 0, 0).Err())
	c := server.Client()
	require.NoError(t, c.ZAddNX(t.Context(), key, redis.Z{Score: 0, Member: `{"v":1,"at":"rubbish`}).Err())
	var damaged, good int
	for r, err := range s.Records(t.Context(), time.Time{}) {
		if err != nil {
			var fault *ledger.DamageError
			require.ErrorAs(t, err, &fault)
			damaged++
			continue
		}
		assert.Equal(t, "b", r.ID)
		good++
	}
	assert.Equal(t, []int{1, 1}, []int{damaged, good})
}

func TestApps(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	apps, err := Apps(t.Context(), server.URL())
	require.NoError(t, err)
	assert.Empty(t, apps)
	for _, app := range []string{"b", "a"} {
		require.NoError(t, open(t, server.URL(), app).Append(t.Context(), done("x")))
	}
	apps, err = Apps(t.Context(), server.URL())
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, apps)
	for _, name := range []string{"", "a{b", "}"} {
		_, err := New(server.Client(), name, Config{})
		assert.ErrorContains(t, err, "without braces")
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s, other := open(t, server.URL(), "app"), open(t, server.URL(), "app")
	require.NoError(t, s.Append(t.Context(), done("before")))
	news, err := s.Follow(t.Context(), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	fresh := func() (ids []string) {
		for r, err := range news(t.Context()) {
			require.NoError(t, err)
			ids = append(ids, r.ID)
		}
		return ids
	}
	assert.Empty(t, fresh())
	tomorrow := done("tomorrow")
	tomorrow.At = tomorrow.At.Add(24 * time.Hour)
	require.NoError(t, other.Append(t.Context(), done("a"), tomorrow))
	assert.Equal(t, []string{"a", "tomorrow"}, fresh())
	require.NoError(t, other.Append(t.Context(), tomorrow, done("b")))
	assert.Equal(t, []string{"b"}, fresh(), "nothing twice")
	require.NoError(t, server.Client().FlushAll(t.Context()).Err())
	require.NoError(t, other.Append(t.Context(), done("c")))
	assert.Equal(t, []string{"c"}, fresh())
}

// TestListedAgain: an app is found again after its Redis has lost everything, list of apps included, by whichever way
// evidence comes next.
func TestListedAgain(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for name, next := range map[string]func(t *testing.T, s *Store, c ledger.Claims, g window.Gate){
		"a record": func(t *testing.T, s *Store, _ ledger.Claims, _ window.Gate) {
			require.NoError(t, s.Append(t.Context(), done("b")))
		},
		"a booking": func(t *testing.T, _ *Store, c ledger.Claims, _ window.Gate) {
			book(t, c, "b")
		},
		"a record after another process's": func(t *testing.T, s *Store, _ ledger.Claims, g window.Gate) {
			// The other process dies before it has listed the app. This one notices the loss by the limits.
			other := open(t, server.URL(), "app")
			require.NoError(t, other.Append(t.Context(), done("x")))
			require.NoError(t, server.Client().Del(t.Context(), listKey).Err())
			pass(t, g, "b")
			require.NoError(t, s.Append(t.Context(), done("b")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, server.URL()+"?quarantine=none", "app")
			g := s.Gate(few(1))
			pass(t, g, "a")
			require.NoError(t, s.Append(t.Context(), done("a")))
			c := sessionOn(t, s)
			book(t, c, "a")
			require.NoError(t, server.Client().FlushAll(t.Context()).Err())
			next(t, s, c, g)
			apps, err := Apps(t.Context(), server.URL())
			require.NoError(t, err)
			assert.Equal(t, []string{"app"}, apps)
		})
	}
}
