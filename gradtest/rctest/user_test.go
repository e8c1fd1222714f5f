package rctest

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// loginAs logs in by JWT.
func (a *app) loginAs(c Credentials) *app {
	a.Helper()
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {c.JWT}})
	require.Equal(a, 200, got.status, got.body)
	b := *a
	b.token = got.json(a)["access_token"].(string)
	require.Equal(a, c.ExtensionID, got.json(a)["owner_id"])
	return &b
}

func TestUsersLogInByTheirOwn(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Users: []User{
		{}, {ExtensionID: "700", ExtensionNumber: "7", Name: "Kim Doe", Username: "kim@example.com", Password: "word", JWT: "k.i.m"},
	}})
	all := a.h.Users()
	require.Len(t, all, 3)
	assert.Equal(t, a.h.Credentials(), all[0])
	assert.Equal(t, "62264426", all[1].ExtensionID, "the next after the first")
	assert.Equal(t, Credentials{all[0].ClientID, all[0].ClientSecret, "k.i.m", "kim@example.com", "word", accountID, "700"}, all[2])
	for i, c := range all {
		number := []string{"101", "102", "7"}[i]
		assert.Equal(t, []string{ownNumber, "+16505550102", "+16505550007"}[i], a.h.users[i].number)
		for name, form := range map[string]url.Values{
			"jwt":                 {"grant_type": {GrantJWT}, "assertion": {c.JWT}},
			"password":            {"grant_type": {GrantPassword}, "username": {c.Username}, "password": {c.Password}},
			"password, extension": {"grant_type": {GrantPassword}, "username": {c.Username}, "password": {c.Password}, "extension": {number}},
			"password, company":   {"grant_type": {GrantPassword}, "username": {mainNumber + "*" + number}, "password": {c.Password}},
			"code": {
				"grant_type": {GrantCode}, "code": {a.consent("login_hint", c.Username).Get("code")},
				"redirect_uri": {"https://app.example/back?x=1"},
			},
		} {
			got := a.oauth("token", form)
			require.Equal(t, 200, got.status, "%s: %s", name, got.body)
			assert.Equal(t, c.ExtensionID, got.json(t)["owner_id"], name)
		}
	}
	info := a.loginAs(all[2]).call("GET /restapi/oauth/userinfo").json(t)
	for k, want := range map[string]string{"sub": "700", "name": "Kim Doe", "given_name": "Kim", "family_name": "Doe", "email": "kim@example.com"} {
		assert.Equal(t, want, info[k])
	}
	assert.Contains(t, a.loginAs(all[2]).call(getOwn).json(t)["uri"], "/extension/700", "~ is whose token it is")
}

// TestUsersHaveTheirOwnLimits has the buckets apart, except the app's Auth bucket.
func TestUsersHaveTheirOwnLimits(t *testing.T) {
	a := newStranger(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 2}, Users: []User{{}}})
	one, two := a.loginAs(a.h.Users()[0]), a.loginAs(a.h.Users()[1])
	for range 2 {
		assert.Equal(t, 200, one.call(getOwn).status)
	}
	assert.Equal(t, 429, one.call(getOwn).status)
	assert.Equal(t, 200, two.call(getOwn).status)
	assert.Equal(t, 200, one.call("GET /restapi/oauth/userinfo").status)
	assert.Equal(t, "1", two.call("GET /restapi/oauth/userinfo").header.Get("X-Rate-Limit-Remaining"), "of five")
}

func TestUsersHaveTheirOwnSessions(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Users: []User{{}}})
	one := a.loginAs(a.h.Users()[0])
	for range sessionLimit {
		a.loginAs(a.h.Users()[1])
	}
	assert.Equal(t, 200, one.call(getOwn).status)
}

func TestLogOut(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Users: []User{{}}})
	first, second := a.h.Users()[0], a.h.Users()[1]
	refresh := a.login()["refresh_token"]
	other := a.loginAs(second)
	assert.Equal(t, 1, a.h.LogOut(first.ExtensionID))
	assert.Equal(t, 0, a.h.LogOut(first.ExtensionID), "again there is nothing to end")
	assert.Equal(t, 0, a.h.LogOut("1"), "no such user")
	assert.Equal(t, "OAU-213", a.call(getOwn).codes(t)[1])
	assert.Equal(t, "OAU-211", a.refresh(refresh).codes(t)[1])
	assert.Equal(t, 200, other.call(getOwn).status)
	assert.Equal(t, 200, a.loginAs(first).call(getOwn).status, "and in again")
}

func TestPermissions(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog}, Users: []User{
		{Permissions: []string{"ReadCallLog"}}, {Permissions: []string{}},
	}})
	require.Equal(t, "ReadCallLog", rcapi.ReadUserCallLog.Permission)
	all, some, none := a.loginAs(a.h.Users()[0]), a.loginAs(a.h.Users()[1]), a.loginAs(a.h.Users()[2])
	const log = "GET " + own + "/call-log"
	assert.Equal(t, 200, all.call(log).status)
	assert.Equal(t, 200, some.call(log).status)
	got := none.call(log)
	assert.Equal(t, 403, got.status)
	assert.Equal(t, [2]string{"CMN-408", "CMN-408"}, got.codes(t))
	assert.Equal(t, "ReadCallLog", got.json(t)["permissionName"])
	assert.Equal(t, "ReadCallLog", got.json(t)["errors"].([]any)[0].(map[string]any)["permissionName"])
	assert.Contains(t, got.json(t)["message"], "[ReadCallLog]")
	assert.Equal(t, 200, none.call("GET /restapi/v1.0/dictionary/timezone").status, "what needs none")
	assert.Equal(t, 200, none.call("GET /restapi").status, "nor a token")
	assert.Equal(t, "CMN-401", none.call("POST "+own+"/sms", "{}").codes(t)[1], "the app's fault is found first")
}

// TestPermissionsInTheProfile: the profile of a user lists the permissions that the checks use.
func TestPermissionsInTheProfile(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Users: []User{{Permissions: []string{"ReadCallLog", "ReadExtensions"}}}})
	names := func(c Credentials) (permissions []any) {
		for _, p := range a.loginAs(c).call("GET " + own + "/authz-profile").json(t)["permissions"].([]any) {
			permissions = append(permissions, p.(map[string]any)["permission"].(map[string]any)["id"])
		}
		return permissions
	}
	assert.Equal(t, []any{"ReadCallLog", "ReadExtensions"}, names(a.h.Users()[1]))
	all := names(a.h.Users()[0])
	assert.Contains(t, all, "ReadCallLog")
	assert.Contains(t, all, "EditPersonalContacts")
}

func TestEitherPermission(t *testing.T) {
	either := rcapi.Operation{Permission: "A OR B"}
	for _, c := range []struct {
		permissions []string
		op          rcapi.Operation
		want        string
	}{
		{nil, either, ""},
		{[]string{}, either, "A"},
		{[]string{"A"}, either, ""},
		{[]string{"B"}, either, ""},
		{[]string{"A OR B"}, either, "A"},
		{[]string{"B"}, rcapi.Operation{Permission: "A"}, "A"},
		{[]string{}, rcapi.Operation{}, ""},
	} {
		u := newUser(&settings{}, User{Permissions: c.permissions}, nil)
		assert.Equal(t, c.want, u.lacks(c.op), c.permissions)
	}
}

// TestSecondFactorIsForPasswords lets the other grants pass: there the user has shown it already.
func TestSecondFactorIsForPasswords(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), Users: []User{{Refused: "OAU-168", Username: "kim@example.com"}}})
	a.loginAs(a.h.Users()[1])
	assert.NotEmpty(t, a.consent("login_hint", "kim@example.com").Get("code"))
}
