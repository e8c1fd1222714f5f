package rctest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// control asks the emulator itself, without a token.
func (a *app) control(what string, body ...string) answer {
	b := *a
	b.token = ""
	return b.call(strings.Replace(what, " ", " /emulator/v1/", 1), body...)
}

func TestControlsOfFaults(t *testing.T) {
	a := newApp(t, Config{})
	got := a.control("POST faults", `{"operation":"listMessages","status":503,"retryAfter":"3s","times":2}`)
	require.Equal(t, 200, got.status, got.body)
	assert.JSONEq(t, `{"id":1,"fault":{"operation":"listMessages","status":503,"retryAfter":"3s","times":2},"used":0,"over":false}`, got.body)
	assert.Equal(t, 503, a.call(store).status)
	assert.JSONEq(t, a.control("GET faults/1").body, strings.Replace(got.body, `"used": 0`, `"used": 1`, 1))
	assert.Equal(t, 200, a.control("POST faults", `{"drop":true}`).status)
	assert.Equal(t, 204, a.control("DELETE faults/2").status)
	rows := a.control("GET faults").json(t)["faults"].([]any)
	require.Len(t, rows, 2, "an unused one is not forgotten")
	assert.Equal(t, true, rows[1].(map[string]any)["over"])
	assert.Equal(t, 503, a.call(store).status)
	assert.Equal(t, 200, a.call(store).status)
	assert.Equal(t, 404, a.control("GET faults/1").status, "used up")
	assert.Len(t, a.h.UnusedFaults(), 1)
	assert.Equal(t, 204, a.control("DELETE faults").status)
	assert.Empty(t, a.h.UnusedFaults())
	assert.JSONEq(t, `{"faults":[]}`, a.control("GET faults").body)
	assert.Len(t, a.h.Calls(), 4, "what the emulator itself is asked is no call")
}

func TestControlsThatAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
		a.times(2, getOwn)
		a.call(store)
		a.fail(Fault{Operation: "readExtension", Status: 500, Times: 1})
		a.call(getOwn)
		calls := a.control("GET calls").json(t)["calls"].([]any)
		require.Len(t, calls, 5)
		assert.Equal(t, map[string]any{
			"time": "2000-01-01T00:00:00Z", "operation": "readExtension", "method": "GET", "path": own, "status": 500.0, "group": "Light", "remaining": 46.0, "fault": true,
		}, calls[4])
		assert.Len(t, a.control("GET calls?operation=readExtension").json(t)["calls"], 3)
		last := a.control("GET calls?last=2").json(t)["calls"].([]any)
		assert.Equal(t, calls[3:], last)

		operation := a.control("GET operations/readExtension").json(t)
		assert.Equal(t, []any{3.0, 1.0, map[string]any{"200": 2.0, "500": 1.0}}, []any{operation["calls"], operation["faults"], operation["statuses"]})
		assert.Len(t, operation["last"], 3)
		verdict := a.control("GET verdict").json(t)
		assert.Equal(t, false, verdict["ready"])
		assert.Equal(t, 2.0, verdict["successes"])
		assert.Equal(t, 4.0, verdict["total"])
		assert.Equal(t, []any{map[string]any{"scope": "ReadAccounts", "successes": 2.0, "exercisable": true}}, verdict["perScope"])
		assert.Len(t, verdict["shares"], 4)
		assert.Len(t, verdict["open"], len(a.h.Verdict().Open))
		assert.Equal(t, a.h.Credentials().JWT, a.control("GET credentials").json(t)["jwt"])
	})
}

func TestControlsOfState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})
		assert.JSONEq(t, `{"time":"2000-01-01T00:00:00Z","offset":"0s"}`, a.control("GET time").body)
		assert.JSONEq(t, `{"time":"2000-01-01T01:30:00Z","offset":"1h30m0s"}`, a.control("POST time", `{"advance":"1h30m"}`).body)
		assert.JSONEq(t, `{"time":"2026-01-31T23:59:00Z","offset":"228671h59m0s"}`, a.control("POST time", `{"set":"2026-01-31T23:59:00Z"}`).body)
		assert.Equal(t, 200, a.control("POST time", `{"advance":3600}`).status, "seconds")

		got := a.control("POST limits", `{"limits":{"heavy":{"calls":3,"window":"10s"},"Account":{"calls":1},"subscriptions":{"calls":2}}}`)
		require.Equal(t, 200, got.status, got.body)
		assert.Equal(t, Limit{3, 10 * time.Second, 10 * time.Second}, a.h.Limits()[rcapi.Heavy])
		assert.Equal(t, 1, a.h.Limits()[LimitAccount].Calls)
		limits := a.control("GET limits").json(t)["limits"].(map[string]any)
		assert.Equal(t, map[string]any{"calls": 3.0, "window": "10s", "penalty": "10s"}, limits["heavy"])
		assert.Equal(t, map[string]any{"calls": 2.0}, limits["subscriptions"])
		assert.Len(t, limits, 9)
		assert.JSONEq(t, got.body, a.control("POST limits", got.body).body, "what is read can be written")
		require.Equal(t, 200, a.control("POST limits", `{"limits":{"heavy":{"penalty":"5s"}}}`).status)
		assert.Equal(t, Limit{3, 10 * time.Second, 5 * time.Second}, a.h.Limits()[rcapi.Heavy])

		a.fail(Fault{Drop: true})
		assert.Equal(t, 204, a.control("POST reset").status)
		assert.Empty(t, a.h.Calls())
		assert.Empty(t, a.h.UnusedFaults())
		assert.Equal(t, 10, a.h.Limits()[rcapi.Heavy].Calls)
		assert.Equal(t, time.Now(), a.h.Now())
		assert.Equal(t, 200, a.call(getOwn).status, "the token is still good")
		assert.Equal(t, 1, a.h.Operation("readExtension").Calls)
	})
}

func TestControlsRefuse(t *testing.T) {
	a := newApp(t, Config{})
	for _, c := range []struct {
		what, body string
		status     int
		says       string
	}{
		{"POST faults", `{"status":200}`, 400, "fault: status is 200: use 400 to 599"},
		{"POST faults", `{"status":1,"times":-1}`, 400, "use 400 to 599; fault: times is -1"},
		{"POST faults", `{"sttus":500}`, 400, `unknown field "sttus"`},
		{"POST faults", `{"drop":true}{}`, 400, "more than one JSON value"},
		{"POST faults", `{`, 400, "not a JSON object"},
		{"POST faults", ``, 400, "not a JSON object"},
		{"POST faults", strings.Repeat(" ", formLimit+1), 400, "larger than"},
		{"GET faults/x", "", 404, `id "x"`},
		{"DELETE faults/7", "", 404, "no fault"},
		{"PUT faults", "{}", 405, "use GET or HEAD or POST or DELETE"},
		{"GET nothing", "", 404, "/emulator/v1/nothing"},
		{"GET calls?operation=listMesages", "", 400, "did you mean listMessages"},
		{"GET calls?last=0", "", 400, "such as 10"},
		{"GET operations/listMesages", "", 404, "did you mean listMessages"},
		{"POST time", `{}`, 400, "give either"},
		{"POST time", `{"advance":"1h","set":"2026-01-01T00:00:00Z"}`, 400, "give either"},
		{"POST time", `{"advance":"-1h"}`, 400, "negative"},
		{"POST time", `{"advance":"soon"}`, 400, "not a duration"},
		{"POST time", `{"set":"1999-01-01T00:00:00Z"}`, 400, "2000 to 2200"},
		{"POST time", `{"set":"now"}`, 400, "now"},
		{"POST limits", `{}`, 400, "none given"},
		{"POST limits", `{"limits":{"feather":{"calls":1}}}`, 400, "feather"},
		{"POST limits", `{"limits":{"heavy":{"calls":-1},"light":{"window":"1ms"}}}`, 400, "whole seconds"},
	} {
		got := a.control(c.what, c.body)
		assert.Equal(t, c.status, got.status, c.what)
		said, _ := got.json(t)["error"].(string)
		assert.Contains(t, said, c.says, c.what)
		assert.NotContains(t, said, "\n")
		assert.NotContains(t, said, "rctest:")
	}
	assert.Equal(t, 10, a.h.Limits()[rcapi.Heavy].Calls, "all or nothing")
	assert.Equal(t, 50, a.h.Limits()[rcapi.Light].Calls, "all or nothing")
	for name, value := range map[string]string{"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"} {
		r := a.request("POST /emulator/v1/reset")
		r.Header.Set(name, value)
		assert.Equal(t, 403, a.send(r).status, "a page of another origin")
	}
}

func TestControlIndex(t *testing.T) {
	a := newStranger(t, Config{})
	rows := a.call("GET /emulator/").json(t)["endpoints"].([]any)
	require.Len(t, rows, len(endpoints()))
	r := a.request("GET /emulator/")
	r.Header.Set("Accept", "text/html,*/*")
	page := a.send(r)
	assert.Equal(t, "text/html; charset=utf-8", page.header.Get("Content-Type"))
	for _, e := range endpoints() {
		assert.Contains(t, page.body, e.path)
		assert.NotEmpty(t, e.help)
	}
}

func TestNoControls(t *testing.T) {
	a := newStranger(t, Config{NoControls: true})
	got := a.call("GET /emulator/v1/credentials")
	assert.Equal(t, 404, got.status)
	assert.Equal(t, "AGW-404", got.json(t)["errorCode"])
}

// FuzzControls sends nonsense to the emulator's own endpoints. None of it may end in a 5xx, and the platform's side
// goes on.
func FuzzControls(f *testing.F) {
	for _, s := range [][3]string{
		{"POST", "v1/faults", `{"operation":"listMessages","status":503}`}, {"POST", "v1/faults", `{"delay":1e9,"probability":"x"}`},
		{"POST", "v1/faults", `{"drop":true,"drop":false,"seed":-1}`}, {"POST", "v1/faults", `{"path":"/\u0000","status":500,"message":"\ud800"}`},
		{"POST", "v1/time", `{"set":"9999-12-31T23:59:59Z"}`}, {"POST", "v1/time", `{"advance":9e18}`}, {"POST", "v1/time", `{"advance":"2562047h"}`},
		{"POST", "v1/limits", `{"limits":{"light":{"calls":9223372036854775807,"window":1e9}}}`}, {"POST", "v1/limits", `{"limits":{"":{}}}`},
		{"POST", "v1/reset", "x"}, {"GET", "", ""}, {"GET", "v1/calls?last=-1&operation=%00", ""}, {"GET", "v1/operations/%2f", ""},
		{"DELETE", "v1/faults/1", ""}, {"BREW", "v1//faults/../", ""}, {"CONNECT", "v1/faults", ""},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, method, target, body string) {
		a := newStranger(t, Config{})
		u, err := url.Parse("/emulator/" + target)
		if err != nil {
			u = &url.URL{Path: "/emulator/" + target, RawQuery: target}
		}
		w := httptest.NewRecorder()
		a.h.ServeHTTP(w, &http.Request{
			Method: method, URL: u, Host: target, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
		})
		require.True(t, w.Code >= 200 && w.Code < 500, "%d", w.Code)
		if strings.Contains(w.Header().Get("Content-Type"), "json") && method != "HEAD" {
			require.True(t, json.Valid(w.Body.Bytes()), "%q", w.Body)
		}
		a.h.injected.clear()
		require.Less(t, a.call("GET /restapi").status, 500)
		a.h.Verdict()
	})
}
