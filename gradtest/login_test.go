package gradtest_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// TestTokenRequestsAreRepeated: one that was answered 429 or 5xx is repeated when the server says so, at the start of a
// sweep and in the middle.
func TestTokenRequestsAreRepeated(t *testing.T) {
	for _, status := range []int{429, 502, 503} {
		for _, calls := range []int{0, 5} { // before the token is lost
			t.Run(fmt.Sprintf("%d after %d calls", status, calls), func(t *testing.T) {
				onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
					app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension, Calls: 5})
					if calls > 0 {
						_, err := gradtest.Sweep(t.Context(), app)
						require.NoError(t, err)
						s.Advance(2 * time.Hour)
					}
					time.Sleep(time.Minute)
					_, err := s.Fail(rctest.Fault{Path: "/restapi/oauth/token", Status: status, RetryAfter: 70 * time.Second, Times: 1})
					require.NoError(t, err)
					var waits []string
					app.Progress = func(p gradtest.Progress) {
						if p.Waiting != "" {
							waits = append(waits, p.Waiting)
						}
					}
					app.Endpoints[0].Calls = 30
					begin := time.Now()
					v, err := gradtest.Sweep(t.Context(), app)
					require.NoError(t, err)
					assert.True(t, v.Ready)
					assert.Greater(t, time.Since(begin), 70*time.Second)
					assert.Less(t, time.Since(begin), 100*time.Second)
					assert.Contains(t, strings.Join(waits, "\n"), fmt.Sprintf("waiting: the token request failed (rcauth: JWT: status %d", status))
				})
			})
		}
	}
}

// TestTokenRequestsAreGivenUp: after five tries the sweep stops with one error.
func TestTokenRequestsAreGivenUp(t *testing.T) {
	for _, status := range []int{429, 500} {
		onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
			_, err := s.Fail(rctest.Fault{Path: "/restapi/oauth/token", Status: status})
			require.NoError(t, err)
			_, err = gradtest.Sweep(t.Context(), s.app(gradtest.Endpoint{Op: rcapi.ReadExtension}))
			require.ErrorContains(t, err, fmt.Sprintf("rcauth: JWT: status %d", status))
			assert.NotContains(t, err.Error(), "\n", "one error")
			assert.Equal(t, 5, tokenRequests(s.Server))
		})
	}
}

func TestARefusedLoginIsNotRepeated(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		t.Setenv("RC_USER_JWT", "wrong")
		_, err := gradtest.Sweep(t.Context(), s.app(gradtest.Endpoint{Op: rcapi.ReadExtension}))
		require.Error(t, err)
		assert.Equal(t, 1, tokenRequests(s.Server))
	})
}

func TestAnExpiredTokenIsNotSent(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
		app.Target.Token = oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "old", Expiry: time.Now().Add(-time.Minute)})
		_, err := gradtest.Sweep(t.Context(), app)
		require.ErrorContains(t, err, "the access token of App.Target.Token expired at 1999-12-31T23:59:00Z: use a source that renews it")
		assert.Empty(t, s.Calls())
	})
}

// TestARefusedLoginIsNamed: an SDK whose login is refused goes on without a token. Its 401 is the consequence.
func TestARefusedLoginIsNamed(t *testing.T) {
	const want = "the login before it was refused, so it had no valid token: the token request was answered 400 OAU-153: " +
		"unknown client id, or the secret does not belong to it"
	t.Setenv("RC_SERVER_URL", "")
	sdk := func(base string) (status int) {
		req, err := http.NewRequest(http.MethodPost, base+"/restapi/oauth/token", strings.NewReader(url.Values{
			"grant_type": {rctest.GrantJWT}, "assertion": {"x"},
		}.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth("another client", "secret")
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		_ = resp.Body.Close()
		resp, err = http.Get(base + "/restapi/v1.0/account/~/extension/~")
		require.NoError(t, err)
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	app := gradtest.App{
		Name: fmt.Sprint("refused login ", time.Now().UnixNano()), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension, Do: func(c *gradtest.Call) { sdk(c.Gateway()) }}},
	}
	_, err := gradtest.Sweep(t.Context(), app)
	require.ErrorContains(t, err, want)

	var out bytes.Buffer
	s := gradtest.Start(output{t, &out}, app)
	assert.Equal(t, http.StatusUnauthorized, sdk(s.Gateway()))
	assert.Contains(t, out.String(), want)
}

// output is a test whose output is kept.
type output struct {
	testing.TB
	out io.Writer
}

func (o output) Output() io.Writer { return o.out }

// TestAnSDKWithADeadToken: code that authorizes itself through the gateway sends many calls at once with a token that
// was revoked. One of them is refused by the platform, the others by the gateway, until the code has another token.
func TestAnSDKWithADeadToken(t *testing.T) {
	server := rctest.NewServer(t)
	t.Setenv("GRADTEST_DIR", t.TempDir())
	for name, value := range map[string]string{
		"RC_SERVER_URL": server.URL, "RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret, "RC_USER_JWT": server.JWT,
	} {
		t.Setenv(name, value)
	}
	session := gradtest.Start(t, gradtest.App{
		Name: "own tokens", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
	})
	base := session.Gateway()
	config := rcauth.Config{URL: base, ClientID: server.ClientID, ClientSecret: server.ClientSecret}
	login := func() string {
		token, err := rcauth.JWT(t.Context(), config, server.JWT).Token()
		require.NoError(t, err)
		return token.AccessToken
	}
	call := func(token string) (status int, by string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/restapi/v1.0/account/~/extension/~", nil)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := http.DefaultClient.Do(req)
		if !assert.NoError(t, err) {
			return 0, ""
		}
		_ = resp.Body.Close()
		return resp.StatusCode, resp.Header.Get(wire.GatewayHeader)
	}
	token := login()
	require.NoError(t, rcauth.Revoke(t.Context(), config, token))
	var calls sync.WaitGroup
	for range 12 {
		calls.Go(func() {
			status, _ := call(token)
			assert.Equal(t, http.StatusUnauthorized, status)
		})
	}
	calls.Wait()
	assert.Equal(t, 1, refused(server))
	_, by := call(token)
	assert.Equal(t, "GatewayTokenRejected", by)
	status, by := call(login())
	assert.Equal(t, http.StatusOK, status)
	assert.Empty(t, by)
}
