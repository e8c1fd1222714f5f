package rctest

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// times repeats a call.
func (a *app) times(n int, what string, body ...string) {
	a.Helper()
	for range n {
		a.call(what, body...)
	}
}

// errors makes calls without a token.
func (a *app) errors(n int, what string) {
	b := *a
	b.token = ""
	b.times(n, what)
}

const (
	store    = "GET " + own + "/message-store"
	presence = "GET " + own + "/presence"
	timezone = "GET /restapi/v1.0/dictionary/timezone"
)

func TestVerdictBoundaries(t *testing.T) {
	scopes := []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages}
	for _, c := range []struct {
		name   string
		scopes []rcapi.Scope
		act    func(a *app)
		open   []string // what each open rule says; none: ready
	}{
		{name: "nothing", act: func(*app) {}, open: []string{"0 of 21 successful calls"}},
		{name: "20 calls", act: func(a *app) { a.times(20, timezone) }, open: []string{"20 of 21 successful calls"}},
		{name: "21 calls", act: func(a *app) { a.times(21, timezone) }},
		{name: "authorization is no volume", act: func(a *app) { a.times(20, timezone); a.times(5, "GET /restapi/oauth/userinfo") }, open: []string{"20 of 21 successful"}},
		{name: "an endpoint at 4", act: func(a *app) { a.times(21, timezone); a.times(4, getOwn) }, open: []string{"{extensionId}: 4 of 5 successful calls"}},
		{name: "an endpoint at 5", act: func(a *app) { a.times(21, timezone); a.times(5, getOwn) }},
		{name: "different ids are one endpoint", act: func(a *app) {
			a.times(21, timezone)
			for range 5 {
				id := a.call("POST "+own+"/address-book/contact", "{}").json(t)["id"].(float64)
				a.call(fmt.Sprintf("GET %s/address-book/contact/%.0f", own, id))
			}
		}},
		{name: "a path that the platform lacks was used", act: func(a *app) { a.times(21, timezone); a.call("GET /restapi/v1.0/account/7/nothing") },
			open: []string{"GET /restapi/v1.0/account/{}/{}: 0 of 5 successful"}},
		{name: "a 404 is no authentication error", act: func(a *app) {
			a.times(21, timezone)
			a.times(5, getOwn)
			a.times(9, store+"?page=x")
			a.times(5, store)
		}},
		{name: "1 error in 20", act: func(a *app) { a.times(21, timezone); a.times(16, getOwn); a.errors(2, getOwn) /* 39 calls */ },
			open: []string{"2 authentication errors in 39 calls", "2 authentication errors in 40 calls"}},
		{name: "2 errors in 40, authorization included", act: func(a *app) { a.times(21, timezone); a.times(17, getOwn); a.errors(2, getOwn) },
			open: []string{"2 authentication errors in 40 calls"}},
		{name: "2 errors in 41", act: func(a *app) { a.times(21, timezone); a.times(18, getOwn); a.errors(2, getOwn) }},
		{name: "1 error in 21", act: func(a *app) { a.times(15, timezone); a.times(6, getOwn); a.errors(1, getOwn) }},
		{name: "a failed login", act: func(a *app) { a.times(21, timezone); a.oauth("token", nil); a.oauth("token", nil) /* 2 of 24 */ },
			open: []string{"2 authentication errors in 24 calls"}},
		{name: "all scopes", scopes: scopes, act: func(a *app) { a.times(11, getOwn); a.times(11, store) }},
		{name: "a scope left", scopes: scopes, act: func(a *app) { a.times(22, getOwn) }, open: []string{"scope ReadMessages: not exercised"}},
		{name: "what is included is not exercised", scopes: []rcapi.Scope{rcapi.ScopeSMS}, act: func(a *app) { a.times(21, store) }, open: []string{"scope SMS"}},
		{name: "a refusal exercises nothing", scopes: scopes, act: func(a *app) { a.times(50, getOwn); a.times(5, store); a.times(3, presence) /* 403, 3 of 59 */ },
			open: []string{"presence: 0 of 5 successful", "3 authentication errors in 58", "3 authentication errors in 59"}},
		{name: "webhook", scopes: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}, act: func(a *app) { a.times(21, "POST /restapi/v1.0/subscription", viaWebhook) }},
		{name: "no webhook", scopes: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}, act: func(a *app) { a.times(21, "POST /restapi/v1.0/subscription", viaSocket) },
			open: []string{"scope SubscriptionWebhook: not exercised"}},
		{name: "not exercisable", scopes: []rcapi.Scope{rcapi.ScopeVoicemail}, act: func(a *app) { a.times(21, timezone) }, open: []string{"scope Voicemail: no operation exercises it"}},
		{name: "by its older name", scopes: []rcapi.Scope{"Glip"}, act: func(a *app) { a.times(21, "GET /team-messaging/v1/everyone") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newApp(t, Config{Scopes: c.scopes, Limits: Unlimited()})
				c.act(a)
				v := a.h.Verdict()
				assert.Equal(t, len(c.open) == 0, v.Ready)
				said := strings.Join(v.Open, "\n")
				for _, want := range c.open {
					assert.Contains(t, said, want)
				}
				if len(c.open) == 0 {
					assert.Empty(t, v.Open)
				}
				if c.name == "a failed login" {
					assert.Len(t, v.Open, 2, "without authorization there is no error")
				}
			})
		})
	}
}

func TestVerdictWindows(t *testing.T) {
	// The bubble begins at 00:00 UTC.
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		login := func() { a.login() }
		at := func(d time.Duration) { time.Sleep(time.Until(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(d))) }

		at(24*time.Hour - time.Second)
		login()
		a.times(21, timezone) // 23:59:59 of day 1
		assert.True(t, a.h.Verdict().Ready)
		at(48*time.Hour - time.Nanosecond)
		assert.True(t, a.h.Verdict().Ready, "until the end of day 2")
		at(48 * time.Hour)
		v := a.h.Verdict()
		assert.False(t, v.Ready, "a success of the day before yesterday")
		assert.Equal(t, 0, v.Successes)
		assert.Equal(t, []OperationCount{{Operation: rcapi.ListTimezones, Successes: 0, Calls: 21}}, v.PerOperation, "the endpoint still counts as used")
		assert.Equal(t, 22, v.Total)
		at(72*time.Hour - time.Second - time.Nanosecond)
		assert.Len(t, a.h.Verdict().PerOperation, 1)
		at(72*time.Hour - time.Second)
		assert.Empty(t, a.h.Verdict().PerOperation, "48 hours old is outside")

		at(96 * time.Hour)
		login()
		a.times(5, timezone) // a success at 00:00 is of that day
		at(96*time.Hour + 30*time.Hour)
		login()
		a.times(16, timezone)
		assert.True(t, a.h.Verdict().Ready, "yesterday and today add up")
	})
}

func TestErrorsHoldInBothWindows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		time.Sleep(20 * time.Hour)
		a.errors(3, timezone)
		time.Sleep(30 * time.Hour) // day 3, 02:00: out of the UTC window, inside the rolling one
		a.login()
		a.times(30, timezone)
		v := a.h.Verdict()
		assert.False(t, v.Ready)
		require.Len(t, v.Shares, 4)
		assert.Equal(t, []int{0, 0, 3, 3}, []int{v.Shares[0].Errors, v.Shares[1].Errors, v.Shares[2].Errors, v.Shares[3].Errors})
		assert.Equal(t, []int{30, 31, 33, 34}, []int{v.Shares[0].Calls, v.Shares[1].Calls, v.Shares[2].Calls, v.Shares[3].Calls})
		time.Sleep(18 * time.Hour)
		assert.True(t, a.h.Verdict().Ready, "the errors have faded")
	})
}

func TestVerdictCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 3}, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
		a.times(2, getOwn)
		a.call(presence)         // 403
		a.times(2, getOwn)       // 429
		a.errors(1, getOwn)      // 401
		a.call("GET /elsewhere") // 404
		a.oauth("token", nil)    // 400
		v := a.h.Verdict()
		assert.Equal(t, []int{2, 9, 3, 6, 2}, []int{v.Successes, v.Total, v.AuthErrors, v.ClientErrors, v.TooManyRequests})
		assert.Equal(t, []ScopeCount{{Scope: rcapi.ScopeReadAccounts, Successes: 2, Exercisable: true}}, v.PerScope)
		assert.Equal(t, []OperationCount{
			{Operation: rcapi.ReadExtension, Successes: 2, Calls: 5},
			{Operation: rcapi.ReadUserPresenceStatus, Calls: 1},
			{Operation: rcapi.Operation{Method: "GET", Path: "/{}"}, Calls: 1},
		}, v.PerOperation)
		assert.Equal(t, time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC), v.Since)
	})
}

func TestEvidenceIsPruned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		for range 20 {
			time.Sleep(11*time.Hour + 55*time.Minute)
			a.login()
			a.times(chunk, timezone)
		}
		assert.LessOrEqual(t, len(a.h.evidence.marks), 8)
		assert.Equal(t, 5*(chunk+1), a.h.Verdict().Total, "all that is younger than 48 hours, and no more")
	})
}
