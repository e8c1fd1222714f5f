package gradtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

var (
	sms      = map[string]any{"from": map[string]string{"phoneNumber": "+16505550101"}, "to": []any{map[string]string{"phoneNumber": "+12025550101"}}, "text": "hi"}
	someApps = []gradtest.Endpoint{
		{Op: rcapi.ReadExtension}, {Op: rcapi.ListMessages}, {Op: rcapi.CreateSMSMessage, Body: sms},
		{Op: rcapi.ReadUserCallLog}, {Op: rcapi.ReadCompanyCallLog}, {Op: rcapi.ListContacts},
	}
)

func TestSweepAtThePlatformsLimits(t *testing.T) {
	onStage(t, rctest.Config{Scopes: scopesOf(someApps)}, func(t *testing.T, s *stage) {
		app := s.app(someApps...)
		plan, err := gradtest.Plan(app)
		require.NoError(t, err)
		assert.Equal(t, 30, plan.Calls)
		assert.Equal(t, time.Minute, plan.Duration, "15 heavy calls, 10 a minute")
		assert.Empty(t, s.Calls(), "a plan sends nothing")

		begin := time.Now()
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.LessOrEqual(t, time.Since(begin), plan.Duration*103/100+2*time.Second)

		theirs := s.Verdict()
		assert.True(t, theirs.Ready)
		assert.Zero(t, theirs.TooManyRequests)
		assert.Equal(t, theirs.Successes, v.Successes)

		before := len(s.Calls())
		v, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.Len(t, s.Calls(), before, "nothing is missing, nothing is sent, not even for a token")

		app.Repeat = true
		v, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.Equal(t, 60, v.Successes)
	})
}

func TestSweepOfOperationsThatNeedMore(t *testing.T) {
	export := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/exports/{exportId}").In(rcapi.Medium).Needs(rcapi.ScopeReadAccounts)
	var contact string // that there is, found before the sweep
	endpoints := []gradtest.Endpoint{
		{Op: rcapi.CreateFaxMessage, Body: gradtest.Multipart{
			JSON: map[string]any{"to": []any{map[string]string{"phoneNumber": "+12025550101"}}}, Files: []gradtest.File{{Name: "page.txt", ContentType: "text/plain", Data: []byte("page")}},
		}},
		{Op: rcapi.ReadContact, Params: map[string]string{"contactId": "1"}, Prepare: func(c *gradtest.Call) {
			c.Params["contactId"] = contact
			c.Query.Set("a", "b")
			c.Header.Set("X-Attempt", strconv.Itoa(c.Attempt()))
		}},
		{Op: export, Name: "export", Params: map[string]string{"exportId": "7"}}, // not in the catalogue
	}
	onStage(t, rctest.Config{Scopes: scopesOf(endpoints)}, func(t *testing.T, s *stage) {
		path, err := s.Path(rcapi.ReadContact)
		require.NoError(t, err)
		contact = path[strings.LastIndexByte(path, '/')+1:]
		var faxes, reads, exports atomic.Int32
		app := s.app(endpoints...)
		app.Target.Base = roundTrip(func(req *http.Request) (*http.Response, error) {
			switch path := req.URL.Path; {
			case strings.HasSuffix(path, "/fax"):
				body, err := io.ReadAll(req.Body)
				require.NoError(t, err)
				assert.True(t, strings.HasPrefix(req.Header.Get("Content-Type"), "multipart/form-data; boundary="))
				assert.Contains(t, string(body), "page.txt")
				req.Body = io.NopCloser(bytes.NewReader(body))
				faxes.Add(1)
			case strings.HasSuffix(path, "/contact/"+contact) && req.URL.RawQuery == "a=b" && req.Header.Get("X-Attempt") != "":
				reads.Add(1)
			case strings.HasSuffix(path, "/account/~/exports/7"):
				exports.Add(1)
				resp := answered(http.StatusOK, `{}`)
				resp.Request = req
				return resp, nil
			}
			return s.base.RoundTrip(req)
		})
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		for _, n := range []int32{faxes.Load(), reads.Load(), exports.Load()} {
			assert.GreaterOrEqual(t, n, int32(5))
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestSweepReportsAMissingScope(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeFaxes}}, func(t *testing.T, s *stage) {
		v, err := gradtest.Sweep(t.Context(), s.app(gradtest.Endpoint{Op: rcapi.ReadExtension}, gradtest.Endpoint{Op: rcapi.ReadUserCallLog}))
		assert.False(t, v.Ready)
		notes := strings.Join(v.Notes, "\n")
		assert.Contains(t, notes, "App.Scopes declares ReadCallLog, which the token does not grant")
		assert.Contains(t, notes, "the token grants Faxes, which App.Scopes does not declare")
		var endpoint *gradtest.EndpointError
		require.ErrorAs(t, err, &endpoint)
		assert.Equal(t, "readUserCallLog", endpoint.Endpoint)
		assert.Equal(t, 1, endpoint.Calls, "a refused canary is the only call")
		assert.ErrorContains(t, err, "403 CMN-401")
		assert.ErrorContains(t, err, "the app lacks the scope ReadCallLog")
	})
}

func TestSweepStopsWithoutAToken(t *testing.T) {
	onStage(t, rctest.Config{}, func(t *testing.T, s *stage) {
		t.Setenv("RC_APP_CLIENT_SECRET", "hush-hush")
		_, err := gradtest.Sweep(t.Context(), s.app(someApps...))
		require.ErrorContains(t, err, "OAU-")
		assert.NotContains(t, err.Error(), "hush-hush")
		assert.Equal(t, 1, strings.Count(err.Error(), "\n")+1, "one error for the whole sweep:\n%v", err)
		assert.Len(t, s.Calls(), 1)
	})
}

func TestSweepFailures(t *testing.T) {
	list := func(c *gradtest.Call) {
		resp, err := c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~/message-store")
		if err == nil {
			resp.Body.Close()
		}
	}
	extension := gradtest.Endpoint{Op: rcapi.ReadExtension}
	for _, tc := range []struct {
		name     string
		endpoint gradtest.Endpoint
		calls    int
		err      string
	}{
		{"Do calls something else", gradtest.Endpoint{Op: rcapi.ReadMessage, Do: list}, 1,
			"did not call readMessage (GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}); called instead: listMessages"},
		{"Do calls nothing", gradtest.Endpoint{Op: rcapi.ListMessages, Do: func(*gradtest.Call) {}}, 1, "nothing was called through c.Client()"},
		{"an assertion fails", gradtest.Endpoint{Op: rcapi.ListMessages, Do: func(c *gradtest.Call) { list(c); require.Equal(c, 1, 2) }}, 1, "Not equal"},
		{"Do panics", gradtest.Endpoint{Op: rcapi.ListMessages, Do: func(*gradtest.Call) { panic("ouch") }}, 1, "panic: ouch"},
		{"Prepare fails", gradtest.Endpoint{Op: rcapi.ReadMessage, Prepare: func(c *gradtest.Call) { c.Errorf("no message to read"); c.FailNow() }}, 1,
			"in Prepare: no message to read"},
		{"Prepare leaves a parameter out", gradtest.Endpoint{Op: rcapi.ReadMessage, Prepare: func(*gradtest.Call) {}}, 1, "messageId"},
		{"Cleanup fails", gradtest.Endpoint{Op: rcapi.ListMessages, Cleanup: func(c *gradtest.Call) { c.Errorf("cannot remove it") }}, 1, "what call 1 created may be left behind, since Cleanup failed: cannot remove it"},
		{"a bad body", gradtest.Endpoint{Op: rcapi.CreateMessageStoreReport, Body: "{", Unchecked: true}, 1, "400 CMN-103"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			onStage(t, rctest.Config{}, func(t *testing.T, s *stage) {
				_, err := gradtest.Sweep(t.Context(), s.app(extension, tc.endpoint))
				var got *gradtest.EndpointError
				require.ErrorAs(t, err, &got)
				assert.Equal(t, tc.endpoint.Op.ID, got.Endpoint)
				assert.Equal(t, "failed", got.State)
				assert.Equal(t, tc.calls, got.Calls)
				assert.ErrorContains(t, got, tc.err)
			})
		})
	}
}

func TestSweepInterrupted(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeContacts}}, func(t *testing.T, s *stage) {
		created, removed := 0, 0
		remove := func(c *gradtest.Call) {
			var contact struct{ ID json.Number }
			require.NoError(c, c.Decode(&contact))
			path, err := rcapi.DeleteContact.Expand(map[string]string{"contactId": contact.ID.String()})
			require.NoError(c, err)
			req, err := http.NewRequestWithContext(c.Context(), http.MethodDelete, c.URL()+path, nil)
			require.NoError(c, err)
			resp, err := c.Client().Do(req)
			require.NoError(c, err)
			defer resp.Body.Close()
			require.Equal(c, http.StatusNoContent, resp.StatusCode)
			removed++
		}
		app := s.app(
			gradtest.Endpoint{Op: rcapi.ReadExtension},
			gradtest.Endpoint{Op: rcapi.CreateContact, Body: map[string]string{"firstName": "a"}, Cleanup: remove, Calls: 30},
		)
		ctx, interrupt := context.WithCancelCause(t.Context())
		why := errors.New("interrupted")
		app.Progress = func(p gradtest.Progress) {
			if p.Endpoint == "createContact" && p.Counted {
				if created++; created == 3 {
					interrupt(why)
				}
			}
		}
		v, err := gradtest.Sweep(ctx, app)
		require.ErrorIs(t, err, why)
		assert.False(t, v.Ready)
		seen := 0
		for _, c := range s.Calls() {
			if c.Operation == rcapi.CreateContact.ID {
				seen++
			}
		}
		assert.Equal(t, seen, removed, "everything that was created is gone")
		assert.GreaterOrEqual(t, v.Successes, 6, "what was done is kept")
		before := len(s.Calls())
		time.Sleep(5 * time.Minute)
		assert.Len(t, s.Calls(), before, "nothing is sent any more")

		app.Progress = nil
		v, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err, "the next run goes on")
		assert.True(t, v.Ready)
	})
}

// full is a store on a disk that fills up.
type full struct {
	*ledger.Memory
	room atomic.Int32
}

func (f *full) Append(ctx context.Context, r ...ledger.Record) error {
	if f.room.Add(-1) < 0 {
		return errors.New("no space left on device")
	}
	return f.Memory.Append(ctx, r...)
}

func TestSweepStopsWhenEvidenceCannotBeKept(t *testing.T) {
	onStage(t, rctest.Config{}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension, Calls: 200})
		disk := &full{Memory: s.store}
		disk.room.Store(6) // the declaration, the token and four calls
		app.Store = disk
		v, err := gradtest.Sweep(t.Context(), app)
		require.ErrorContains(t, err, "no space left on device")
		assert.ErrorContains(t, err, "ledger directory is writable and not full")
		assert.Equal(t, 4, v.Successes, "nothing recorded is lost, nothing unrecorded counts")
		assert.Less(t, len(s.Calls()), 60, "the calls in flight end, no other is made")
	})
}

// fussy answers one call itself.
type fussy struct {
	next   http.RoundTripper
	calls  atomic.Int32
	at     int32 // which API call is answered so
	status int
}

func (f *fussy) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasPrefix(req.URL.Path, "/restapi/oauth") || f.calls.Add(1) != f.at {
		return f.next.RoundTrip(req)
	}
	return &http.Response{StatusCode: f.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("<html>")), Request: req}, nil
}

func TestServerErrorsAreRepeatedClientErrorsAreNot(t *testing.T) {
	for _, tc := range []struct {
		status int
		ready  bool
	}{{500, true}, {502, true}, {503, true}, {408, true}, {400, false}, {401, false}, {403, false}, {404, false}, {302, false}, {418, false}} {
		onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
			app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
			app.Target.Base = &fussy{next: s.base, at: 3, status: tc.status}
			v, err := gradtest.Sweep(t.Context(), app)
			assert.Equal(t, tc.ready, v.Ready, "%d: %v", tc.status, err)
			assert.Equal(t, tc.ready, err == nil, "%d: %v", tc.status, err)
		})
	}
}

func TestGovernorSavesTheErrorBudget(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		app := s.app(
			gradtest.Endpoint{Op: rcapi.ReadExtension}, gradtest.Endpoint{Op: rcapi.ListExtensionDevices},
			gradtest.Endpoint{Op: rcapi.ReadUserCallLog}, gradtest.Endpoint{Op: rcapi.ListMessages}, gradtest.Endpoint{Op: rcapi.ReadUserPresenceStatus},
		)
		_, err := gradtest.Sweep(t.Context(), app)
		require.ErrorContains(t, err, "one more error would make 2 errors in")
		refused := 0
		for _, c := range s.Calls() {
			if c.Status == http.StatusForbidden {
				refused++
			}
		}
		assert.Equal(t, 1, refused, "of three endpoints without their scope only one is tried")
		assert.LessOrEqual(t, s.Verdict().AuthErrors, 1)
	})
}
