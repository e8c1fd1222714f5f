package wire

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestNewReportsAllFaultsAtOnce(t *testing.T) {
	_, err := New(Config{Origin: &url.URL{Scheme: "ftp", Host: "h"}, Timeout: -1})
	require.Error(t, err)
	for _, part := range []string{"ftp://h", "Config.Store", "Config.Gate", "Config.Timeout"} {
		assert.ErrorContains(t, err, part)
	}
	_, err = New(Config{Store: new(memory), Gate: new(gate)})
	assert.ErrorContains(t, err, "Config.Origin")
}

func TestRecordOfAnAnswer(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.Header().Set("RCRequestId", "6f0e7b52-0c8f-11ee-9d53-0050568c1ad4")
		w.Header().Set("X-Rate-Limit-Group", "heavy")
		w.Header().Set("X-Rate-Limit-Limit", "10")
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"records":[]}`)
	}))
	defer server.Close()
	w := newScene(t, server.URL, func(c *Config) { c.Token = static("tok-1") })
	var watched []ledger.Record
	c := &http.Client{Transport: w.WithWatch(func(r ledger.Record) { watched = append(watched, r) })}
	before := time.Now()
	resp, err := c.Get(server.URL + "/restapi/v1.0/account/123456/extension/~/call-log?phoneNumber=%2B16505550100&perPage=5")
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.JSONEq(t, `{"records":[]}`, string(body))
	require.NoError(t, resp.Body.Close())

	assert.Equal(t, "Bearer tok-1", got.Header.Get("Authorization"))
	assert.Equal(t, "phoneNumber=%2B16505550100&perPage=5", got.URL.RawQuery)
	assert.Empty(t, resp.Request.Header.Get("Authorization"), "the caller's request must not get the token")

	r := w.only(t)
	op := rcapi.ReadUserCallLog
	assert.Equal(t, []ledger.Record{r}, watched)
	require.Len(t, w.gate.admitted, 1)
	assert.Equal(t, w.gate.admitted[0].ID, r.ID)
	assert.Equal(t, time.UTC, r.At.Location())
	assert.WithinRange(t, r.Sent, before, r.At)
	want := ledger.Record{
		Kind: ledger.Done, ID: r.ID, At: r.At, Sent: r.Sent, Op: op.ID, Method: "GET", Path: op.Path, Groups: op.Groups(),
		Scopes: []string{string(op.Scope)}, Status: 200, RequestID: "6f0e7b52-0c8f-11ee-9d53-0050568c1ad4",
		Signal: window.Signal{Group: "heavy", Limit: 10},
	}
	assert.Equal(t, want, r)
	assert.Equal(t, []window.Answer{{At: r.At.Local(), Signal: want.Signal}}, local(w.gate.settled))
}

// local drops the monotonic clock, which records do not have.
func local(answers []window.Answer) []window.Answer {
	for i := range answers {
		answers[i].At = answers[i].At.Round(0)
	}
	return answers
}

func TestWhatACallIs(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("X-Emulator-Fault", r.Header.Get("X-Ask-Fault"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	}))
	defer server.Close()
	const webhook = `{"eventFilters":["/restapi/v1.0/x"],"deliveryMode":{"transportType":"WebHook","address":"https://a.example"}}`
	tests := []struct {
		name, method, path, body string
		header                   map[string]string
		want                     ledger.Record
	}{
		{"override header", "POST", "/restapi/v1.0/account/~/extension/~", "{}", map[string]string{"X-HTTP-Method-Override": "put"},
			ledger.Record{Op: rcapi.UpdateExtension.ID, Method: "PUT", Path: rcapi.UpdateExtension.Path, Groups: []string{"medium"}, Scopes: []string{"EditExtensions"}}},
		{"garbage override", "POST", "/restapi/v1.0/account/~/extension/~", "{}", map[string]string{"X-HTTP-Method-Override": "secret tok-9"},
			ledger.Record{Method: "OTHER", Path: "/restapi/v1.0/account/{}/extension/{}", Groups: []string{"heavy", "medium", "light"}}},
		{"unknown path", "GET", "/restapi/v1.0/account/123/nosuchthing/16505550100", "", nil,
			ledger.Record{Method: "GET", Path: "/restapi/v1.0/account/{}/{}/{}", Groups: []string{"heavy", "medium", "light"}}},
		{"unknown oauth path", "GET", "/restapi/oauth/nosuchthing", "", nil,
			ledger.Record{Method: "GET", Path: "/restapi/oauth/{}", Groups: []string{"auth"}, OAuth: true}},
		{"token", "POST", "/restapi/oauth/token", "grant_type=x", nil,
			ledger.Record{Op: "getToken", Method: "POST", Path: "/restapi/oauth/token", Groups: []string{"auth"}, OAuth: true}},
		{"not limited", "GET", "/.well-known/openid-configuration", "", nil,
			ledger.Record{Op: "*", Method: "GET", Path: "/.well-known/openid-configuration", OAuth: true}},
		{"SMS has its own group", "POST", "/restapi/v1.0/account/~/extension/~/sms", "{}", nil,
			ledger.Record{Op: "createSMSMessage", Method: "POST", Path: rcapi.CreateSMSMessage.Path, Groups: []string{"medium", "sms"}, Scopes: []string{"SMS"}}},
		{"webhook subscription", "POST", "/restapi/v1.0/subscription", webhook, nil,
			ledger.Record{Op: "createSubscription", Method: "POST", Path: "/restapi/v1.0/subscription", Groups: []string{"medium"}, Scopes: []string{"SubscriptionWebhook"}}},
		{"websocket subscription", "POST", "/restapi/v1.0/subscription", `{"deliveryMode":{"transportType":"WebSocket"}}`, nil,
			ledger.Record{Op: "createSubscription", Method: "POST", Path: "/restapi/v1.0/subscription", Groups: []string{"medium"}}},
		{"subscription of garbage", "POST", "/restapi/v1.0/subscription", `{"deliveryMode":[`, nil,
			ledger.Record{Op: "createSubscription", Method: "POST", Path: "/restapi/v1.0/subscription", Groups: []string{"medium"}}},
		{"injected fault", "GET", "/restapi/v1.0/dictionary/language", "", map[string]string{"X-Ask-Fault": "delay"},
			ledger.Record{Op: "listLanguages", Method: "GET", Path: "/restapi/v1.0/dictionary/language", Groups: []string{"light"}, Fault: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newScene(t, server.URL)
			req, err := http.NewRequest(tt.method, server.URL+tt.path, strings.NewReader(tt.body))
			require.NoError(t, err)
			for k, v := range tt.header {
				req.Header.Set(k, v)
			}
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			r := w.only(t)
			tt.want.Kind, tt.want.ID, tt.want.At, tt.want.Sent, tt.want.Status = ledger.Done, r.ID, r.At, r.Sent, 200
			if tt.want.Op == "*" {
				assert.NotEmpty(t, r.Op)
				tt.want.Op = r.Op
			}
			assert.Equal(t, tt.want, r)
		})
	}
}

func TestSubscriptionBodyArrivesWhole(t *testing.T) {
	for _, size := range []int{10, peekBody, peekBody + 1, 3 * peekBody} {
		var got []byte
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got, _ = io.ReadAll(r.Body) }))
		w := newScene(t, server.URL)
		body := strings.Repeat("x", size)
		resp, err := w.client().Post(server.URL+"/restapi/v1.0/subscription", "application/json", io.MultiReader(strings.NewReader(body)))
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, body, string(got), "size %d", size)
		server.Close()
	}
	w := newScene(t, "http://127.0.0.1:1")
	broken := io.MultiReader(strings.NewReader("{"), failing{errors.New("disk gone")})
	_, err := w.client().Post("http://127.0.0.1:1/restapi/v1.0/subscription", "application/json", broken)
	assert.ErrorContains(t, err, "disk gone")
	assert.Empty(t, w.gate.admitted)
}

func TestOtherHostsPassUntouched(t *testing.T) {
	var got http.Header
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header }))
	defer other.Close()
	w := newScene(t, "http://platform.invalid", func(c *Config) { c.Token = static("tok-1") })
	resp, err := w.client().Get(other.URL + "/restapi/v1.0/account/~")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Empty(t, got.Get("Authorization"))
	assert.Empty(t, w.store.all())
	assert.Empty(t, w.gate.admitted)
}

func TestSameOrigin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://h", "https://H:443/x", true},
		{"http://h:80", "http://h", true},
		{"https://h", "http://h", false},
		{"http://h:81", "http://h", false},
		{"https://h", "https://h.evil.example", false},
		{"https://h:443", "https://h:444", false},
	} {
		a, _ := url.Parse(tt.a)
		b, _ := url.Parse(tt.b)
		assert.Equal(t, tt.want, sameOrigin(a, b), "%s %s", tt.a, tt.b)
	}
}

func TestARedirectIsACallOfItsOwn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/restapi/v1.0/account/~" {
			http.Redirect(w, r, "/restapi/v1.0/account/1", http.StatusFound)
		}
	}))
	defer server.Close()
	w := newScene(t, server.URL, func(c *Config) { c.Token = static("tok-1") })
	resp, err := w.client().Get(server.URL + "/restapi/v1.0/account/~")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	records := w.store.all()
	require.Len(t, records, 2)
	assert.Equal(t, []int{302, 200}, []int{records[0].Status, records[1].Status})
	assert.NotEqual(t, records[0].ID, records[1].ID)
	assert.Less(t, records[0].ID, records[1].ID, "ids sort by time")
}

func TestTokens(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Saw", r.Header.Get("Authorization"))
	}))
	defer server.Close()
	call := func(t *testing.T, rt http.RoundTripper, path string) (string, error) {
		req, err := http.NewRequest("GET", server.URL+path, nil)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Basic own")
		resp, err := rt.RoundTrip(req)
		if err != nil {
			return "", err
		}
		assert.Equal(t, "Basic own", req.Header.Get("Authorization"), "the caller's request is not changed")
		return resp.Header.Get("Saw"), resp.Body.Close()
	}
	t.Run("set, replaced and absent", func(t *testing.T) {
		w := newScene(t, server.URL, func(c *Config) { c.Token = static("one") })
		for _, tt := range []struct {
			rt   http.RoundTripper
			path string
			want string
		}{
			{w, "/restapi/v1.0/account/~", "Bearer one"},
			{w.WithToken(static("two")), "/restapi/v1.0/account/~", "Bearer two"},
			{w.WithToken(nil), "/restapi/v1.0/account/~", "Basic own"},
			{w, "/restapi/oauth/token", "Basic own"},
			{w, "/restapi/oauth/revoke/", "Basic own"},
			{w, "/restapi/oauth/userinfo", "Bearer one"},
		} {
			saw, err := call(t, tt.rt, tt.path)
			require.NoError(t, err)
			assert.Equal(t, tt.want, saw, tt.path)
		}
		assert.Len(t, w.store.all(), 6, "all share one store")
	})
	t.Run("none to be had", func(t *testing.T) {
		for _, fault := range []error{errors.New("no luck"), nil} {
			w := newScene(t, server.URL)
			_, err := call(t, w.WithToken(sourceFunc(func() (*oauth2.Token, error) { return nil, fault })), "/restapi/v1.0/account/~")
			e, ok := errors.AsType[*TokenError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, "readAccountInfo", e.Op)
			if fault != nil {
				assert.ErrorIs(t, err, fault)
			}
			assert.Len(t, w.gate.released, 1)
			assert.Empty(t, w.store.all(), "nothing was sent")
		}
	})
	t.Run("an error that holds a body does not show it", func(t *testing.T) {
		w := newScene(t, server.URL)
		leak := &oauth2.RetrieveError{Response: &http.Response{StatusCode: 400}, Body: []byte("assertion=eyJ.secret")}
		_, err := call(t, w.WithToken(sourceFunc(func() (*oauth2.Token, error) { return nil, leak })), "/restapi/v1.0/account/~")
		assert.ErrorContains(t, err, "400")
		assert.NotContains(t, err.Error(), "eyJ")
	})
}

func TestASlotIsTakenAnewAfterASlowToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := true
		w := newScene(t, "http://rc.test", func(c *Config) {
			c.Base = inMemory(t, http.NotFoundHandler())
			c.Token = sourceFunc(func() (*oauth2.Token, error) {
				if slow {
					time.Sleep(50 * time.Second) // a penalty of the Auth group
					slow = false
				}
				return &oauth2.Token{AccessToken: "x"}, nil
			})
		})
		resp, err := w.client().Get("http://rc.test/restapi/v1.0/account/~")
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Len(t, w.gate.admitted, 2)
		assert.Equal(t, []string{w.gate.admitted[0].ID}, w.gate.released)
		assert.Equal(t, w.gate.admitted[1].ID, w.only(t).ID)
	})
}

func TestPaceComesBeforeTheSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newScene(t, "http://rc.test", func(c *Config) {
			c.Base = inMemory(t, http.NotFoundHandler())
			c.Pace = rate.NewLimiter(rate.Every(10*time.Second), 1)
		})
		start := time.Now()
		for range 3 {
			resp, err := w.client().Get("http://rc.test/restapi/v1.0/account/~")
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
		}
		assert.Equal(t, 20*time.Second, time.Since(start).Round(time.Second))
	})
}

// TestHTTP2 uses a base transport that negotiates HTTP/2.
func TestHTTP2(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %d %q", r.Proto, r.ContentLength, body)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	w := newScene(t, server.URL, func(c *Config) { c.Base = server.Client().Transport })
	for _, tt := range []struct {
		method string
		body   io.Reader
		want   string
	}{
		{"GET", nil, `HTTP/2.0 -1 ""`}, {"POST", nil, `HTTP/2.0 0 ""`}, {"POST", strings.NewReader("x"), `HTTP/2.0 1 "x"`}, {"DELETE", nil, `HTTP/2.0 0 ""`},
	} {
		req, err := http.NewRequest(tt.method, server.URL+"/restapi/v1.0/account/~", tt.body)
		require.NoError(t, err)
		resp, err := w.RoundTrip(req)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, tt.want, string(body), tt.method)
	}
	assert.Len(t, w.store.all(), 4)

	own := newScene(t, server.URL)
	own.cfg.Base.(*http.Transport).TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	own.cfg.Base.(*http.Transport).TLSClientConfig.NextProtos = nil
	resp, err := own.client().Get(server.URL + "/restapi/v1.0/account/~")
	require.NoError(t, err)
	body, _ := io.ReadAll(resp.Body)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, `HTTP/1.1 0 ""`, string(body), "the default base speaks HTTP/1.1 only")
}

func TestConcurrentCalls(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	w := newScene(t, server.URL, func(c *Config) { c.Token = static("t") })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 25 {
				n := 0
				c := &http.Client{Transport: w.WithWatch(func(ledger.Record) { n++ })}
				resp, err := c.Get(server.URL + "/restapi/v1.0/account/~")
				if assert.NoError(t, err) {
					assert.NoError(t, resp.Body.Close())
				}
				assert.Equal(t, 1, n, "each watcher sees its own calls")
			}
		})
	}
	wg.Wait()
	ids := make(map[string]bool)
	for _, r := range w.store.all() {
		ids[r.ID] = true
	}
	assert.Len(t, ids, 200)
}
