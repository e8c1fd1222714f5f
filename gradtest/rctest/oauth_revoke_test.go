package rctest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRevokeEndsTheSession(t *testing.T) {
	for _, by := range []string{"access_token", "refresh_token"} {
		for _, where := range []string{"form", "query", "query without a body"} {
			t.Run(by+" in "+where, func(t *testing.T) {
				a := newStranger(t, Config{Limits: Unlimited()})
				other, m := a.login(), a.login()
				r := formRequest("revoke", url.Values{"token": {m[by].(string)}})
				switch where {
				case "query":
					r = formRequest("revoke?token="+m[by].(string), nil)
				case "query without a body":
					r = httptest.NewRequest("POST", "/restapi/oauth/revoke?token="+m[by].(string), nil)
				}
				r.SetBasicAuth(a.h.Credentials().ClientID, a.h.Credentials().ClientSecret)
				got := a.send(r)
				assert.Equal(t, 200, got.status)
				assert.Empty(t, got.body)
				assert.Equal(t, [2]string{"TokenInvalid", "OAU-213"}, a.as(m["access_token"]).codes(t))
				assert.Equal(t, "OAU-211", a.refresh(m["refresh_token"]).codes(t)[1])
				assert.Equal(t, 200, a.as(other["access_token"]).status, "and no other")
			})
		}
	}
}

func TestRevokeFailures(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	token := url.Values{"token": {a.token}}
	plain := func(contentType, body string) *http.Request {
		r := httptest.NewRequest("POST", "/restapi/oauth/revoke", strings.NewReader(body))
		if contentType != "" {
			r.Header.Set("Content-Type", contentType)
		}
		r.SetBasicAuth(a.h.Credentials().ClientID, a.h.Credentials().ClientSecret)
		return r
	}
	for name, r := range map[string]*http.Request{
		"no client":              formRequest("revoke", token),
		"no token":               plain("application/x-www-form-urlencoded", ""),
		"unknown token":          plain("application/x-www-form-urlencoded", "token=made-up"),
		"ringcentral-go v0.8.0":  plain("application/json", `{token: "`+a.token+`"}`),
		"JSON":                   plain("application/json", `{"token":"`+a.token+`"}`),
		"form without its type":  plain("", token.Encode()),
		"a form that is none":    plain("application/x-www-form-urlencoded", "token=%zz"),
		"the same field twice":   plain("application/x-www-form-urlencoded", token.Encode()+"&"+token.Encode()),
		"a type that is no type": plain(";", token.Encode()),
	} {
		got := a.send(r)
		assert.Equal(t, 400, got.status, name)
		assert.NotEmpty(t, got.json(t)["error"], name)
	}
	require.Equal(t, 200, a.call(getOwn).status, "none of them ended the session")
	require.Equal(t, 200, a.oauth("revoke", token).status)
	assert.Equal(t, 200, a.oauth("revoke", token).status, "again is no fault")
}

func TestRevokeByPublicApp(t *testing.T) {
	a := newStranger(t, Config{ClientID: "id", Public: true, Limits: Unlimited()})
	jwt := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "client_id": {"id"}}
	for name, request := range map[string]func(token string) *http.Request{
		"form": func(token string) *http.Request {
			return formRequest("revoke", url.Values{"token": {token}, "client_id": {"id"}})
		},
		"mixed": func(token string) *http.Request {
			return formRequest("revoke?token="+token, url.Values{"client_id": {"id"}})
		},
		"query": func(token string) *http.Request {
			return httptest.NewRequest("POST", "/restapi/oauth/revoke?client_id=id&token="+token, nil)
		},
		"query, with a type": func(token string) *http.Request {
			r := httptest.NewRequest("POST", "/restapi/oauth/revoke?client_id=id&token="+token, nil)
			r.Header.Set("Content-Type", "application/json")
			return r
		},
	} {
		token := a.send(formRequest("token", jwt)).json(t)["access_token"]
		require.Equal(t, 200, a.as(token).status, name)
		got := a.send(request(token.(string)))
		assert.Equal(t, 200, got.status, name+got.body)
		assert.Equal(t, "OAU-213", a.as(token).codes(t)[1], name)
	}
}

func TestRevokeByAnotherApp(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), OtherApps: []OtherApp{{ClientID: "other", ClientSecret: "secret"}, {ClientID: "public"}}})
	r := formRequest("revoke", url.Values{"token": {a.token}})
	r.SetBasicAuth("other", "secret")
	got := a.send(r)
	assert.Equal(t, 400, got.status)
	assert.Equal(t, "OAU-164", got.codes(t)[1])
	got = a.send(formRequest("revoke", url.Values{"token": {a.token}, "client_id": {"public"}}))
	assert.Equal(t, "OAU-164", got.codes(t)[1])
	got = a.send(formRequest("revoke", url.Values{"token": {"made-up"}, "client_id": {"public"}}))
	assert.Equal(t, "OAU-213", got.codes(t)[1])
	assert.Equal(t, 200, a.call(getOwn).status)
}
