package rcauth

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const goodToken = `{"access_token":"AT","token_type":"bearer","expires_in":3600,"scope":"ReadMessages SMS Glip","owner_id":"1","session_id":"s"}`

func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}

func TestWhatGrantsSend(t *testing.T) {
	for _, tt := range []struct {
		name   string
		source func(Config) (oauth2.TokenSource, error)
		form   url.Values
	}{
		{"JWT", func(c Config) (oauth2.TokenSource, error) { return JWT(t.Context(), c, jwt), nil },
			url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {jwt}}},
		{"password", func(c Config) (oauth2.TokenSource, error) {
			return Password(t.Context(), c, "+16505550100*101", "p w"), nil
		},
			url.Values{"grant_type": {"password"}, "username": {"+16505550100*101"}, "password": {"p w"}}},
		{"refresh", func(c Config) (oauth2.TokenSource, error) { return Refresh(t.Context(), c, "RT0"), nil },
			url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"RT0"}}},
		{"code", func(c Config) (oauth2.TokenSource, error) {
			return Code{Config: c, RedirectURL: "http://localhost/cb"}.Exchange(t.Context(), "CODE", "VERIFIER")
		},
			url.Values{"grant_type": {"authorization_code"}, "code": {"CODE"}, "code_verifier": {"VERIFIER"}, "redirect_uri": {"http://localhost/cb"}}},
	} {
		for _, public := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s public=%t", tt.name, public), func(t *testing.T) {
				e := newEndpoint(t, respond(200, "application/json", goodToken))
				c := e.config()
				want, auth := url.Values{}, basic(clientID, clientSecret)
				for k, v := range tt.form {
					want[k] = v
				}
				if public {
					c.ClientSecret, auth = "", ""
					want.Set("client_id", clientID)
				}
				source, err := tt.source(c)
				require.NoError(t, err)
				token, err := source.Token()
				require.NoError(t, err)
				assert.Equal(t, "AT", token.AccessToken)
				assert.Equal(t, "Bearer", token.Type())
				assert.Equal(t, []rcapi.Scope{rcapi.ScopeReadMessages, rcapi.ScopeSMS, rcapi.ScopeTeamMessaging}, Scopes(token))
				assert.Equal(t, []call{{"/restapi/oauth/token", auth, "application/x-www-form-urlencoded", want}}, e.seen(), "one call, no probing")
			})
		}
	}
}

func TestScopesOfNothing(t *testing.T) {
	assert.Empty(t, Scopes(nil))
	assert.Empty(t, Scopes(&oauth2.Token{AccessToken: "x"}))
	assert.Empty(t, Scopes((&oauth2.Token{}).WithExtra(map[string]any{"scope": 5})))
}

func TestRefreshTokensRotate(t *testing.T) {
	e := newEndpoint(t, func(w http.ResponseWriter, n int, _ call) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"access_token":"AT%d","expires_in":0,"token_type":"bearer","refresh_token":"RT%d"}`, n, n)
	})
	source := Refresh(t.Context(), e.config(), "RT0").(*source)
	for n := 1; n <= 3; n++ {
		token, err := source.Token()
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf("AT%d", n), token.AccessToken)
		assert.Equal(t, fmt.Sprintf("RT%d", n-1), e.seen()[n-1].form.Get("refresh_token"))
		source.token = nil // as if it had expired
	}
}

func TestASignInWithoutRefreshTokenEnds(t *testing.T) {
	e := newEndpoint(t, respond(200, "application/json", goodToken))
	s, err := Code{Config: e.config(), RedirectURL: "http://localhost"}.Exchange(t.Context(), "C", "V")
	require.NoError(t, err)
	s.(*source).token = nil
	_, err = s.Token()
	assert.ErrorContains(t, err, "Issue refresh tokens")
	assert.Len(t, e.seen(), 1)
}

func TestAuthCodeURL(t *testing.T) {
	g := Code{Config: Config{URL: "https://h.example/", ClientID: clientID, ClientSecret: clientSecret}, RedirectURL: "http://localhost/cb?x=1"}
	verifier := oauth2.GenerateVerifier()
	u, err := url.Parse(g.AuthCodeURL("st ate", verifier))
	require.NoError(t, err)
	assert.Equal(t, "https://h.example/restapi/oauth/authorize", u.Scheme+"://"+u.Host+u.Path)
	assert.Equal(t, url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {"http://localhost/cb?x=1"}, "state": {"st ate"},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(verifier)}, "code_challenge_method": {"S256"},
	}, u.Query())
}

func TestRevoke(t *testing.T) {
	for _, public := range []bool{false, true} {
		e := newEndpoint(t, respond(200, "", ""))
		c, auth, form := e.config(), basic(clientID, clientSecret), url.Values{"token": {"AT"}}
		if public {
			c.ClientSecret, auth = "", ""
			form.Set("client_id", clientID)
		}
		require.NoError(t, Revoke(t.Context(), c, "AT"))
		assert.Equal(t, []call{{"/restapi/oauth/revoke", auth, "application/x-www-form-urlencoded", form}}, e.seen())
	}
	e := newEndpoint(t, respond(400, "application/json", `{"error":"invalid_request","errors":[{"errorCode":"OAU-164","message":"AT-0123456"}]}`))
	err := Revoke(t.Context(), e.config(), "AT-0123456")
	assert.ErrorContains(t, err, "OAU-164")
	assert.NotContains(t, err.Error(), "AT-0123456")
}

func TestARedirectDoesNotCarryTheCredentialsAway(t *testing.T) {
	elsewhere := newEndpoint(t, respond(200, "application/json", goodToken))
	e := newEndpoint(t, func(w http.ResponseWriter, _ int, _ call) {
		w.Header().Set("Location", elsewhere.URL+"/restapi/oauth/token")
		w.WriteHeader(http.StatusTemporaryRedirect)
		_, _ = io.WriteString(w, "moved")
	})
	_, err := JWT(t.Context(), e.config(), jwt).Token()
	assert.ErrorContains(t, err, "redirect")
	assert.Empty(t, elsewhere.seen())
}
