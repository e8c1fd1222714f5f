package gradtest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// hooked calls before for each request that is on its way, and may fail it after it was answered.
type hooked struct {
	next   http.RoundTripper
	before func(*http.Request)
	breaks func(*http.Request) bool
}

func (h *hooked) RoundTrip(req *http.Request) (*http.Response, error) {
	if h.before != nil {
		h.before(req)
	}
	resp, err := h.next.RoundTrip(req)
	if err == nil && h.breaks != nil && h.breaks(req) {
		resp.Body.Close()
		return nil, errors.New("connection reset by peer")
	}
	return resp, err
}

// contacts is an endpoint that creates and removes.
func contacts(removed *atomic.Int32) gradtest.Endpoint {
	return gradtest.Endpoint{Op: rcapi.CreateContact, Body: map[string]string{"firstName": "a"}, Cleanup: func(c *gradtest.Call) {
		var created struct{ ID int64 }
		require.NoError(c, c.Decode(&created))
		address := fmt.Sprintf("%s/restapi/v1.0/account/~/extension/~/address-book/contact/%d", c.URL(), created.ID)
		req, err := http.NewRequestWithContext(c.Context(), http.MethodDelete, address, nil)
		require.NoError(c, err)
		resp, err := c.Client().Do(req)
		require.NoError(c, err)
		resp.Body.Close()
		removed.Add(1)
	}}
}

var contactScopes = rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeContacts}}

func TestInterruptLetsTheCallInFlightEnd(t *testing.T) {
	onStage(t, contactScopes, func(t *testing.T, s *stage) {
		var removed atomic.Int32
		why := errors.New("interrupted")
		ctx, interrupt := context.WithCancelCause(t.Context())
		app := s.app(contacts(&removed))
		sent := 0
		app.Target.Base = &hooked{next: s.base, before: func(req *http.Request) {
			if req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, "/contact") {
				if sent++; sent == 3 {
					interrupt(why) // while the third is on its way
				}
			}
		}}
		v, err := gradtest.Sweep(ctx, app)
		require.ErrorIs(t, err, why)
		assert.Equal(t, 3, sent)
		assert.EqualValues(t, 3, removed.Load(), "its answer was awaited, and what it created removed")
		assert.Equal(t, 6, v.Successes)
	})
}

func TestCleanupIsRepeatedWhenItsRequestBreaks(t *testing.T) {
	onStage(t, contactScopes, func(t *testing.T, s *stage) {
		var removed, broken atomic.Int32
		app := s.app(contacts(&removed))
		app.Target.Base = &hooked{next: s.base, breaks: func(req *http.Request) bool {
			return req.Method == http.MethodDelete && broken.Add(1) <= 2
		}}
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.True(t, s.Verdict().Ready)
	})
}

func TestWhatOnlyCleanupCallsIsToppedUp(t *testing.T) {
	onStage(t, contactScopes, func(t *testing.T, s *stage) {
		// An earlier process was killed between creating and removing: the removals are one short.
		var removed atomic.Int32
		skip := contacts(&removed)
		clean := skip.Cleanup
		skip.Cleanup = func(c *gradtest.Call) {
			if c.Attempt() != 2 {
				clean(c)
			}
		}
		app := s.app(skip)
		app.Policy.Name, app.Policy.PerEndpoint, app.Policy.Successes = "short", 5, 1
		_, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, int(removed.Load()), 5, "a further round closed it")

		app = s.app(contacts(&removed))
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
	})
}

func TestDoThatIgnoresTheEnd(t *testing.T) {
	onStage(t, contactScopes, func(t *testing.T, s *stage) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		app := s.app(gradtest.Endpoint{Op: rcapi.CreateContact, Do: func(*gradtest.Call) { cancel(); <-release }})
		begin := time.Now()
		_, err := gradtest.Sweep(ctx, app)
		require.Error(t, err)
		assert.Less(t, time.Since(begin), time.Minute, "it is left behind")
		close(release)
	})
}

func TestTokenRequestIsRepeatedWhenItBreaks(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		var broken atomic.Int32
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
		app.Target.Base = &hooked{next: s.base, breaks: func(req *http.Request) bool {
			return strings.HasPrefix(req.URL.Path, "/restapi/oauth/") && broken.Add(1) == 1
		}}
		begin := time.Now()
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.GreaterOrEqual(t, time.Since(begin), 10*time.Second)
	})
}

func TestAnEchoedTokenIsNotShown(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		var token string
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
		app.Target.Base = &echoing{next: s.base, saw: &token}
		_, err := gradtest.Sweep(t.Context(), app)
		require.ErrorContains(t, err, "403")
		require.NotEmpty(t, token)
		assert.NotContains(t, err.Error(), token)
	})
}

// echoing is a server that repeats the Authorization header in its error.
type echoing struct {
	next http.RoundTripper
	saw  *string
}

func (e *echoing) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasPrefix(req.URL.Path, "/restapi/oauth/") {
		return e.next.RoundTrip(req)
	}
	_, *e.saw, _ = strings.Cut(req.Header.Get("Authorization"), " ")
	rec := answered(403, `{"errorCode":"CMN-401","message":"not with `+req.Header.Get("Authorization")+`"}`)
	rec.Request = req
	return rec, nil
}
