package rctest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// consent takes the browser's step and returns the query of the redirect.
func (a *app) consent(kv ...string) url.Values {
	a.Helper()
	q := url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"https://app.example/back?x=1"}, "state": {"s&t"}, "prompt": {""}}
	for i := 0; i < len(kv); i += 2 {
		q.Set(kv[i], kv[i+1])
	}
	got := a.call("GET /restapi/oauth/authorize?" + q.Encode())
	require.Equal(a, 302, got.status, got.body)
	to, err := url.Parse(got.header.Get("Location"))
	require.NoError(a, err)
	assert.Equal(a, "app.example/back", to.Host+to.Path)
	return to.Query()
}

func TestAuthorizationCode(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	q := a.consent()
	assert.Equal(t, "s&t", q.Get("state"))
	assert.Equal(t, "1", q.Get("x"), "what the address had stays")
	assert.Equal(t, "60", q.Get("expires_in"))
	form := url.Values{"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back?x=1"}}
	got := a.oauth("token", form)
	require.Equal(t, 200, got.status, got.body)
	assert.Equal(t, 200, a.as(got.json(t)["access_token"]).status)
	assert.Equal(t, "OAU-106", a.oauth("token", form).codes(t)[1], "a code is good once")
}

func TestAuthorizationByPost(t *testing.T) {
	a := newStranger(t, Config{})
	got := a.send(formRequest("authorize", url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"myapp:/back"}}))
	require.Equal(t, 302, got.status)
	assert.Contains(t, got.header.Get("Location"), "myapp:/back?code=")
}

func TestPKCE(t *testing.T) {
	a := newStranger(t, Config{Public: true, Limits: Unlimited()})
	sum := sha256.Sum256([]byte("verifier"))
	s256 := base64.RawURLEncoding.EncodeToString(sum[:])
	for _, c := range []struct {
		challenge, method, verifier string
		status                      int
	}{
		{s256, "S256", "verifier", 200},
		{s256, "S256", "other", 403},
		{s256, "S256", "", 400},
		{"verifier", "plain", "verifier", 200},
		{"verifier", "", "verifier", 200},
		{"verifier", "plain", "other", 403},
	} {
		q := a.consent("code_challenge", c.challenge, "code_challenge_method", c.method)
		got := a.oauth("token", url.Values{
			"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back?x=1"},
			"code_verifier": {c.verifier}, "client_id": {a.h.Credentials().ClientID},
		})
		assert.Equal(t, c.status, got.status, "%+v: %s", c, got.body)
	}
}

func TestCodeFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		exchange := func(code, redirect string) answer {
			return a.oauth("token", url.Values{"grant_type": {GrantCode}, "code": {code}, "redirect_uri": {redirect}})
		}
		late := a.consent().Get("code")
		got := exchange(a.consent().Get("code"), "https://other.example")
		assert.Equal(t, 403, got.status)
		assert.Equal(t, "OAU-109", got.codes(t)[1])
		assert.Equal(t, 400, exchange(a.consent().Get("code"), "").status)
		time.Sleep(60 * time.Second)
		got = exchange(late, "https://app.example/back?x=1")
		assert.Equal(t, 403, got.status)
		assert.Equal(t, "OAU-108", got.codes(t)[1])
		for range 2 * codesKept {
			a.consent()
		}
		assert.Len(t, a.h.codes.open, codesKept)
	})
}

func TestAuthorizeFailures(t *testing.T) {
	a := newStranger(t, Config{ClientID: "app", Limits: Unlimited()})
	for name, query := range map[string]string{
		"no client":        "response_type=code&redirect_uri=https://a.example",
		"unknown client":   "response_type=code&client_id=x&redirect_uri=https://a.example",
		"no response type": "client_id=app&redirect_uri=https://a.example",
		"implicit":         "response_type=token&client_id=app&redirect_uri=https://a.example",
		"no redirect":      "response_type=code&client_id=app",
		"relative":         "response_type=code&client_id=app&redirect_uri=/back",
		"fragment":         "response_type=code&client_id=app&redirect_uri=https://a.example%23x",
		"challenge method": "response_type=code&client_id=app&redirect_uri=https://a.example&code_challenge=x&code_challenge_method=S1",
		"twice":            "response_type=code&client_id=app&client_id=app&redirect_uri=https://a.example",
	} {
		got := a.call("GET /restapi/oauth/authorize?" + query)
		assert.Equal(t, 400, got.status, name)
		assert.NotEmpty(t, got.json(t)["error_description"], name)
		assert.Empty(t, got.header.Get("Location"), name)
	}
}
