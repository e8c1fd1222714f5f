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
