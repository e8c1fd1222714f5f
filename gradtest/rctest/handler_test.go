package rctest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestBearer(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	token := a.token
	refresh := a.login()["refresh_token"].(string)
	for _, c := range []struct {
		header     string
		top, inner string
	}{
		{"", "AGW-401", "AGW-401"},
		{"Bearer", "AGW-402", "AGW-402"},
		{"Bearer ", "AGW-402", "AGW-402"},
		{"Token x", "AGW-402", "AGW-402"},
		{token, "AGW-402", "AGW-402"},
		{"Bearer a b", "AGW-402", "AGW-402"},
		{"Bearer made-up", "TokenInvalid", "OAU-149"},
		{"Bearer " + refresh, "TokenInvalid", "OAU-149"},
		{basic("id", "secret"), "OAU-151", "OAU-151"},
	} {
		r := httptest.NewRequest("GET", own, nil)
		if c.header != "" {
			r.Header.Set("Authorization", c.header)
		}
		got := a.send(r)
		assert.Equal(t, 401, got.status, c.header)
		assert.Equal(t, [2]string{c.top, c.inner}, got.codes(t), c.header)
		assert.NotEmpty(t, got.header.Get("Www-Authenticate"))
		assert.NotContains(t, got.body, token)
	}
	for _, scheme := range []string{"Bearer ", "bearer ", "BEARER  "} {
		r := httptest.NewRequest("GET", own, nil)
		r.Header.Set("Authorization", scheme+token)
		assert.Equal(t, 200, a.send(r).status, scheme)
	}
	assert.Equal(t, 200, a.send(httptest.NewRequest("GET", own+"?access_token="+url.QueryEscape(token), nil)).status)
	assert.Equal(t, 401, a.send(httptest.NewRequest("GET", own+"?access_token=x", nil)).status)
}

func TestWithoutToken(t *testing.T) {
	a := newStranger(t, Config{})
	for _, path := range []string{"/restapi", "/restapi/", "/restapi/oauth/jwks", "/.well-known/openid-configuration"} {
		assert.Equal(t, 200, a.call("GET "+path).status, path)
	}
	for _, path := range []string{"/restapi/v1.0", "/restapi/oauth/userinfo", "/restapi/v1.0/dictionary/timezone", "/restapi/v1.0/nothing"} {
		assert.Equal(t, 401, a.call("GET "+path).status, path)
	}
}

func TestScopes(t *testing.T) {
	a := newApp(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeSMS, rcapi.ScopeEditAccounts}})
	for what, status := range map[string]int{
		"POST " + own + "/sms":                        200,
		"GET " + own + "/message-store":               200, // SMS includes ReadMessages
		getOwn:                                        200, // EditAccounts includes ReadAccounts
		"PUT " + own:                                  200, // and EditExtensions
		"GET /restapi/v1.0/dictionary/timezone":       200, // needs none
		"GET " + own + "/call-log":                    403,
		"GET /team-messaging/v1/everyone":             403,
		"GET /restapi/v1.0/account/~/a2p-sms/batches": 403,
	} {
		var body []string
		if strings.HasSuffix(what, "/sms") {
			body = append(body, sampleBodies["createSMSMessage"])
		}
		assert.Equal(t, status, a.call(what, body...).status, what)
	}
	got := a.call("GET " + own + "/call-log")
	assert.Equal(t, [2]string{"InsufficientPermissions", "CMN-401"}, got.codes(t))
	m := got.json(t)
	assert.Equal(t, "ReadCallLog", m["permissionName"])
	nested := m["errors"].([]any)[0].(map[string]any)
	assert.Equal(t, "ReadCallLog", nested["permissionName"])
	assert.Contains(t, m["message"], "[ReadCallLog]")
	assert.Equal(t, m["message"], nested["message"])

	a = newApp(t, Config{Scopes: []rcapi.Scope{}})
	assert.Equal(t, 403, a.call(getOwn).status, "no scopes are no scopes")
	a = newApp(t, Config{Scopes: []rcapi.Scope{"Glip"}})
	assert.Equal(t, 200, a.call("GET /team-messaging/v1/everyone").status, "by its older name")
}

func TestUnknownPaths(t *testing.T) {
	a := newApp(t, Config{})
	for path, code := range map[string]string{
		"/":                                  "AGW-404",
		"/nothing":                           "AGW-404",
		"/restapiv1.0":                       "AGW-404",
		"/restapi/v1.0/nothing":              "CMN-120",
		"/restapi/v1.0/account/~//extension": "CMN-120",
		"/team-messaging/v1/nothing":         "CMN-120",
		"/restapi/v3":                        "CMN-102",
	} {
		got := a.call("GET " + path)
		assert.Equal(t, 404, got.status, path)
		assert.Equal(t, code, got.json(t)["errorCode"], path)
		if code == "AGW-404" {
			assert.Empty(t, got.json(t)["errors"])
			assert.Contains(t, got.body, `"errors":[]`)
		}
	}
	got := a.call("GET /scim/v2/nothing")
	assert.Equal(t, "404", got.json(t)["status"], "SCIM has a form of its own")
	assert.Equal(t, "application/scim+json;charset=utf-8", got.header.Get("Content-Type"))
}

func TestMethods(t *testing.T) {
	a := newApp(t, Config{})
	got := a.call("PUT /restapi/v1.0/account/~/extension")
	assert.Equal(t, 405, got.status)
	assert.Equal(t, "GET, POST", got.header.Get("Allow"))
	assert.Equal(t, 405, a.call("HEAD "+own).status)
	assert.Empty(t, a.call("HEAD "+own).body)
	assert.Equal(t, 405, a.call("BREW "+own).status)

	path, err := a.h.Path(rcapi.UpdateContact)
	require.NoError(t, err)
	r := a.request("POST "+path, "{}")
	r.Header.Set("X-HTTP-Method-Override", "put")
	assert.Equal(t, 200, a.send(r).status)
	calls := a.h.Calls()
	assert.Equal(t, rcapi.UpdateContact.ID, calls[len(calls)-1].Operation)
	assert.Equal(t, "PUT", calls[len(calls)-1].Method)
	r = a.request("POST "+path+"?_method=DELETE", "{}")
	r.Header.Set("X-HTTP-Method-Override", "PUT")
	assert.Equal(t, 400, a.send(r).status, "two that differ")
	assert.Equal(t, 204, a.call("POST "+path+"?_method=DELETE").status)
}

func TestHeaders(t *testing.T) {
	a := newApp(t, Config{})
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, what := range []string{getOwn, getOwn, "GET /nothing", "GET /restapi/v1.0/nothing", "DELETE " + own + "/message-store/1"} {
		h := a.call(what).header
		assert.Regexp(t, uuid, h.Get("RCRequestId"), what)
		assert.NotEmpty(t, h.Get("RoutingKey"), what)
		assert.Equal(t, "en-US", h.Get("Content-Language"), what)
		seen[h.Get("RCRequestId")] = true
	}
	assert.Len(t, seen, 5, "no two alike")
}

func TestBodies(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	send := func(contentType, body string) int {
		r := a.request("POST "+own+"/address-book/contact", body)
		r.Header.Set("Content-Type", contentType)
		return a.send(r).status
	}
	assert.Equal(t, 200, send("application/json", `{}`))
	assert.Equal(t, 200, send("application/json; charset=UTF-8", ` `), "SDKs send the type without a body")
	assert.Equal(t, 400, send("application/json", `[1,"x"]`), "not what is documented")
	assert.Equal(t, 400, send("application/json", `{"firstName":`))
	assert.Equal(t, 400, send("application/json", `{token: "x"}`))
	assert.Equal(t, 413, send("application/json", `"`+strings.Repeat("x", bodyLimit)+`"`))
	multi := "--b\r\nContent-Disposition: form-data; name=\"json\"; filename=\"request.json\"\r\nContent-Type: application/json\r\n\r\n%s\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
	assert.Equal(t, 415, send("multipart/form-data;boundary=b", strings.Replace(multi, "%s", `{"firstName":"A"}`, 1)))
	assert.Equal(t, 415, send("application/x-www-form-urlencoded", "firstName=A"))
	text := a.request("POST "+own+"/sms", "--b\r\nContent-Type: application/json\r\n\r\n"+sampleBodies[rcapi.CreateSMSMessage.ID]+"\r\n--b--\r\n")
	text.Header.Set("Content-Type", "multipart/form-data;boundary=b")
	assert.Equal(t, 200, a.send(text).status)
	assert.Equal(t, 400, send("multipart/form-data;boundary=b", strings.Replace(multi, "%s", `{`, 1)))
	assert.Equal(t, 400, send("multipart/form-data;boundary=b", "--b\r\nbroken"))
	assert.Equal(t, "CMN-103", a.call("POST "+own+"/sms", "{").codes(t)[0])
	path, err := a.h.Path(rcapi.DeleteContact)
	require.NoError(t, err)
	assert.Equal(t, "CMN-103", a.call("DELETE "+path, "{").codes(t)[0])
	assert.Equal(t, 204, a.call("DELETE "+path, "{}").status)

	r := a.request("POST " + own + "/sms")
	r.Body, r.ContentLength = io.NopCloser(brokenReader{}), -1
	r.Header.Set("Content-Type", "application/json")
	assert.Equal(t, 400, a.send(r).status)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAtOnce(t *testing.T) {
	a := newApp(t, Config{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	status := map[int]int{}
	for range 200 {
		wg.Go(func() {
			got := a.call(getOwn)
			a.h.Verdict()
			mu.Lock()
			defer mu.Unlock()
			status[got.status]++
		})
	}
	wg.Wait()
	assert.Equal(t, map[int]int{200: 50, 429: 150}, status)
	assert.Len(t, a.h.Calls(), 201)
}

// FuzzHandler sends malformed requests. Responses must have a status below 500 and a body of their content type.
func FuzzHandler(f *testing.F) {
	for _, s := range []struct{ method, target, auth, contentType, body string }{
		{"GET", own, "t", "", ""},
		{"POST", own + "/sms", "t", "application/json", `{"from":{"phoneNumber":7},"to":{},"text":[]}`},
		{"POST", "/restapi/oauth/token", "", "application/x-www-form-urlencoded", "grant_type=" + GrantJWT + "&assertion=..."},
		{"POST", "/restapi/oauth/revoke?token=%", "", "application/json", `{token: "x"}`},
		{"GET", "/restapi/oauth/authorize?redirect_uri=%00%0d%0aX:y&client_id=app&response_type=code", "", "", ""},
		{"GET", "/restapi/v1.0/account/%2f%7e/extension/..//~", "t", "", ""},
		{"OPTIONS", "*", "t", "", ""},
		{"GET", own + "/call-log?page=-1&perPage=1e9", "t", "", ""},
		{"GET", own + "/call-log?page=1000&perPage=max&%zz", "t", "", ""},
		{"PATCH", "/scim/v2/Users/\"\\\u2028", "t", "application/scim+json", `{`},
		{"POST", own + "/fax", "t", "multipart/form-data;boundary=b", "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--"},
		{"POST", "/restapi/v1.0/subscription", "t", "application/json", `{"eventFilters":[null],"deliveryMode":{"transportType":"WebHook"}}`},
		{"GET", "/restapi/v1.0/account/~/recording/1/content", "t", "", ""},
	} {
		f.Add(s.method, s.target, s.auth, s.contentType, "Range", "bytes=5-", s.body)
	}
	f.Add("POST", own+"/message-store/1", "t", "application/json", "X-Http-Method-Override", "put", `{"readStatus":"Read"}`)
	f.Add("GET", own+"/message-store/1,2", "t", "", "Accept", "application/vnd.ringcentral.multipart+json", "")
	a := newApp(f, Config{ClientID: "app", Limits: Unlimited(), NoControls: true}) // by the controls, 5xx can be asked for
	f.Fuzz(func(t *testing.T, method, target, auth, contentType, header, value, body string) {
		u, err := url.Parse(target)
		if err != nil {
			u = &url.URL{Path: target, RawPath: target, RawQuery: target}
		}
		if auth == "t" {
			auth = "Bearer " + a.token
		}
		r := &http.Request{
			Method: method, URL: u, Host: target, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
		}
		r.Header[header] = []string{value}
		r.Header["Authorization"], r.Header["Content-Type"] = []string{auth}, []string{contentType}
		w := httptest.NewRecorder()
		a.h.ServeHTTP(w, r)
		require.True(t, w.Code >= 200 && w.Code < 500, "%d", w.Code)
		if strings.Contains(w.Header().Get("Content-Type"), "json") && method != "HEAD" {
			require.True(t, json.Valid(w.Body.Bytes()), "%q", w.Body)
		}
		require.False(t, bytes.Contains(w.Body.Bytes(), []byte(a.token)), "the token is not repeated")
	})
}
