package rctest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// fail asks for a fault that makes sense.
func (a *app) fail(f Fault) *Injection {
	a.Helper()
	i, err := a.h.Fail(f)
	require.NoError(a, err)
	return i
}

// last is the latest call.
func (a *app) last() Call {
	a.Helper()
	calls := a.h.Calls()
	require.NotEmpty(a, calls)
	return calls[len(calls)-1]
}

const sms = "POST " + own + "/sms"

func TestRefusingFaults(t *testing.T) {
	for _, c := range []struct {
		fault  Fault
		what   string
		status int
		codes  [2]string
		header map[string]string // "": absent
		body   string            // part of it
	}{
		{fault: Fault{Status: 500}, what: getOwn, status: 500, codes: [2]string{"CMN-203", "CMN-203"}, header: map[string]string{
			"X-Emulator-Fault": "status", "Retry-After": "", "X-Rate-Limit-Remaining": "49"}},
		{fault: Fault{Status: 502}, what: getOwn, status: 502, codes: [2]string{"CMN-201", "CMN-201"}},
		{fault: Fault{Status: 418}, what: getOwn, status: 418, codes: [2]string{"CMN-101", "CMN-101"}},
		{fault: Fault{Status: 503, Code: "AGW-1", Message: "Later", RetryAfter: 7 * time.Second}, what: getOwn, status: 503,
			codes: [2]string{"AGW-1", "AGW-1"}, header: map[string]string{"Retry-After": "7"}, body: `"message":"Later"`},
		{fault: Fault{Status: 401}, what: getOwn, status: 401, codes: [2]string{"TokenInvalid", "OAU-149"}, header: map[string]string{
			"Www-Authenticate": `Bearer realm="RingCentral REST API"`}},
		{fault: Fault{Status: 429}, what: getOwn, status: 429, codes: [2]string{"CMN-301", "CMN-301"}, header: map[string]string{
			"Retry-After": "60", "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Group": "light"}},
		{fault: Fault{Status: 429, RetryAfter: -1}, what: getOwn, status: 429, codes: [2]string{"CMN-301", "CMN-301"}, header: map[string]string{"Retry-After": ""}},
		{fault: Fault{Status: 429, Code: "CMN-310"}, what: getOwn, status: 429, codes: [2]string{"CMN-310", "CMN-310"}, header: map[string]string{
			"Retry-After": "60", "X-Rate-Limit-Remaining": "", "X-Rate-Limit-Group": ""}},
		{fault: Fault{Expire: true}, what: getOwn, status: 401, codes: [2]string{"TokenExpired", "OAU-128"}},
		{fault: Fault{Maintenance: true}, what: getOwn, status: 503, codes: [2]string{"MaintenanceMode", "CMN-211"}, header: map[string]string{"Retry-After": "10"}},
		{fault: Fault{Maintenance: true, RetryAfter: 15 * time.Second}, what: getOwn, status: 503, codes: [2]string{"MaintenanceMode", "CMN-211"},
			header: map[string]string{"Retry-After": "15"}},
		{fault: Fault{RevokeScope: rcapi.ScopeReadMessages}, what: store, status: 403, codes: [2]string{"InsufficientPermissions", "CMN-401"},
			body: `"permissionName":"ReadMessages"`},
		{fault: Fault{RevokeScope: "Glip"}, what: "GET /team-messaging/v1/everyone", status: 403, codes: [2]string{"InsufficientPermissions", "CMN-401"},
			body: `"permissionName":"TeamMessaging"`},
		{fault: Fault{RevokeScope: rcapi.ScopeSubscriptionWebhook}, what: "POST /restapi/v1.0/subscription", status: 403, codes: [2]string{"SUB-528", "SUB-528"}},
		{fault: Fault{Path: "/restapi/v1.0/noth", Method: "GET", Status: 404}, what: "GET /restapi/v1.0/nothing", status: 404, codes: [2]string{"CMN-102", "CMN-102"}},
		{fault: Fault{Operation: "scimSearchViaGet2", Status: 500}, what: "GET /scim/v2/Users", status: 500, body: `"status":"500"`},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			a := newApp(t, Config{})
			i := a.fail(c.fault)
			got := a.call(c.what)
			assert.Equal(t, c.status, got.status)
			if c.codes[0] != "" {
				assert.Equal(t, c.codes, got.codes(t))
			}
			assert.NotEmpty(t, got.header.Get("X-Emulator-Fault"))
			for name, want := range c.header {
				assert.Equal(t, want, got.header.Get(name), name)
			}
			assert.Contains(t, got.body, c.body)
			assert.Equal(t, 1, i.Used())
			assert.True(t, a.last().Fault)
			assert.Equal(t, c.status, a.last().Status)
			assert.Equal(t, 1, a.h.Verdict().Total, "the login, and not the fault")
		})
	}
}

func TestFaultOfATokenRequest(t *testing.T) {
	a := newStranger(t, Config{})
	login := func() answer {
		return a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}})
	}
	for _, c := range []struct {
		fault Fault
		kind  string
	}{
		{Fault{Status: 400}, "invalid_request"},
		{Fault{Status: 401}, "invalid_client"},
		{Fault{Status: 403, Code: "OAU-167", Message: "Restricted"}, "unauthorized_client"},
	} {
		c.fault.Times = 1
		a.fail(c.fault)
		got := login()
		assert.Equal(t, c.fault.Status, got.status)
		assert.Equal(t, c.kind, got.json(t)["error"])
		assert.Contains(t, got.body, c.fault.Code)
		assert.Contains(t, got.body, c.fault.Message)
		assert.NotEmpty(t, got.header.Get("X-Emulator-Fault"))
	}
	a.fail(Fault{Operation: "getToken", Maintenance: true, Times: 1})
	assert.Equal(t, 503, login().status)
	assert.Equal(t, 200, login().status)
}

// What the platform refuses anyway is refused as ever, and uses no fault.
func TestWhatMeetsNoFault(t *testing.T) {
	a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}})
	everything := a.fail(Fault{Status: 500})
	assert.Equal(t, 404, a.call("GET /elsewhere").status)
	a.errors(1, getOwn)
	assert.Equal(t, 401, a.last().Status)
	assert.Zero(t, everything.Used())
	assert.Equal(t, 500, a.call(getOwn).status)
	assert.Equal(t, 429, a.call(getOwn).status, "the call that was struck has used the quota")
	assert.Equal(t, 1, everything.Used())
	everything.Remove()
	everything.Remove()
	assert.Equal(t, 200, a.call("GET "+own+"/call-log").status)

	other := a.fail(Fault{Operation: rcapi.ListMessages.ID, Status: 500})
	scope := a.fail(Fault{RevokeScope: rcapi.ScopeReadMessages})
	expire := a.fail(Fault{Expire: true})
	assert.Equal(t, 200, a.call("GET /restapi").status, "needs no token")
	assert.Equal(t, 401, a.call("GET "+own+"/call-log").status)
	assert.Equal(t, []int{0, 0, 1}, []int{other.Used(), scope.Used(), expire.Used()})
	assert.Equal(t, []Fault{other.Fault(), scope.Fault()}, a.h.UnusedFaults())
}

func TestAfterTheEffect(t *testing.T) {
	for _, after := range []bool{false, true} {
		a := newApp(t, Config{})
		a.fail(Fault{Operation: rcapi.RevokeToken.ID, Status: 503, After: after})
		assert.Equal(t, 503, a.oauth("revoke", url.Values{"token": {a.token}}).status)
		want := 200
		if after {
			want = 401
		}
		assert.Equal(t, want, a.call(getOwn).status, "after: %t", after)
		assert.Len(t, a.h.Calls(), 3, "a call is one call")
	}
}

func TestBentAnswers(t *testing.T) {
	a := newApp(t, Config{})
	plain := a.call(getOwn)
	a.fail(Fault{ContentType: "text/html", Times: 1})
	got := a.call(getOwn)
	assert.Equal(t, "text/html", got.header.Get("Content-Type"))
	assert.Equal(t, plain.body, got.body)
	assert.True(t, a.last().Fault)
	assert.Equal(t, 200, a.last().Status)
	a.fail(Fault{ContentType: "text/html", Status: 500, Times: 1})
	assert.Equal(t, "text/html", a.call(getOwn).header.Get("Content-Type"))
	assert.Equal(t, 200, a.call(getOwn).status)
}

// TestBrokenConnections is what a client over a network sees.
func TestBrokenConnections(t *testing.T) {
	s := NewServer(t)
	token := bearer(t, s)
	whole := get(t, s, token, own).ContentLength
	call := func(method, path string, body io.Reader) (*http.Response, error) {
		r, err := http.NewRequest(method, s.URL+path, body)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		if method == "POST" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.SetBasicAuth(s.ClientID, s.ClientSecret)
		}
		return (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	}
	_, err := s.Fail(Fault{Drop: true, Times: 1})
	require.NoError(t, err)
	_, err = call("GET", own, nil)
	assert.ErrorContains(t, err, "EOF")

	_, err = s.Fail(Fault{Truncate: true})
	require.NoError(t, err)
	resp, err := call("GET", own, nil)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, 200, resp.StatusCode)
	assert.Equal(t, whole, resp.ContentLength)
	assert.Len(t, body, int(whole/2))
	assert.Equal(t, "truncate", resp.Header.Get("X-Emulator-Fault"))
	_, err = call("POST", "/restapi/oauth/revoke", strings.NewReader("token="+token))
	assert.ErrorContains(t, err, "EOF", "there is no body to cut")

	var got []int
	for _, c := range s.Calls()[2:] {
		assert.True(t, c.Fault)
		got = append(got, c.Status)
	}
	assert.Equal(t, []int{0, 200, 200}, got)
	assert.Equal(t, 2, s.Verdict().Total)
}

// Where nothing can be hijacked, the panic that net/http has for this ends the call.
func TestHangUpWithoutANetwork(t *testing.T) {
	a := newApp(t, Config{})
	a.fail(Fault{Drop: true})
	assert.PanicsWithError(t, http.ErrAbortHandler.Error(), func() { a.call(getOwn) })
	assert.Equal(t, Call{Time: a.last().Time, Operation: "readExtension", Method: "GET", Path: own, Group: rcapi.Light, Remaining: 49, Fault: true}, a.last())
}

func TestDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})
		slow := a.fail(Fault{Delay: time.Second, Operation: "readExtension"})
		jitter := a.fail(Fault{Jitter: time.Second, Seed: 7})
		status := a.fail(Fault{Status: 503, Operation: "readExtension", Delay: time.Minute, Times: 1})
		took := func(what string) time.Duration {
			began := time.Now()
			a.call(what)
			return time.Since(began)
		}
		first := took(getOwn)
		assert.Equal(t, 503, a.last().Status)
		assert.True(t, first >= 61*time.Second && first < 62*time.Second, first)
		second := took(getOwn)
		assert.True(t, second >= time.Second && second < 2*time.Second, second)
		third := took(store)
		assert.Less(t, third, time.Second)
		assert.NotEqual(t, first-61*time.Second, second-time.Second)
		assert.False(t, a.last().Fault, "a delay alone changes no answer")
		assert.Equal(t, 2, a.h.Verdict().Successes)
		assert.Equal(t, []int{2, 3, 1}, []int{slow.Used(), jitter.Used(), status.Used()})
	})
}

// A client that does not wait ends the delay.
func TestDelayEndsWithTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := Start(Config{Listener: pipenet.Listen()})
		require.NoError(t, err)
		defer s.Close()
		token := bearer(t, s)
		_, err = s.Fail(Fault{Delay: time.Hour})
		require.NoError(t, err)
		began := time.Now()
		for _, body := range []string{"", `{"text":"x"}`} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			r, err := http.NewRequestWithContext(ctx, "POST", s.URL+own+"/sms", strings.NewReader(body))
			require.NoError(t, err)
			r.Header.Set("Authorization", "Bearer "+token)
			_, err = s.Client().Do(r)
			assert.ErrorIs(t, err, context.DeadlineExceeded)
			cancel()
			synctest.Wait()
		}
		assert.Equal(t, 2*time.Second, time.Since(began))
		calls := s.Calls()
		require.Len(t, calls, 3)
		for _, c := range calls[1:] {
			assert.Equal(t, 0, c.Status)
			assert.True(t, c.Fault)
		}
		assert.Equal(t, 1, s.Verdict().Total)
	})
}

func TestProbability(t *testing.T) {
	run := func(seed uint64) (failed []int) {
		a := newApp(t, Config{Limits: Unlimited()})
		i := a.fail(Fault{Status: 503, Probability: 0.2, Seed: seed})
		for n := range 500 {
			if a.call(timezone).status == 503 {
				failed = append(failed, n)
			}
		}
		assert.Equal(t, len(failed), i.Used())
		return failed
	}
	one := run(1)
	assert.Equal(t, one, run(1), "the same in every run")
	assert.NotEqual(t, one, run(2))
	assert.InDelta(t, 100, len(one), 40)
}

func TestTimes(t *testing.T) {
	a := newApp(t, Config{})
	a.fail(Fault{Status: 503, Times: 2})
	a.fail(Fault{Status: 500, Times: 1})
	var got []int
	for range 4 {
		got = append(got, a.call(getOwn).status)
	}
	assert.Equal(t, []int{503, 503, 500, 200}, got, "the one asked for first has its way")
	assert.Nil(t, a.h.injected.live.Load(), "what is over costs nothing")
	assert.Empty(t, a.h.injected.list())
}

func TestAnUnusedFaultFailsTheTest(t *testing.T) {
	w := &watcher{TB: t}
	s := NewServer(w)
	for _, f := range []Fault{{Operation: rcapi.ListMessages.ID, Status: 503}, {Operation: rcapi.ReadUserCallLog.ID, Drop: true, Probability: 0.5}, {Path: "/restapi", Method: "GET", Status: 500}} {
		_, err := s.Fail(f)
		require.NoError(t, err)
	}
	get(t, s, bearer(t, s), own)
	s.injected.list()[1].Remove()
	for _, clean := range w.cleanups {
		clean()
	}
	require.Len(t, w.errors, 2)
	assert.Contains(t, w.errors[0], "operation=listMessages,status=503")
	assert.Contains(t, w.errors[1], "operation=readUserCallLog,drop,probability=0.5")
}

// watcher is a test that notes what it is failed with.
type watcher struct {
	testing.TB
	errors   []string
	cleanups []func()
}

func (w *watcher) Helper()          {}
func (w *watcher) Cleanup(f func()) { w.cleanups = append(w.cleanups, f) }
func (w *watcher) Errorf(format string, args ...any) {
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
}
