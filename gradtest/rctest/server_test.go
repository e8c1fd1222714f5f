package rctest

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// bearer logs in over the server's network.
func bearer(tb testing.TB, s *Server) string {
	tb.Helper()
	r, err := http.NewRequest("POST", s.URL+"/restapi/oauth/token", strings.NewReader(url.Values{"grant_type": {GrantJWT}, "assertion": {s.JWT}}.Encode()))
	require.NoError(tb, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(s.ClientID, s.ClientSecret)
	resp, err := s.Client().Do(r)
	require.NoError(tb, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(tb, err)
	require.Equal(tb, 200, resp.StatusCode)
	return answer{body: string(body)}.json(tb)["access_token"].(string)
}

// get reads an address and returns the status.
func get(tb testing.TB, s *Server, token, path string) *http.Response {
	tb.Helper()
	r, err := http.NewRequest("GET", s.URL+path, nil)
	require.NoError(tb, err)
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := s.Client().Do(r)
	require.NoError(tb, err)
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(tb, err)
	resp.Body.Close()
	return resp
}

func TestServer(t *testing.T) {
	s := NewServer(t, Config{ClientID: "id"})
	assert.Equal(t, "id", s.ClientID)
	assert.Equal(t, s.Credentials().ClientSecret, s.ClientSecret)
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+$`, s.URL)
	resp := get(t, s, bearer(t, s), own)
	assert.Equal(t, 200, resp.StatusCode)
	assert.NotEmpty(t, resp.Header.Get("Date"))
	assert.NotEmpty(t, resp.Header.Get("RCRequestId"))
	assert.Equal(t, 1, s.Verdict().Successes)
	assert.Len(t, s.Calls(), 2)
}

func TestServerClosesWithTheTest(t *testing.T) {
	var s *Server
	t.Run("inner", func(t *testing.T) { s = NewServer(t) })
	_, err := s.Client().Get(s.URL + "/restapi")
	assert.Error(t, err)
	s.Close() // again
}

func TestStartFaults(t *testing.T) {
	_, err := Start(Config{Window: time.Millisecond})
	assert.ErrorContains(t, err, "whole seconds")
}

func TestListenerOnAllInterfaces(t *testing.T) {
	l, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	s := NewServer(t, Config{Listener: l})
	assert.Contains(t, s.URL, "http://127.0.0.1:")
	assert.Equal(t, 200, get(t, s, bearer(t, s), own).StatusCode)
}

// TestVirtualTime is a client that keeps the limits over an in-memory network: hours pass at once.
func TestVirtualTime(t *testing.T) {
	began := time.Now()
	synctest.Test(t, func(t *testing.T) {
		s, err := Start(Config{Listener: pipenet.Listen(), Limits: map[rcapi.Group]int{rcapi.Light: 2}})
		require.NoError(t, err)
		defer s.Close()
		assert.Equal(t, "http://emulator.invalid", s.URL)
		value := bearer(t, s)
		start := time.Now()
		for range 40 {
			resp := get(t, s, value, own)
			require.Equal(t, 200, resp.StatusCode)
			if resp.Header.Get("X-Rate-Limit-Remaining") == "0" {
				time.Sleep(time.Minute)
			}
		}
		assert.Equal(t, 20*time.Minute, time.Since(start))
		require.Equal(t, 200, get(t, s, value, own).StatusCode)
		require.Equal(t, 200, get(t, s, value, own).StatusCode)
		resp := get(t, s, value, own)
		require.Equal(t, 429, resp.StatusCode)
		assert.Equal(t, "60", resp.Header.Get("Retry-After"))
		assert.Equal(t, "Sat, 01 Jan 2000 00:20:00 GMT", resp.Header.Get("Date"))
	})
	assert.Less(t, time.Since(began), time.Minute)
}
