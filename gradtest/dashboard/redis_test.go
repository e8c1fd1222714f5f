package dashboard

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// TestFollowsRedis: what another machine records shows.
func TestFollowsRedis(t *testing.T) {
	redis := redistest.Start(t)
	here, err := redisstore.Open(t.Context(), redis.URL(), origin)
	require.NoError(t, err)
	t.Cleanup(func() { _ = here.Close() })
	there, err := redisstore.Open(t.Context(), redis.URL(), origin)
	require.NoError(t, err)
	t.Cleanup(func() { _ = there.Close() })
	require.NoError(t, there.Append(t.Context(), scene()...))
	server := httptest.NewServer(started(t, here))
	defer server.Close()
	resp, err := http.Get(server.URL + "/events")
	require.NoError(t, err)
	defer resp.Body.Close()
	in := bufio.NewReader(resp.Body)
	first := event(t, in)
	require.Equal(t, 6, first.Progress.Done)
	require.NoError(t, there.Append(t.Context(), done(rcapi.ListMessages, 200)))
	assert.Equal(t, 7, event(t, in).Progress.Done)
}
