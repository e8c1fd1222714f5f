package rctest

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// refresh exchanges a refresh token and returns the answer.
func (a *app) refresh(token any) answer {
	return a.oauth("token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.(string)}})
}

// as calls with another token.
func (a *app) as(token any) answer {
	b := *a
	b.token = token.(string)
	return b.call(getOwn)
}

func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		first := a.login()
		second := a.refresh(first["refresh_token"]).json(t)
		for _, k := range []string{"access_token", "refresh_token"} {
			assert.NotEqual(t, first[k], second[k], "a new pair")
		}
		for _, k := range []string{"session_id", "endpoint_id", "scope", "owner_id"} {
			assert.Equal(t, first[k], second[k], "of the same session")
		}
		assert.Equal(t, 200, a.as(second["access_token"]).status)
		got := a.as(first["access_token"])
		assert.Equal(t, 401, got.status, "the old access token dies at once")
		assert.Equal(t, [2]string{"TokenInvalid", "OAU-129"}, got.codes(t))

		time.Sleep(9 * time.Second)
		again := a.refresh(first["refresh_token"]).json(t)
		assert.Equal(t, second["access_token"], again["access_token"], "the same pair")
		assert.Equal(t, second["refresh_token"], again["refresh_token"])
		assert.EqualValues(t, 3591, again["expires_in"], "which runs already")

		time.Sleep(time.Second)
		got = a.refresh(first["refresh_token"])
		assert.Equal(t, 400, got.status, "after ten seconds it is gone")
		assert.Equal(t, "OAU-213", got.codes(t)[1])
		assert.Equal(t, [2]string{"TokenInvalid", "OAU-213"}, a.as(first["access_token"]).codes(t))
		assert.Equal(t, 200, a.as(second["access_token"]).status, "the session lives on")
	})
}

func TestRotationTwice(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	first := a.login()
	second := a.refresh(first["refresh_token"]).json(t)
	require.Equal(t, 200, a.refresh(second["refresh_token"]).status)
	assert.Equal(t, "OAU-213", a.refresh(first["refresh_token"]).codes(t)[1], "its pair is not the current one any more")
}

func TestSixthSessionDropsTheOldest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		var all []map[string]any
		for range 5 {
			all = append(all, a.login())
		}
		renewed := a.refresh(all[0]["refresh_token"]).json(t)
		assert.Equal(t, 200, a.as(renewed["access_token"]).status, "a refresh opens no session")
		a.login()
		got := a.as(renewed["access_token"])
		assert.Equal(t, 401, got.status)
		assert.Equal(t, [2]string{"TokenInvalid", "OAU-213"}, got.codes(t))
		assert.Equal(t, "OAU-213", a.refresh(renewed["refresh_token"]).codes(t)[1])
		for _, s := range all[1:] {
			assert.Equal(t, 200, a.as(s["access_token"]).status)
		}
	})
}

func TestExpiredSessionsGiveWayFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		oldest := a.login() // with a refresh token
		for range 4 {
			a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "refresh_token_ttl": {"0"}})
		}
		time.Sleep(3600 * time.Second)
		for range 4 {
			a.login()
		}
		assert.Equal(t, 200, a.refresh(oldest["refresh_token"]).status)
	})
}

func TestSessionsForgetInTheEnd(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	token := a.login()["refresh_token"]
	for range 800 {
		token = a.refresh(token).json(t)["refresh_token"]
	}
	assert.LessOrEqual(t, len(a.h.sessions.tokens), gravesKept+20, "nor does one session grow for ever")
	for range 600 {
		a.login()
	}
	assert.LessOrEqual(t, len(a.h.sessions.tokens), gravesKept+sessionLimit*20)
	assert.Len(t, a.h.sessions.open[a.h.user], sessionLimit)
}
