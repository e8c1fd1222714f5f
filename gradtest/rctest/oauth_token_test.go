package rctest

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestTokenResponse(t *testing.T) {
	a := newStranger(t, Config{Scopes: []rcapi.Scope{"Glip", rcapi.ScopeSMS}})
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "endpoint_id": {"here"}})
	require.Equal(t, 200, got.status)
	assert.Equal(t, "application/json;charset=utf-8", got.header.Get("Content-Type"))
	assert.Equal(t, "no-store", got.header.Get("Cache-Control"))
	m := got.json(t)
	assert.Equal(t, "bearer", m["token_type"])
	assert.EqualValues(t, 3600, m["expires_in"])
	assert.EqualValues(t, 604800, m["refresh_token_expires_in"])
	assert.Equal(t, "SMS TeamMessaging", m["scope"], "what the app holds, without what comes with it")
	assert.Equal(t, extensionID, m["owner_id"])
	assert.Equal(t, "here", m["endpoint_id"])
	assert.NotEmpty(t, m["session_id"])
	assert.NotEqual(t, m["access_token"], m["refresh_token"])
	assert.Len(t, a.login()["endpoint_id"], 22, "generated when absent")
}

func TestGrants(t *testing.T) {
	cfg := Config{Username: "+16505550101", Password: "pass word", Limits: Unlimited()}
	a := newStranger(t, cfg)
	jwt := a.h.Credentials().JWT
	for name, form := range map[string]url.Values{
		"jwt":                     {"grant_type": {GrantJWT}, "assertion": {jwt}},
		"password":                {"grant_type": {"password"}, "username": {"+16505550101"}, "password": {"pass word"}},
		"password, extension":     {"grant_type": {"password"}, "username": {"+16505550101"}, "password": {"pass word"}, "extension": {"101"}},
		"password, asterisk":      {"grant_type": {"password"}, "username": {"+16505550101*101"}, "password": {"pass word"}},
		"password, company":       {"grant_type": {"password"}, "username": {mainNumber + "*101"}, "password": {"pass word"}},
		"empty fields are absent": {"grant_type": {GrantJWT}, "assertion": {jwt}, "scope": {""}, "access_token_ttl": {""}, "refresh_token": {""}},
	} {
		got := a.oauth("token", form)
		assert.Equal(t, 200, got.status, "%s: %s", name, got.body)
	}
}

// TestTokenFailures has a case for every refusal of the token endpoint.
func TestTokenFailures(t *testing.T) {
	a := newStranger(t, Config{
		ClientID: "app", ClientSecret: "secret", Username: "+1", Password: "word", Limits: Unlimited(), Scopes: []rcapi.Scope{"SMS"},
		RedirectURIs: []string{"https://app.example/back"},
		OtherApps: []OtherApp{
			{ClientID: "neighbour", ClientSecret: "theirs"}, {ClientID: "sandbox", ClientSecret: "theirs", Sandbox: true},
		},
		Users: []User{
			{JWT: "h.expired.s", JWTExpires: time.Now().Add(-time.Hour)},
			{JWT: "h.limited.s", JWTClients: []string{"neighbour"}},
			{JWT: "h.state136.s", Refused: "OAU-136"},
			{JWT: "h.state141.s", Refused: "OAU-141"},
			{JWT: "h.state142.s", Refused: "OAU-142"},
			{JWT: "h.locked147.s", Refused: "OAU-147", Username: "locked@example.com", Password: "word"},
			{JWT: "h.locked148.s", Refused: "OAU-148"},
			{JWT: "h.site.s", Refused: "OAU-167"},
			{JWT: "h.second.s", Refused: "OAU-168", Username: "second@example.com", Password: "word"},
			{JWT: "h.gone.s", Refused: "OAU-232"},
			{JWT: "h.disabled.s", Refused: "OAU-236"},
			{JWT: "h.apps.s", Refused: "CMN-408"},
		},
	})
	jwt := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}}
	part := base64.RawURLEncoding.EncodeToString
	with := func(base url.Values, kv ...string) url.Values {
		out := url.Values{}
		for k, v := range base {
			out[k] = v
		}
		for i := 0; i < len(kv); i += 2 {
			out[kv[i]] = []string{kv[i+1]}
		}
		return out
	}
	password := url.Values{"grant_type": {"password"}, "username": {"+1"}, "password": {"word"}}
	refresh := func(token any) url.Values {
		return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.(string)}}
	}
	code := func(kv ...string) url.Values {
		q := a.consent(append(kv, "redirect_uri", "https://app.example/back")...)
		return url.Values{"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back"}}
	}
	revoked := a.login()
	a.oauth("revoke", url.Values{"token": {revoked["access_token"].(string)}})
	first := a.login()
	second := a.refresh(first["refresh_token"]).json(t)
	require.Equal(t, 200, a.refresh(second["refresh_token"]).status)
	spent := code()
	require.Equal(t, 200, a.oauth("token", spent).status)

	for _, c := range []struct {
		name         string
		form         url.Values
		authorize    string // header; empty: the app's own
		raw          string // body, instead of the form
		contentType  string
		status       int
		error, codes string
	}{
		{name: "unknown client", form: jwt, authorize: basic("other", "secret"), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "wrong secret", form: jwt, authorize: basic("app", "guess"), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "another app's secret", form: jwt, authorize: basic("app", "theirs"), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "empty secret", form: jwt, authorize: basic("app", ""), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "two clients", form: with(jwt, "client_id", "other"), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "two apps", form: with(jwt, "client_id", "neighbour"), status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "sandbox client", form: jwt, authorize: basic("sandbox", "theirs"), status: 400, error: "invalid_client", codes: "OAU-165"},
		{name: "no client", form: jwt, authorize: "-", status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "secret in the form", form: with(jwt, "client_id", "app", "client_secret", "secret"), authorize: "-", status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "secret in both", form: with(jwt, "client_id", "app", "client_secret", "secret"), status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "unknown client in the form", form: with(jwt, "client_id", "other"), authorize: "-", status: 400, error: "invalid_client", codes: "OAU-153"},
		{name: "bearer", form: jwt, authorize: "Bearer x", status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "broken Basic", form: jwt, authorize: "Basic !!!", status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "Basic and an assertion", form: with(jwt, "client_assertion", "a.b.c"), status: 400, error: "invalid_client", codes: "OAU-123"},
		{name: "no grant type", form: url.Values{}, status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "unknown grant type", form: with(jwt, "grant_type", "magic"), status: 400, error: "invalid_request", codes: "OAU-250"},
		{name: "client credentials", form: with(jwt, "grant_type", "client_credentials"), status: 400, error: "unauthorized_client", codes: "OAU-270"},
		{name: "partner JWT", form: with(jwt, "grant_type", "partner_jwt"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "device code", form: with(jwt, "grant_type", "urn:ietf:params:oauth:grant-type:device_code"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "IVR pin", form: with(jwt, "grant_type", "ivr_pin"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "one-time password", form: with(jwt, "grant_type", "otp"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "guest", form: with(jwt, "grant_type", "guest"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "another app's grant", form: jwt, authorize: basic("neighbour", "theirs"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "wrong password", form: with(password, "password", "guess"), status: 400, error: "invalid_grant", codes: "OAU-140"},
		{name: "wrong user", form: with(password, "username", "+2"), status: 400, error: "invalid_grant", codes: "OAU-140"},
		{name: "wrong extension", form: with(password, "extension", "999"), status: 400, error: "invalid_grant", codes: "OAU-140"},
		{name: "another user's password", form: with(password, "password", a.h.Users()[1].Password), status: 400, error: "invalid_grant", codes: "OAU-140"},
		{name: "company number without extension", form: with(password, "username", mainNumber), status: 400, error: "invalid_grant", codes: "OAU-140"},
		{name: "empty user", form: with(password, "username", ""), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "empty password", form: with(password, "password", ""), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "no assertion", form: with(jwt, "assertion", ""), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "garbage assertion", form: with(jwt, "assertion", "garbage"), status: 400, error: "invalid_request", codes: "OAU-345"},
		{name: "another assertion", form: with(jwt, "assertion", newJWT(extensionID)), status: 400, error: "invalid_request", codes: "OAU-345"},
		{name: "unsigned assertion", form: with(jwt, "assertion", part([]byte(`{"alg":"none"}`))+".e30."), status: 400, error: "invalid_request", codes: "OAU-347"},
		{name: "expired assertion", form: with(jwt, "assertion", "h.expired.s"), status: 400, error: "invalid_grant", codes: "OAU-128"},
		{name: "assertion limited to another app", form: with(jwt, "assertion", "h.limited.s"), status: 400, error: "unauthorized_client", codes: "OAU-251"},
		{name: "extension state", form: with(jwt, "assertion", "h.state136.s"), status: 400, error: "invalid_grant", codes: "OAU-136"},
		{name: "extension state", form: with(jwt, "assertion", "h.state141.s"), status: 400, error: "invalid_grant", codes: "OAU-141"},
		{name: "account state", form: with(jwt, "assertion", "h.state142.s"), status: 400, error: "invalid_grant", codes: "OAU-142"},
		{name: "locked", form: with(jwt, "assertion", "h.locked147.s"), status: 400, error: "invalid_grant", codes: "OAU-147"},
		{name: "locked, by password", form: with(password, "username", "locked@example.com"), status: 400, error: "invalid_grant", codes: "OAU-147"},
		{name: "locked, by code", form: code("login_hint", "locked@example.com"), status: 400, error: "invalid_grant", codes: "OAU-147"},
		{name: "locked", form: with(jwt, "assertion", "h.locked148.s"), status: 400, error: "invalid_grant", codes: "OAU-148"},
		{name: "site restriction", form: with(jwt, "assertion", "h.site.s"), status: 403, error: "invalid_client", codes: "OAU-167"},
		{name: "second factor", form: with(password, "username", "second@example.com"), status: 400, error: "invalid_grant", codes: "OAU-168"},
		{name: "extension gone", form: with(jwt, "assertion", "h.gone.s"), status: 400, error: "invalid_grant", codes: "OAU-232"},
		{name: "extension disabled", form: with(jwt, "assertion", "h.disabled.s"), status: 400, error: "invalid_grant", codes: "OAU-236"},
		{name: "no third-party apps", form: with(jwt, "assertion", "h.apps.s"), status: 400, error: "invalid_client", codes: "CMN-408"},
		{name: "no refresh token", form: refresh(""), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "unknown refresh token", form: refresh("x"), status: 400, error: "invalid_grant", codes: "OAU-213"},
		{name: "access token for refresh", form: refresh(a.login()["access_token"]), status: 400, error: "invalid_grant", codes: "OAU-213"},
		{name: "refresh token rotated away", form: refresh(first["refresh_token"]), status: 400, error: "invalid_grant", codes: "OAU-213"},
		{name: "another app's refresh token", form: refresh(a.login()["refresh_token"]), authorize: basic("neighbour", "theirs"), status: 400, error: "invalid_grant", codes: "OAU-213"},
		{name: "revoked refresh token", form: refresh(revoked["refresh_token"]), status: 400, error: "invalid_grant", codes: "OAU-211"},
		{name: "no code", form: with(nil, "grant_type", "authorization_code"), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "unknown code", form: with(code(), "code", "x"), status: 403, error: "invalid_grant", codes: "OAU-106"},
		{name: "spent code", form: spent, status: 403, error: "invalid_grant", codes: "OAU-106"},
		{name: "another app's code", form: code(), authorize: basic("neighbour", "theirs"), status: 403, error: "invalid_grant", codes: "OAU-110"},
		{name: "code for another address", form: with(code(), "redirect_uri", "https://app.example/back/"), status: 403, error: "invalid_grant", codes: "OAU-109"},
		{name: "code without address", form: with(code(), "redirect_uri", ""), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "verifier without challenge", form: with(code(), "code_verifier", "x"), status: 403, error: "invalid_grant", codes: "OAU-106"},
		{name: "challenge without verifier", form: code("code_challenge", "x"), status: 400, error: "invalid_request", codes: "CMN-100"},
		{name: "wrong verifier", form: with(code("code_challenge", "x"), "code_verifier", "y"), status: 403, error: "invalid_grant", codes: "OAU-106"},
		{name: "scope of another app", form: with(jwt, "scope", "Video"), status: 400, error: "invalid_scope", codes: "CMN-101"},
		{name: "lifetime that is no number", form: with(jwt, "access_token_ttl", "soon"), status: 400, error: "invalid_request", codes: "CMN-101"},
		{name: "lifetime that is no number", form: with(jwt, "refresh_token_ttl", "1h"), status: 400, error: "invalid_request", codes: "CMN-101"},
		{name: "duplicate field", raw: jwt.Encode() + "&grant_type=" + GrantJWT, status: 400, error: "invalid_request", codes: "OAU-111"},
		{name: "duplicate empty field", raw: jwt.Encode() + "&scope=&scope=", status: 400, error: "invalid_request", codes: "OAU-111"},
		{name: "broken form", raw: "grant_type=%zz", status: 400, error: "invalid_request", codes: "CMN-104"},
		{name: "huge form", raw: strings.Repeat("a", formLimit+1), status: 400, error: "invalid_request", codes: "CMN-104"},
		{name: "JSON", raw: `{"grant_type":"password"}`, contentType: "application/json", status: 415, error: "invalid_request", codes: "CMN-104"},
		{name: "no content type", raw: jwt.Encode(), contentType: "-", status: 415, error: "invalid_request", codes: "CMN-104"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.raw == "" {
				c.raw = c.form.Encode()
			}
			r := httptest.NewRequest("POST", "/restapi/oauth/token", strings.NewReader(c.raw))
			switch c.contentType {
			case "":
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			case "-":
			default:
				r.Header.Set("Content-Type", c.contentType)
			}
			switch c.authorize {
			case "":
				r.SetBasicAuth("app", "secret")
			case "-":
			default:
				r.Header.Set("Authorization", c.authorize)
			}
			got := a.send(r)
			assert.Equal(t, c.status, got.status, got.body)
			m := got.json(t)
			assert.Equal(t, c.error, m["error"])
			assert.NotEmpty(t, m["error_description"])
			assert.Equal(t, c.codes, got.codes(t)[1])
			assert.Equal(t, m["error_description"], m["errors"].([]any)[0].(map[string]any)["message"])
			assert.NotEmpty(t, got.header.Get("Www-Authenticate"))
			assert.NotContains(t, got.body, "guess", "what was sent is not repeated")
			for _, secret := range []string{"assertion", "code", "refresh_token", "code_verifier"} {
				if v := c.form.Get(secret); len(v) > 1 {
					assert.NotContains(t, got.body, v)
				}
			}
		})
	}
}

// TestSecretsInTheWrongPlace sends credentials as client id: the one field whose value is repeated.
func TestSecretsInTheWrongPlace(t *testing.T) {
	a := newApp(t, Config{ClientID: "app", ClientSecret: "s3cret", JWT: "h.c.s", Password: "pa55", Limits: Unlimited()})
	got := a.send(formRequest("token", url.Values{"client_id": {"misspelt"}}))
	assert.Equal(t, "Invalid client: misspelt", got.json(t)["error_description"])
	assert.Equal(t, []any{map[string]any{"parameterName": "client_id", "parameterValue": "misspelt"}},
		got.json(t)["errors"].([]any)[0].(map[string]any)["parameters"])
	for _, secret := range []string{"s3cret", "h.c.s", "pa55", a.token, strings.Repeat("x", 41)} {
		form := formRequest("token", url.Values{"client_id": {secret}})
		header := formRequest("token", url.Values{})
		header.SetBasicAuth(secret, "app")
		query := a.request("GET /restapi/oauth/authorize?client_id=" + url.QueryEscape(secret))
		for _, r := range []*http.Request{form, header, query} {
			got := a.send(r)
			assert.Equal(t, "OAU-153", got.codes(t)[1], secret)
			assert.NotContains(t, got.body, secret)
		}
	}
}

// TestTokenRate is the row of the table about too many requests: the failed ones count, and all endpoints share the
// bucket.
func TestTokenRate(t *testing.T) {
	a := newStranger(t, Config{Users: []User{{}}})
	m := a.login()
	a.refresh(m["refresh_token"])
	assert.Equal(t, 400, a.oauth("token", nil).status)
	a.oauth("revoke", url.Values{"token": {"x"}})
	a.consent()
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Users()[1].JWT}})
	assert.Equal(t, 429, got.status, "for every user")
	assert.Equal(t, "CMN-301", got.json(t)["errorCode"])
	assert.Equal(t, "Request rate exceeded", got.json(t)["message"])
	assert.Equal(t, "60", got.header.Get("Retry-After"))
	assert.Equal(t, "auth", got.header.Get("X-Rate-Limit-Group"))
}

func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
}

func TestGrantSwitchedOff(t *testing.T) {
	a := newStranger(t, Config{Grants: []string{GrantJWT}})
	got := a.oauth("token", url.Values{"grant_type": {"password"}, "username": {"x"}, "password": {"y"}})
	assert.Equal(t, 400, got.status)
	assert.Equal(t, "OAU-251", got.codes(t)[1])
	assert.NotContains(t, a.login(), "refresh_token", "an app that may not refresh gets none")
}

func TestClientAuthentication(t *testing.T) {
	a := newStranger(t, Config{ClientID: "id", ClientSecret: "s+c r%t", Limits: Unlimited()})
	jwt := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "client_id": {"id"}}
	for _, header := range []string{basic("id", "s+c r%t"), basic(url.QueryEscape("id"), url.QueryEscape("s+c r%t")), strings.Replace(basic("id", "s+c r%t"), "Basic", "basic", 1)} {
		r := formRequest("token", jwt)
		r.Header.Set("Authorization", header)
		assert.Equal(t, 200, a.send(r).status, "escaped as OAuth says, and not, as the platform's SDKs do")
	}
}

func TestPublicClient(t *testing.T) {
	a := newStranger(t, Config{ClientID: "id", Public: true})
	assert.Empty(t, a.h.Credentials().ClientSecret)
	jwt := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}}
	assert.Equal(t, "OAU-123", a.send(formRequest("token", jwt)).codes(t)[1])
	jwt.Set("client_id", "id")
	assert.Equal(t, 200, a.send(formRequest("token", jwt)).status)
	r := formRequest("token", jwt)
	r.SetBasicAuth("id", "")
	assert.Equal(t, "OAU-153", a.send(r).codes(t)[1], "Basic with an empty secret fails")
}

func TestLifetimes(t *testing.T) {
	for _, c := range []struct {
		access, refresh         string
		wantAccess, wantRefresh int // 0: no refresh token
	}{
		{"", "", 3600, 604800},
		{"3600", "604800", 3600, 604800},
		{"599", "1", 600, 1},
		{"0", "0", 600, 0}, // what ringcentral-go always sends
		{"-1", "-1", 600, 604800},
		{"3601", "2592000", 3600, 2592000},
		{"99999999999999999999", "2592001", 3600, 604800},
		{"-99999999999999999999", "99999999999999999999", 600, 604800},
		{" 900 ", " 60 ", 900, 60},
	} {
		life, fault := lifetimes(form{"access_token_ttl": c.access, "refresh_token_ttl": c.refresh})
		require.Nil(t, fault)
		assert.Equal(t, time.Duration(c.wantAccess)*time.Second, life.access, c.access)
		assert.Equal(t, time.Duration(c.wantRefresh)*time.Second, life.refresh, c.refresh)
	}
	a := newStranger(t, Config{})
	m := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "access_token_ttl": {"0"}, "refresh_token_ttl": {"0"}}).json(t)
	assert.EqualValues(t, 600, m["expires_in"])
	assert.NotContains(t, m, "refresh_token")
	assert.NotContains(t, m, "refresh_token_expires_in")
}

func TestScopeOnRequest(t *testing.T) {
	a := newStranger(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeSMS, rcapi.ScopeReadAccounts}})
	m := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "scope": {"ReadAccounts Video"}}).json(t)
	assert.Equal(t, "ReadAccounts", m["scope"])
	a.token = m["access_token"].(string)
	assert.Equal(t, 200, a.call(getOwn).status)
	assert.Equal(t, 403, a.call("POST "+own+"/sms", "{}").status)
}

func TestAccessTokenExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{})
		m := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "access_token_ttl": {"600"}}).json(t)
		a.token = m["access_token"].(string)
		time.Sleep(600*time.Second - 1)
		assert.Equal(t, 200, a.call(getOwn).status)
		time.Sleep(time.Nanosecond)
		got := a.call(getOwn)
		assert.Equal(t, 401, got.status)
		assert.Equal(t, [2]string{"TokenExpired", "OAU-128"}, got.codes(t))
		m = a.oauth("token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {m["refresh_token"].(string)}}).json(t)
		a.token = m["access_token"].(string)
		assert.Equal(t, 200, a.call(getOwn).status, "refreshing an expired one is the normal case")
		time.Sleep(604800 * time.Second)
		got = a.oauth("token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {m["refresh_token"].(string)}})
		assert.Equal(t, "OAU-210", got.codes(t)[1], "refresh tokens expire too")
	})
}

func FuzzLifetime(f *testing.F) {
	for _, s := range []string{"", "0", "-1", "3600", "1e3", "９", strconv.Itoa(1 << 40), "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		life, fault := lifetimes(form{"access_token_ttl": s, "refresh_token_ttl": s})
		if fault != nil {
			return
		}
		assert.True(t, life.access >= accessShortest && life.access <= accessLongest)
		assert.True(t, life.refresh >= 0 && life.refresh <= refreshLongest)
	})
}
