package rctest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/spectest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// app is a client of a handler, without a network.
type app struct {
	testing.TB
	h     *Handler
	token string
}

// answer is the response of the handler.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) json(tb testing.TB) map[string]any {
	tb.Helper()
	var m map[string]any
	require.NoError(tb, json.Unmarshal([]byte(a.body), &m), a.body)
	return m
}

// codes are errorCode at top level and in the first nested error.
func (a answer) codes(tb testing.TB) [2]string {
	tb.Helper()
	m := a.json(tb)
	out := [2]string{}
	out[0], _ = m["errorCode"].(string)
	if errs, _ := m["errors"].([]any); len(errs) > 0 {
		out[1], _ = errs[0].(map[string]any)["errorCode"].(string)
	}
	return out
}

// newApp is an app that has logged in.
func newApp(tb testing.TB, cfg Config) *app {
	tb.Helper()
	a := newStranger(tb, cfg)
	a.login()
	return a
}

// newStranger is an app that has not.
func newStranger(tb testing.TB, cfg Config) *app {
	tb.Helper()
	h, err := NewHandler(cfg)
	require.NoError(tb, err)
	return &app{TB: tb, h: h}
}

func (a *app) login() map[string]any {
	a.Helper()
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}})
	require.Equal(a, http.StatusOK, got.status, got.body)
	m := got.json(a)
	a.token = m["access_token"].(string)
	return m
}

// oauth sends a form, with Basic when the app has a secret.
func (a *app) oauth(endpoint string, form url.Values) answer {
	c := a.h.Credentials()
	r := formRequest(endpoint, form)
	if c.ClientSecret != "" {
		r.SetBasicAuth(c.ClientID, c.ClientSecret)
	}
	return a.send(r)
}

func formRequest(endpoint string, form url.Values) *http.Request {
	r := httptest.NewRequest("POST", "/restapi/oauth/"+endpoint, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// call sends "METHOD /path" with the token and a JSON body.
func (a *app) call(what string, body ...string) answer {
	return a.send(a.request(what, body...))
}

func (a *app) request(what string, body ...string) *http.Request {
	method, path, _ := strings.Cut(what, " ")
	var reader io.Reader
	if len(body) > 0 {
		reader = strings.NewReader(body[0])
	}
	r := httptest.NewRequest(method, path, reader)
	if len(body) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	return r
}

// send sends any request. A success has to be one of the specification, in every test.
func (a *app) send(r *http.Request) answer {
	a.Helper()
	w := httptest.NewRecorder()
	a.h.ServeHTTP(w, r)
	got := answer{w.Code, w.Result().Header, w.Body.String()}
	if op, ok := rcapi.MatchRequest(r); ok && r.Method != http.MethodHead {
		spectest.Holds(a, op.ID, got.status, got.header.Get("Content-Type"), []byte(got.body))
	}
	return got
}

// Paths that tests use.
const (
	own    = "/restapi/v1.0/account/~/extension/~"
	getOwn = "GET " + own
)

// Bodies of a subscription.
const (
	viaWebhook = `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],"deliveryMode":{"transportType":"WebHook","address":"https://hook.example/x"}}`
	viaSocket  = `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],"deliveryMode":{"transportType":"WebSocket"}}`
)
