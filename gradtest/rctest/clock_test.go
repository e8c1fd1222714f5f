package rctest

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestAdvance moves through what takes time without waiting for any of it.
func TestAdvance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}})
		require.Equal(t, 200, a.call(getOwn).status)
		require.Equal(t, 429, a.call(getOwn).status)
		a.h.Advance(time.Minute - time.Nanosecond)
		require.Equal(t, 429, a.call(getOwn).status, "the penalty is not over")
		a.h.Advance(time.Minute)
		require.Equal(t, 200, a.call(getOwn).status)
		assert.Equal(t, began.Add(2*time.Minute-time.Nanosecond), a.last().Time)

		a.h.Advance(time.Hour)
		got := a.call(getOwn)
		assert.Equal(t, "OAU-128", got.codes(t)[1], "the token has expired")
		assert.Equal(t, "Sat, 01 Jan 2000 01:01:59 GMT", got.header.Get("Date"))
		a.login()
		assert.Equal(t, 2, a.h.Verdict().Successes)
		a.h.Advance(48 * time.Hour)
		assert.Equal(t, 0, a.h.Verdict().Successes)
		assert.Equal(t, began, time.Now())
	})
}

func TestSetTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}})
		at := time.Date(2026, 2, 28, 23, 59, 59, 0, time.UTC)
		a.h.SetTime(at)
		a.login()
		a.call(getOwn)
		require.Equal(t, 429, a.call(getOwn).status)
		assert.True(t, at.Equal(a.last().Time))
		time.Sleep(2 * time.Second)
		assert.True(t, at.Add(2*time.Second).Equal(a.h.Now()), "it goes on from there")
		assert.Equal(t, time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC), a.h.Verdict().Since)

		a.h.SetTime(at.Add(-time.Hour))
		assert.Equal(t, 0, a.h.Verdict().Total, "what is answered later is no evidence yet")
		assert.Equal(t, 200, a.call(getOwn).status, "the limits begin afresh")
		a.h.Advance(2 * time.Hour)
		assert.Equal(t, 2, a.h.Verdict().Successes)
	})
}

// Codes of the authorization page end by the same clock.
func TestCodesFollowTheClock(t *testing.T) {
	a := newStranger(t, Config{ClientID: "crm"})
	got := a.call("GET /restapi/oauth/authorize?response_type=code&client_id=crm&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb")
	require.Equal(t, 302, got.status, got.body)
	location, err := url.Parse(got.header.Get("Location"))
	require.NoError(t, err)
	a.h.Advance(time.Hour)
	answer := a.oauth("token", url.Values{"grant_type": {GrantCode}, "code": {location.Query().Get("code")}, "redirect_uri": {"http://127.0.0.1/cb"}})
	assert.GreaterOrEqual(t, answer.status, 400)
}

func TestTimesThatCannotBe(t *testing.T) {
	h, err := NewHandler(Config{})
	require.NoError(t, err)
	assert.Panics(t, func() { h.Advance(-time.Second) })
	assert.Panics(t, func() { h.Advance(1<<63 - 1) })
	assert.Panics(t, func() { h.SetTime(time.Time{}) })
	assert.Panics(t, func() { h.SetTime(time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)) })
	assert.WithinDuration(t, time.Now(), h.Now(), time.Minute)
}
