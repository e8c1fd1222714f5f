package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

const anyPath = "http://rc.test/restapi/v1.0/account/~"

// bubble runs f in virtual time against h, with a time-out of 60 s.
func bubble(t *testing.T, h http.HandlerFunc, f func(t *testing.T, w scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f(t, newScene(t, "http://rc.test", func(c *Config) { c.Base = inMemory(t, h) }))
	})
}

func TestTheRecordIsDurableBeforeTheAnswer(t *testing.T) {
	bubble(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }, func(t *testing.T, w scene) {
		const fsync = 3 * time.Second
		var answered atomic.Bool
		w.store.before = func() error {
			time.Sleep(fsync)
			assert.False(t, answered.Load(), "the caller has the answer before its record is durable")
			return nil
		}
		start := time.Now()
		resp, err := w.client().Get(anyPath)
		answered.Store(true)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, fsync, time.Since(start))
		require.Len(t, w.gate.settled, 1)
		assert.True(t, w.gate.settled[0].At.Equal(start), "the slot is counted from the answer, not from the fsync")
		assert.True(t, w.only(t).At.Equal(start))
	})
}

func TestTheGateHearsOfARefusalFirst(t *testing.T) {
	for status, first := range map[int]bool{429: true, 200: false, 503: false} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		w := newScene(t, server.URL)
		w.store.before = func() error {
			assert.Equal(t, first, len(w.gate.settled) == 1, "%d", status)
			return nil
		}
		resp, err := w.client().Get(server.URL + "/restapi/v1.0/account/~")
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Len(t, w.gate.settled, 1)
		server.Close()
	}
}

func TestEvidenceThatCannotBeKept(t *testing.T) {
	full := errors.New("no space left on device")
	closed := false
	base := baseFunc(func(r *http.Request) (*http.Response, error) {
		body := struct {
			io.Reader
			io.Closer
		}{strings.NewReader("{}"), closeFunc(func() error { closed = true; return nil })}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: r}, nil
	})
	for name, change := range map[string]func(scene){
		"store":                    func(w scene) { w.store.before = func() error { return full } },
		"gate":                     func(w scene) { w.gate.fail = full },
		"store without an answer":  func(w scene) { w.store.before = func() error { return full } },
		"store when it never left": func(w scene) { w.store.before = func() error { return full } },
	} {
		t.Run(name, func(t *testing.T) {
			closed = false
			want := 200
			w := newScene(t, "http://rc.test", func(c *Config) {
				c.Base = base
				switch name {
				case "store without an answer":
					want = 0
					c.Base = baseFunc(func(*http.Request) (*http.Response, error) { return nil, io.EOF })
				case "store when it never left":
					want = 0
					c.Base = &http.Transport{DialContext: dialError(errors.New("x"))}
				}
			})
			change(w)
			resp, err := w.client().Get(anyPath)
			require.Nil(t, resp)
			e, ok := errors.AsType[*StoreError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, want, e.Status)
			assert.ErrorIs(t, err, full)
			assert.ErrorContains(t, err, "writable and not full, or that Redis can be reached")
			assert.Equal(t, want == 200, closed, "the body is closed")
		})
	}
}

func TestGateThatCannotBeUsed(t *testing.T) {
	down := errors.New("redis is down: start it")
	for _, tc := range []struct {
		refuse error
		broken bool
	}{
		{down, true},
		{fmt.Errorf("wrapped: %w", down), true},
		{&window.WaitError{Group: "light", Reason: window.Full}, false},
		{errors.Join(&window.WaitError{Err: context.DeadlineExceeded}, down), false},
	} {
		w := newScene(t, "http://rc.test", func(c *Config) {
			c.Base = baseFunc(func(*http.Request) (*http.Response, error) { panic("sent without a slot") })
		})
		w.gate.refuse = tc.refuse
		_, err := w.client().Get(anyPath)
		e, ok := errors.AsType[*GateError](err)
		assert.Equal(t, tc.broken, ok, "%v", err)
		assert.ErrorIs(t, err, tc.refuse)
		if ok {
			assert.ErrorContains(t, e, "not sent, no slot could be taken")
			assert.ErrorContains(t, e, "redis is down: start it")
		}
	}
}

type closeFunc func() error

func (f closeFunc) Close() error { return f() }

func TestTimeout(t *testing.T) {
	bubble(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, func(t *testing.T, w scene) {
		start := time.Now()
		_, err := w.client().Get(anyPath)
		e, ok := errors.AsType[*NoAnswerError](err)
		require.True(t, ok, "%v", err)
		assert.True(t, e.Timeout())
		assert.Equal(t, ClassTimeout, e.Class)
		assert.ErrorContains(t, err, "no answer in 1m0s")
		r := w.only(t)
		assert.Equal(t, ClassTimeout, r.Code)
		assert.Zero(t, r.Status)
		assert.Equal(t, DefaultTimeout, r.At.Sub(start))
		assert.True(t, r.Latest.Equal(start.Add(DefaultTimeout)))
		assert.NotEmpty(t, r.Groups)
	})
}

func TestABodyMayTakeLongButNotStall(t *testing.T) {
	const chunk = 60 << 10
	for _, tt := range []struct {
		size  int // of each of five chunks
		pause time.Duration
		err   string
	}{
		{chunk, DefaultTimeout * 9 / 10, ""},
		{chunk, DefaultTimeout * 11 / 10, "body stalled: 61440 bytes arrived in 1m0s"},
		{1, time.Second * 13, "body stalled: 5 bytes arrived in 1m0s"},
	} {
		bubble(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for i := range 5 {
				piece := strings.Repeat(" ", tt.size)
				if i == 4 {
					piece = piece[1:] + "1"
				}
				_, _ = io.WriteString(w, piece)
				_ = http.NewResponseController(w).Flush()
				select {
				case <-time.After(tt.pause):
				case <-r.Context().Done():
					return
				}
			}
		}, func(t *testing.T, w scene) {
			resp, err := w.client().Get(anyPath)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			if tt.err == "" {
				require.NoError(t, err)
				assert.Len(t, body, 5*tt.size)
			} else {
				assert.ErrorContains(t, err, tt.err)
			}
			_ = resp.Body.Close()
			r := w.only(t)
			assert.Equal(t, 200, r.Status)
			assert.Equal(t, tt.err == "", r.Succeeded())
		})
	}
}

func TestNothingIsAdmittedAfterTheEnd(t *testing.T) {
	bubble(t, func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(10 * time.Second)
	}, func(t *testing.T, w scene) {
		over := errors.New("over")
		ctx, end := context.WithCancelCause(t.Context())
		client := &http.Client{Transport: w.Until(ctx)}
		time.AfterFunc(time.Second, func() { end(over) })
		resp, err := client.Get(anyPath)
		require.NoError(t, err, "what was sent is not cut short")
		_ = resp.Body.Close()
		_, err = client.Get(anyPath)
		require.Error(t, err)
		assert.Len(t, w.store.all(), 1, "and nothing more is sent")
	})
}

func TestTheCallersContextBoundsTheBody(t *testing.T) {
	bubble(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, func(t *testing.T, w scene) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
		resp, err := w.RoundTrip(req)
		require.NoError(t, err)
		_, err = io.ReadAll(resp.Body)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, resp.Body.Close())
	})
}

func TestAnErrorBodyThatNeverEnds(t *testing.T) {
	bubble(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"errorCode":"CMN-401","message":"`)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, func(t *testing.T, w scene) {
		start := time.Now()
		resp, err := w.client().Get(anyPath)
		require.NoError(t, err)
		assert.Equal(t, DefaultTimeout, time.Since(start), "the record does not wait longer than the time-out")
		r := w.only(t)
		assert.Equal(t, 403, r.Status)
		assert.True(t, r.At.Equal(start), "the answer arrived with its headers")
		body, err := io.ReadAll(resp.Body)
		assert.Error(t, err)
		assert.Contains(t, string(body), "CMN-401")
		require.NoError(t, resp.Body.Close())
	})
}

func TestCancelled(t *testing.T) {
	t.Run("in flight", func(t *testing.T) {
		bubble(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, func(t *testing.T, w scene) {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(5*time.Second, func() { cancel(errors.New("Ctrl-C")) })
			start := time.Now()
			req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
			_, err := w.RoundTrip(req)
			e, ok := errors.AsType[*NoAnswerError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, ClassCanceled, e.Class)
			r := w.only(t)
			assert.Equal(t, ClassCanceled, r.Code)
			assert.True(t, r.At.Equal(start.Add(5*time.Second)))
			assert.True(t, r.Latest.Equal(start.Add(DefaultTimeout)), "the server may count it for as long as it may answer")
			require.Len(t, w.gate.settled, 1)
			assert.True(t, w.gate.settled[0].Latest.Equal(r.Latest))
		})
	})
	t.Run("by the client's time-out", func(t *testing.T) {
		bubble(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, func(t *testing.T, w scene) {
			c := w.client()
			c.Timeout = 5 * time.Second
			start := time.Now()
			_, err := c.Get(anyPath)
			u, ok := errors.AsType[*url.Error](err)
			require.True(t, ok)
			assert.True(t, u.Timeout())
			assert.Equal(t, ClassTimeout, w.only(t).Code)
			assert.True(t, w.only(t).Latest.Equal(start.Add(DefaultTimeout)))
		})
	})
	t.Run("waiting for the slot", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			store := new(memory)
			served := 0
			w := newScene(t, "http://rc.test", func(c *Config) {
				c.Store = store
				c.Gate = window.NewMemory(map[string]window.Limit{"light": {Calls: 1, Per: time.Minute}})
				c.Base = inMemory(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served++ }))
			})
			resp, err := w.client().Get(anyPath)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(5*time.Second, cancel)
			req, _ := http.NewRequestWithContext(ctx, "POST", anyPath, io.NopCloser(strings.NewReader("x")))
			req.Method = "GET"
			_, err = w.RoundTrip(req)
			assert.ErrorIs(t, err, context.Canceled)
			_, waited := errors.AsType[*window.WaitError](err)
			assert.True(t, waited)
			assert.Equal(t, 1, served)
			assert.Len(t, store.all(), 1)
		})
	})
	t.Run("waiting for the token", func(t *testing.T) {
		bubble(t, func(http.ResponseWriter, *http.Request) {}, func(t *testing.T, w scene) {
			block := make(chan struct{})
			rt := w.WithToken(sourceFunc(func() (_ *oauth2Token, _ error) { <-block; return nil, errors.New("x") }))
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(5*time.Second, cancel)
			req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
			_, err := rt.RoundTrip(req)
			assert.ErrorIs(t, err, context.Canceled)
			assert.False(t, is[*TokenError](err), "a cancelled call is no fault of the token")
			assert.Len(t, w.gate.released, 1)
			close(block)
		})
	})
	t.Run("while dialing", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newScene(t, "http://rc.test", func(c *Config) { c.Base = &http.Transport{DialContext: dialForever} })
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
			_, err := w.RoundTrip(req)
			e, ok := errors.AsType[*UnreachableError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, ClassTimeout, e.Class)
			r := w.only(t)
			assert.True(t, r.Sent.IsZero())
			assert.Empty(t, r.Groups)
			assert.Len(t, w.gate.released, 1, "nothing was sent: the slot is free at once")
			assert.Empty(t, w.gate.settled)
		})
	})
}

func TestTheRequestsBodyIsAlwaysClosed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer server.Close()
	refused := errors.New("refused")
	for name, change := range map[string]func(*Config, *gate){
		"answered":    func(*Config, *gate) {},
		"unreachable": func(c *Config, _ *gate) { c.Base = &http.Transport{DialContext: dialError(errors.New("x"))} },
		"not let out": func(_ *Config, g *gate) { g.refuse = refused },
		"no token": func(c *Config, _ *gate) {
			c.Token = sourceFunc(func() (*oauth2Token, error) { return nil, refused })
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := new(gate)
			w := newScene(t, server.URL, func(c *Config) { c.Gate = g; change(c, g) })
			closed := make(chan struct{})
			body := struct {
				io.Reader
				io.Closer
			}{strings.NewReader("{}"), closeFunc(func() error {
				select {
				case <-closed:
				default:
					close(closed)
				}
				return nil
			})}
			resp, err := w.client().Post(server.URL+"/restapi/v1.0/account/~/extension/~/sms", "application/json", body)
			if err == nil {
				_ = resp.Body.Close()
			}
			<-closed
		})
	}
}

func TestIDsSortByTime(t *testing.T) {
	a, b := newID(time.Unix(1, 0)), newID(time.Unix(1, 1))
	assert.Less(t, a, b)
	assert.Len(t, a, 32)
	assert.NotEqual(t, a, newID(time.Unix(1, 0)))
}
