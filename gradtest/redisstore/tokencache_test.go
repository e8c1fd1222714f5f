package redisstore

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// issuer issues token-1, token-2, … and counts the requests.
type issuer struct{ requests atomic.Int32 }

func (i *issuer) RoundTrip(*http.Request) (*http.Response, error) {
	time.Sleep(50 * time.Millisecond)
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "application/json")
	n := i.requests.Add(1)
	_, _ = rec.WriteString(`{"access_token":"token-` + strconv.Itoa(int(n)) + `","token_type":"bearer","expires_in":3600,"scope":"ReadAccounts SMS"}`)
	return rec.Result(), nil
}

// machine returns the token source of a process on another machine.
func (i *issuer) machine(t *testing.T, url, secret string) oauth2.TokenSource {
	return rcauth.JWT(t.Context(), rcauth.Config{
		URL: "http://rc.test", ClientID: "id", ClientSecret: secret, Client: &http.Client{Transport: i}, Share: open(t, url, "app").TokenCache("user"),
	}, "j")
}

func TestOneTokenForAllMachines(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var i issuer
	var sources []oauth2.TokenSource
	for range 8 {
		sources = append(sources, i.machine(t, server.URL(), "client-secret"))
	}
	all := func(want string) {
		var group sync.WaitGroup
		for _, s := range sources {
			group.Go(func() {
				tok, err := s.Token()
				if assert.NoError(t, err) {
					assert.Equal(t, want, tok.AccessToken)
					assert.Len(t, rcauth.Scopes(tok), 2)
					assert.InDelta(t, time.Hour.Seconds(), time.Until(tok.Expiry).Seconds(), 15)
				}
			})
		}
		group.Wait()
	}
	all("token-1")
	assert.EqualValues(t, 1, i.requests.Load())

	c := server.Client()
	left, err := c.PTTL(t.Context(), "gradtest:{app}:token:user").Result()
	require.NoError(t, err)
	assert.InDelta(t, time.Hour.Seconds(), left.Seconds(), 15, "it expires with the token")
	kept, err := c.HGetAll(t.Context(), "gradtest:{app}:token:user").Result()
	require.NoError(t, err)
	assert.NotContains(t, kept["v"], "token-1", "it is sealed")
	assert.Zero(t, c.Exists(t.Context(), "gradtest:{app}:token:user:lock").Val(), "the lease is released")

	foreign, err := i.machine(t, server.URL(), "other-secret").Token()
	require.NoError(t, err)
	assert.Equal(t, "token-2", foreign.AccessToken, "a process with another secret cannot open it")
}

func TestRejectedTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var i issuer
	first := i.machine(t, server.URL(), "s")
	one, err := first.Token()
	require.NoError(t, err)
	var others []oauth2.TokenSource
	for range 4 {
		s := i.machine(t, server.URL(), "s")
		same, err := s.Token()
		require.NoError(t, err)
		require.Equal(t, one.AccessToken, same.AccessToken)
		assert.True(t, s.(interface{ Reject(*oauth2.Token) bool }).Reject(same))
		others = append(others, s)
	}
	var group sync.WaitGroup
	for _, s := range others {
		group.Go(func() {
			tok, err := s.Token()
			if assert.NoError(t, err) {
				assert.Equal(t, "token-2", tok.AccessToken)
			}
		})
	}
	group.Wait()
	assert.EqualValues(t, 2, i.requests.Load())
}

// TestLeaseOfTheDead: a process that died during its request makes the others wait for the life of a lease, and a token
// that it stores late never replaces a newer one.
func TestLeaseOfTheDead(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	c := s.TokenCache("user").(*tokenCache)
	dead, err := c.run(t.Context(), "acquire", "dead", 0, nil, 0)
	require.NoError(t, err)
	require.Positive(t, dead.fence)
	again, err := c.run(t.Context(), "acquire", "dead", 0, nil, 0)
	require.NoError(t, err)
	assert.Equal(t, dead.fence, again.fence, "its own lease, if the reply was lost")

	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	unexpected := func(context.Context) ([]byte, time.Duration, error) { return nil, 0, errors.New("requested") }
	_, err = c.Fetch(short, func([]byte, time.Duration) bool { return false }, unexpected)
	require.ErrorIs(t, err, context.DeadlineExceeded, "another process has the lease")

	require.NoError(t, server.Client().Del(t.Context(), c.keys[1]).Err()) // it expires
	_, err = c.Fetch(t.Context(), func([]byte, time.Duration) bool { return false }, unexpected)
	require.EqualError(t, err, "requested")
	kept, err := c.Fetch(t.Context(), func([]byte, time.Duration) bool { return false }, func(context.Context) ([]byte, time.Duration, error) {
		return []byte("new"), time.Minute, nil
	})
	require.NoError(t, err)
	assert.Equal(t, "new", string(kept))
	_, err = c.run(t.Context(), "store", "dead", dead.fence, []byte("old"), time.Minute)
	require.NoError(t, err)
	renewed, err := c.run(t.Context(), "renew", "dead", dead.fence, nil, 0)
	require.NoError(t, err)
	assert.Zero(t, renewed.fence)
	kept, err = c.Fetch(t.Context(), func([]byte, time.Duration) bool { return true }, unexpected)
	require.NoError(t, err)
	assert.Equal(t, "new", string(kept))
}
