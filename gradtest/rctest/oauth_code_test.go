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

// TestCodeTwice has the session end that the code made: one of the two who had it was not meant to.
func TestCodeTwice(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	form := url.Values{"grant_type": {GrantCode}, "code": {a.consent().Get("code")}, "redirect_uri": {"https://app.example/back?x=1"}}
	m := a.oauth("token", form).json(t)
	renewed := a.refresh(m["refresh_token"]).json(t)
	require.Equal(t, 200, a.as(renewed["access_token"]).status)
	for range 2 {
		got := a.oauth("token", form)
		assert.Equal(t, 403, got.status)
		assert.Equal(t, "OAU-106", got.codes(t)[1])
	}
	assert.Equal(t, "OAU-213", a.as(renewed["access_token"]).codes(t)[1])
	assert.Equal(t, "OAU-211", a.refresh(renewed["refresh_token"]).codes(t)[1])
}

// TestCodeTwiceAtOnce has the second request come before the first has its session.
func TestCodeTwiceAtOnce(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	value := a.consent().Get("code")
	got, first, _ := a.h.codes.take(value, true)
	require.True(t, first)
	_, first, yielded := a.h.codes.take(value, true)
	assert.False(t, first)
	assert.Nil(t, yielded)
	p, ok := a.h.sessions.begin(a.h.user, a.h.scopes, "", ttl{access: accessLongest}, time.Now())
	require.True(t, ok)
	a.h.codes.settle(got, p.access.session, a.h.sessions)
	assert.Equal(t, 401, a.as(p.access.value).status)
}
