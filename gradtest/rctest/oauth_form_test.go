package rctest

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzOAuth sends any form to the endpoints that take one. Responses must have a status below 500 and a body that is
// what it says it is and repeats no secret.
func FuzzOAuth(f *testing.F) {
	const client = "client_id=app&"
	for _, body := range []string{
		"", "=", "%", "a=b&a=c", "grant_type=" + GrantJWT + "&assertion=h.c.s", "grant_type=" + GrantJWT + "&assertion=%00",
		"grant_type=password&username=%2B1*101&password=w0rd", "grant_type=password&username=**&password=%ff&extension=*",
		"grant_type=refresh_token&refresh_token=x&access_token_ttl=-1&refresh_token_ttl=604800",
		"grant_type=authorization_code&code=x&code_verifier=y&redirect_uri=:", "grant_type=client_credentials&brand_id=1210",
		"grant_type=authorization_code&code=CODE&redirect_uri=myapp:/back", "token=x", "token=TOKEN",
		client + "response_type=code&redirect_uri=myapp:/back&code_challenge=x&code_challenge_method=plain&prompt=none&state=%0d%0a",
		client + "response_type=code&redirect_uri=javascript:alert(1)//%22%3E%3Cscript%3E&display=page&scope=openid&nonce=%3C&login_hint=102",
		client + "response_type=code&redirect_uri=https://%5b::1%5d:x/&prompt=login+sso", "ticket=x&decision=allow&user=102",
		"client_assertion_type=" + assertionType + "&client_assertion=e30.e30.e30",
		"client_assertion_type=" + assertionType + "&client_assertion=eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhcHAiLCJleHAiOjFlOTksImF1ZCI6W119.AA",
	} {
		for endpoint := range byte(8) {
			f.Add(endpoint, "basic", body, "application/x-www-form-urlencoded")
		}
		f.Add(byte(0), "Bearer x", body, "multipart/form-data")
	}
	cfg := Config{ClientID: "app", ClientSecret: "s3cret", Username: "+1", Password: "w0rd", Limits: Unlimited(), Users: []User{{}}}
	plain := newApp(f, cfg)
	cfg.Consent = true
	asking := newApp(f, cfg)
	f.Fuzz(func(t *testing.T, endpoint byte, auth, body, contentType string) {
		a := plain
		if endpoint&4 != 0 {
			a = asking
		}
		if strings.Contains(body, "CODE") {
			body = strings.ReplaceAll(body, "CODE", a.h.codes.issue(form{"redirect_uri": "myapp:/back"}, a.h.user, a.h.clock.now()))
		}
		body = strings.ReplaceAll(body, "TOKEN", a.token)
		path := []string{"/restapi/oauth/token", "/restapi/oauth/revoke", "/restapi/oauth/authorize", consentPath}[endpoint&3]
		r := httptest.NewRequest("POST", path, strings.NewReader(body))
		if endpoint&8 != 0 {
			r = httptest.NewRequest("GET", path, nil)
			r.URL.RawQuery = body
		}
		r.Header["Content-Type"], r.Header["Authorization"] = []string{contentType}, []string{auth}
		if auth == "basic" {
			r.SetBasicAuth("app", "s3cret")
		}
		w := httptest.NewRecorder()
		a.h.ServeHTTP(w, r)
		require.True(t, w.Code >= 200 && w.Code < 500, "%d", w.Code)
		kind := w.Header().Get("Content-Type")
		if strings.Contains(kind, "json") {
			require.True(t, json.Valid(w.Body.Bytes()), "%q", w.Body)
			require.NotContains(t, w.Body.String(), "s3cret")
			require.NotContains(t, w.Body.String(), a.h.credentials.JWT)
		}
		if strings.Contains(kind, "html") {
			require.NotContains(t, w.Body.String(), "<script")
		}
		if to := w.Header().Get("Location"); to != "" && w.Code != 307 {
			_, err := url.Parse(to)
			require.NoError(t, err)
			require.False(t, strings.ContainsAny(to, "\r\n"))
		}
	})
}
