package rctest

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// page opens the consent page and returns it, and its ticket.
func (a *app) page(kv ...string) (html, ticket string) {
	a.Helper()
	q := url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"https://app.example/back?x=1"}, "state": {"s&t"}}
	for i := 0; i < len(kv); i += 2 {
		q.Set(kv[i], kv[i+1])
	}
	got := a.call("GET /restapi/oauth/authorize?" + q.Encode())
	require.Equal(a, 200, got.status, got.body)
	require.Equal(a, "text/html; charset=utf-8", got.header.Get("Content-Type"))
	found := regexp.MustCompile(`name="ticket" value="([^"]+)"`).FindStringSubmatch(got.body)
	require.NotNil(a, found)
	return got.body, found[1]
}

// decide submits the consent page.
func (a *app) decide(kv ...string) answer {
	form := url.Values{}
	for i := 0; i < len(kv); i += 2 {
		form.Set(kv[i], kv[i+1])
	}
	r := formRequest("x", form)
	r.URL.Path = consentPath
	return a.send(r)
}

func location(t *testing.T, a answer) url.Values {
	t.Helper()
	require.Equal(t, 303, a.status, a.body)
	u, err := url.Parse(a.header.Get("Location"))
	require.NoError(t, err)
	assert.Equal(t, "app.example/back", u.Host+u.Path)
	assert.Equal(t, "1", u.Query().Get("x"))
	assert.Equal(t, "s&t", u.Query().Get("state"))
	return u.Query()
}

func TestConsentAllowed(t *testing.T) {
	a := newStranger(t, Config{Consent: true, AppName: "CRM <sync>", Scopes: []rcapi.Scope{"SMS", "ReadCallLog"}})
	html, ticket := a.page()
	assert.Contains(t, html, "CRM &lt;sync&gt;")
	assert.Contains(t, html, "<li>Send and receive text messages</li>")
	assert.Contains(t, html, "<li>See your call log</li>")
	assert.Contains(t, html, "As Robin Example")
	assert.NotContains(t, html, `type="radio"`, "one user is no choice")
	assert.NotRegexp(t, `<script|src=|href=|url\(|@import`, html, "nothing to load and nothing to run")

	before := len(a.h.Calls())
	got := a.decide("ticket", ticket, "decision", "allow", "user", extensionID)
	assert.Len(t, a.h.Calls(), before, "submitting the page is not a call")
	q := location(t, got)
	assert.Equal(t, "60", q.Get("expires_in"))
	form := url.Values{"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back?x=1"}}
	assert.Equal(t, 200, a.oauth("token", form).status)
	assert.Equal(t, 400, a.decide("ticket", ticket, "decision", "allow").status, "a page is answered once")
}

func TestConsentDenied(t *testing.T) {
	a := newStranger(t, Config{Consent: true, Limits: Unlimited()})
	for _, decision := range []string{"deny", "", "ALLOW"} {
		_, ticket := a.page()
		q := location(t, a.decide("ticket", ticket, "decision", decision))
		assert.Equal(t, "access_denied", q.Get("error"))
		assert.NotEmpty(t, q.Get("error_description"))
		assert.False(t, q.Has("code"))
	}
}

func TestConsentOfSeveralUsers(t *testing.T) {
	a := newStranger(t, Config{Consent: true, Limits: Unlimited(), Users: []User{{Name: "Kim Doe"}, {Name: "Lee Roe"}}})
	html, ticket := a.page("login_hint", "102")
	assert.Equal(t, 3, strings.Count(html, `type="radio"`))
	assert.Contains(t, html, `value="62264426" checked> Kim Doe`)
	q := location(t, a.decide("ticket", ticket, "decision", "allow", "user", "62264427"))
	m := a.oauth("token", url.Values{"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back?x=1"}}).json(t)
	assert.Equal(t, "62264427", m["owner_id"], "who was picked, not who was hinted at")
	html, ticket = a.page()
	assert.Contains(t, html, `value="62264425" checked> Robin Example`)
	assert.Equal(t, 400, a.decide("ticket", ticket, "decision", "allow", "user", "1").status)
}

// TestConsentIsNotForged submits forms that no page of the emulator sent.
func TestConsentIsNotForged(t *testing.T) {
	a := newStranger(t, Config{Consent: true, Limits: Unlimited()})
	_, ticket := a.page()
	form := url.Values{"ticket": {ticket}, "decision": {"allow"}}
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r := formRequest("x", form)
		r.URL.Path = consentPath
		r.Header.Set(header, value)
		got := a.send(r)
		assert.Equal(t, 403, got.status)
		assert.Empty(t, got.header.Get("Location"))
	}
	assert.Equal(t, 400, a.decide("decision", "allow").status, "no ticket")
	assert.Equal(t, 400, a.decide("ticket", "made-up", "decision", "allow").status)
	r := formRequest("x?"+form.Encode(), nil)
	r.URL.Path = consentPath
	assert.Equal(t, 400, a.send(r).status, "in the query it is in logs, too")
	r = formRequest("x", form)
	r.URL.Path, r.Method = consentPath, "GET"
	assert.Equal(t, 405, a.send(r).status)
	r = formRequest("x", form)
	r.URL.Path = consentPath
	r.Header.Set("Content-Type", "text/plain")
	assert.Equal(t, 400, a.send(r).status)

	r = formRequest("x", form)
	r.URL.Path = consentPath
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	assert.Equal(t, 303, a.send(r).status, "its own page may")
	got := a.call("GET /restapi/oauth/authorize?response_type=code&client_id=" + a.h.Credentials().ClientID + "&redirect_uri=https://a.example")
	assert.Equal(t, "DENY", got.header.Get("X-Frame-Options"))
	assert.Contains(t, got.header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
	assert.NotContains(t, got.header.Get("Content-Security-Policy"), "form-action", "it would bind the way back to the app, too")
	assert.Equal(t, "no-store", got.header.Get("Cache-Control"))
}

func TestConsentPageGetsOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Consent: true, Limits: Unlimited()})
		_, ticket := a.page()
		_, late := a.page()
		time.Sleep(ticketLife - 1)
		location(t, a.decide("ticket", ticket, "decision", "allow"))
		time.Sleep(time.Nanosecond)
		assert.Equal(t, 400, a.decide("ticket", late, "decision", "allow").status)
		for range 2 * ticketsKept {
			a.page()
		}
		assert.Len(t, a.h.consents.open, ticketsKept)
	})
}

// TestPromptNone never shows a page.
func TestPromptNone(t *testing.T) {
	a := newStranger(t, Config{Consent: true, Limits: Unlimited(), Users: []User{{}, {}}})
	q := a.consent("prompt", "none")
	assert.Equal(t, "login_required", q.Get("error"))
	assert.NotEmpty(t, q.Get("error_description"))
	assert.Equal(t, "s&t", q.Get("state"))

	for _, who := range []string{"62264426", "62264425", "62264426"} {
		_, ticket := a.page()
		location(t, a.decide("ticket", ticket, "decision", "allow", "user", who))
	}
	owner := func(kv ...string) any { return a.byCode(append(kv, "prompt", "none")...)["owner_id"] }
	assert.Equal(t, "62264426", owner(), "who agreed last")
	assert.Equal(t, "62264425", owner("login_hint", "101"))
	assert.Equal(t, "login_required", a.consent("prompt", "none", "login_hint", "103").Get("error"))
	assert.Len(t, a.h.consents.users, 2, "each once")
	html, _ := a.page("prompt", "login consent")
	assert.Contains(t, html, "Allow")
}

func TestConsentByPost(t *testing.T) {
	a := newStranger(t, Config{Consent: true, Limits: Unlimited()})
	got := a.send(formRequest("authorize", url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"myapp:/back"}}))
	assert.Equal(t, 200, got.status)
	assert.Contains(t, got.body, "myapp:")
}

// TestConsentWithoutControls has the page answered although the emulator's own endpoints are switched off.
func TestConsentWithoutControls(t *testing.T) {
	a := newStranger(t, Config{Consent: true, NoControls: true, Limits: Unlimited()})
	_, ticket := a.page()
	assert.NotEmpty(t, location(t, a.decide("ticket", ticket, "decision", "allow")).Get("code"))
	assert.Equal(t, 404, a.call("GET /emulator/v1/users").status)
}
