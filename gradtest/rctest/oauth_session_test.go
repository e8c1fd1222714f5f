package rctest

import (
	"net/url"
	"sync"
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

// TestRotationOfAPairInUse has the ten seconds begin with the first use of the new access token, however late that is.
func TestRotationOfAPairInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		first := a.login()
		second := a.refresh(first["refresh_token"]).json(t)
		time.Sleep(30 * time.Minute)
		again := a.refresh(first["refresh_token"]).json(t)
		assert.Equal(t, second["access_token"], again["access_token"])
		require.Equal(t, 200, a.as(second["access_token"]).status)
		time.Sleep(10*time.Second - 1)
		require.Equal(t, 200, a.as(second["access_token"]).status, "a later use begins nothing anew")
		assert.Equal(t, second["refresh_token"], a.refresh(first["refresh_token"]).json(t)["refresh_token"])
		time.Sleep(time.Nanosecond)
		assert.Equal(t, "OAU-213", a.refresh(first["refresh_token"]).codes(t)[1])
		assert.Equal(t, "Token not found", a.refresh(first["refresh_token"]).json(t)["error_description"])
	})
}

// TestRotationOfAPairNotInUse has the old refresh token work for an hour.
func TestRotationOfAPairNotInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		first := a.login()
		second := a.refresh(first["refresh_token"]).json(t)
		assert.Equal(t, 401, a.as(second["refresh_token"]).status, "a refresh token is no access token, and its use none of it")
		for range 59 {
			time.Sleep(time.Minute)
			again := a.refresh(first["refresh_token"]).json(t)
			require.Equal(t, second["access_token"], again["access_token"], "always the same pair")
			require.Equal(t, second["refresh_token"], again["refresh_token"])
		}
		time.Sleep(time.Minute - 1)
		again := a.refresh(first["refresh_token"]).json(t)
		assert.Equal(t, second["refresh_token"], again["refresh_token"])
		assert.EqualValues(t, 0, again["expires_in"], "less than a second is left")
		time.Sleep(time.Nanosecond)
		assert.Equal(t, "OAU-213", a.refresh(first["refresh_token"]).codes(t)[1])
		assert.Equal(t, 200, a.refresh(second["refresh_token"]).status, "the session lives on")
	})
}

// TestSupersededAccessToken has the old access token die at once, under two names.
func TestSupersededAccessToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		first := a.login()
		require.Equal(t, 200, a.as(first["access_token"]).status)
		second := a.refresh(first["refresh_token"]).json(t)
		for range 10 {
			assert.Equal(t, "OAU-129", a.as(first["access_token"]).codes(t)[1])
			time.Sleep(time.Second)
		}
		assert.Equal(t, "OAU-213", a.as(first["access_token"]).codes(t)[1])
		assert.Equal(t, 200, a.refresh(first["refresh_token"]).status, "the old refresh token works on")
		assert.Equal(t, "OAU-213", a.as(first["access_token"]).codes(t)[1], "and brings nothing back")
		assert.Equal(t, 200, a.as(second["access_token"]).status)
	})
}

func TestRefreshWithoutAnother(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	first := a.login()
	last := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first["refresh_token"].(string)}, "refresh_token_ttl": {"0"}}
	for range 2 {
		got := a.oauth("token", last).json(t)
		assert.NotContains(t, got, "refresh_token")
		assert.NotEmpty(t, got["access_token"])
	}
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

func TestSixthSessionIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited(), RefuseLogins: true})
		var all []map[string]any
		for range 5 {
			all = append(all, a.login())
		}
		jwt := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}}
		got := a.oauth("token", jwt)
		assert.Equal(t, 429, got.status)
		assert.Equal(t, "CMN-301", got.json(t)["errorCode"])
		assert.Equal(t, 200, a.as(all[0]["access_token"]).status)
		assert.Equal(t, 200, a.refresh(all[0]["refresh_token"]).status, "a refresh opens no session")
		a.oauth("revoke", url.Values{"token": {all[1]["refresh_token"].(string)}})
		assert.Equal(t, 200, a.oauth("token", jwt).status, "after a log-out there is room")
		assert.Equal(t, 429, a.oauth("token", jwt).status)
		time.Sleep(refreshDefault)
		assert.Equal(t, 200, a.oauth("token", jwt).status, "what has expired takes none")
	})
}

func TestSessionLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited(), SessionLife: 90 * time.Minute})
		m := a.login()
		assert.EqualValues(t, 5400, m["session_expires_in"])
		assert.EqualValues(t, 5400, m["refresh_token_expires_in"], "no token outlives its session")
		assert.Equal(t, time.Now().Add(90*time.Minute).UTC().Format("2006-01-02T15:04:05.000Z"), m["session_expiration_time"])
		assert.NotContains(t, m, "session_idle_timeout")
		time.Sleep(time.Hour)
		again := a.refresh(m["refresh_token"]).json(t)
		assert.EqualValues(t, 1800, again["session_expires_in"])
		assert.EqualValues(t, 1800, again["expires_in"])
		assert.Equal(t, m["session_expiration_time"], again["session_expiration_time"], "a refresh does not prolong it")
		time.Sleep(30*time.Minute - 1)
		assert.Equal(t, 200, a.as(again["access_token"]).status)
		time.Sleep(time.Nanosecond)
		assert.Equal(t, "OAU-213", a.as(again["access_token"]).codes(t)[1])
		assert.Equal(t, "OAU-210", a.refresh(again["refresh_token"]).codes(t)[1])
	})
}

func TestSessionIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited(), SessionIdle: 10 * time.Minute})
		m := a.login()
		assert.EqualValues(t, 600, m["session_idle_timeout"])
		assert.NotContains(t, m, "session_expires_in")
		for range 3 {
			time.Sleep(10*time.Minute - 1)
			assert.Equal(t, 200, a.as(m["access_token"]).status, "use keeps it alive")
		}
		time.Sleep(10*time.Minute - 1)
		m = a.refresh(m["refresh_token"]).json(t)
		time.Sleep(10*time.Minute - 1)
		assert.Equal(t, 200, a.as(m["access_token"]).status, "and so does a refresh")
		time.Sleep(10 * time.Minute)
		assert.Equal(t, "OAU-213", a.as(m["access_token"]).codes(t)[1])
		assert.Equal(t, "OAU-213", a.refresh(m["refresh_token"]).codes(t)[1])
	})
}

// TestSessionMembersAreTheException: without timeouts the response has no members about them.
func TestSessionMembersAreTheException(t *testing.T) {
	for name := range newStranger(t, Config{}).login() {
		assert.NotContains(t, []string{"session_expires_in", "session_expiration_time", "session_idle_timeout", "id_token"}, name)
	}
}

func TestSessionsForgetInTheEnd(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	token := a.login()["refresh_token"]
	for range 800 {
		token = a.refresh(token).json(t)["refresh_token"]
	}
	assert.LessOrEqual(t, len(a.h.sessions.tokens), retiredKept+20, "nor does one session grow for ever")
	for range 600 {
		a.login()
	}
	assert.LessOrEqual(t, len(a.h.sessions.tokens), retiredKept+sessionLimit*20)
	assert.Len(t, a.h.sessions.open[a.h.user], sessionLimit)
}

// TestSessionsAtOnce has many refresh, use and end the same sessions.
func TestSessionsAtOnce(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), SessionIdle: time.Hour, Users: []User{{}}})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				m := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Users()[i%2].JWT}}).json(t)
				next := a.refresh(m["refresh_token"])
				a.as(m["access_token"])
				if next.status == 200 {
					a.as(next.json(t)["access_token"])
				}
				a.oauth("revoke", url.Values{"token": {m["access_token"].(string)}})
				a.h.LogOut(extensionID)
			}
		})
	}
	wg.Wait()
	a.h.LogOut("62264426")
	for _, u := range a.h.users {
		assert.Empty(t, a.h.sessions.open[u])
	}
}
