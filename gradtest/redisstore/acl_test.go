package redisstore

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// allow types the advice of an error, for the user of url.
func allow(t *testing.T, c *redis.Client, advice string) {
	t.Helper()
	_, command, found := strings.Cut(advice, "grants all that gradtest needs in redis-cli with ")
	require.True(t, found, advice)
	var words []any
	for _, w := range strings.Fields(strings.Replace(command, " USER ", " gradtest ", 1)) {
		words = append(words, w)
	}
	require.NoError(t, c.Do(t.Context(), words...).Err(), words)
}

// powerless creates a user without permissions.
func powerless(t *testing.T, admin *redis.Client) {
	t.Helper()
	require.NoError(t, admin.Do(t.Context(), "ACL", "SETUSER", "gradtest", "reset", "on", ">pass", "resetchannels").Err())
}

func asUser(url string) string { return strings.Replace(url, "redis://", "redis://gradtest:pass@", 1) }

// TestDocumentedPermissions: the documentation has the same command as the error.
func TestDocumentedPermissions(t *testing.T) {
	page, err := os.ReadFile("../../docs/scaling.md")
	require.NoError(t, err)
	text := strings.NewReplacer("\\\n", "", "'", "").Replace(string(page))
	assert.Contains(t, strings.Join(strings.Fields(text), " "), "redis-cli "+grant)
}

// TestAdvisedUser: a user with the permissions that the error names, and no others, can do everything.
func TestAdvisedUser(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	admin := server.Client()
	powerless(t, admin)
	url := asUser(server.URL())
	_, err := Open(t.Context(), url, "app")
	require.Error(t, err)
	allow(t, admin, err.Error())

	storetest.TestStore(t, func(*testing.T) storetest.OpenStore {
		app := rand.Text()
		return func() (ledger.Store, error) { return open(t, url, app), nil }
	})
	t.Run("other", func(t *testing.T) {
		s := open(t, url+"?quarantine=none", "other")
		g, other := s.Gate(few(1)), open(t, url, "other").Gate(few(1))
		pass(t, g, "a")
		require.NoError(t, g.Admit(t.Context(), claim("b")))
		admitted := make(chan error, 1)
		go func() { admitted <- other.Admit(t.Context(), claim("c")) }()
		require.Eventually(t, func() bool { return admin.HLen(t.Context(), s.key("queued")).Val() == 1 }, time.Minute, time.Millisecond)
		require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: time.Now(), Signal: window.Signal{Group: "g", Limit: 1}}))
		require.NoError(t, <-admitted)
		require.NoError(t, other.Release(t.Context(), claim("c")))
		_, learned := g.Limit("g")
		assert.True(t, learned)
		require.NoError(t, s.Append(t.Context(), done("a")))
		usable := func([]byte, time.Duration) bool { return true }
		request := func(context.Context) ([]byte, time.Duration, error) { return []byte("token"), time.Minute, nil }
		for range 2 {
			got, err := s.TokenCache("user").Fetch(t.Context(), usable, request)
			require.NoError(t, err)
			assert.Equal(t, "token", string(got))
		}
		apps, err := Apps(t.Context(), url)
		require.NoError(t, err)
		assert.Contains(t, apps, "other")
		days, err := s.Prune(t.Context(), time.Now().AddDate(0, 0, 2))
		require.NoError(t, err)
		assert.Equal(t, 1, days)
	})
	t.Cleanup(func() { // after all subtests
		log, err := admin.Do(context.Background(), "ACL", "LOG").Slice()
		if assert.NoError(t, err) {
			for _, entry := range log {
				fields, _ := entry.(map[any]any)
				assert.Equal(t, "gradtest", fields["username"])
				assert.Contains(t, []any{"ping", "info"}, fields["object"], "only what was tried before the advice")
			}
		}
	})
}
