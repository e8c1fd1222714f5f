package gradtest_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestNothingIsLeftRunning: after each entry point has ended, its goroutines and connections are gone, on the embedded
// emulator and on a server with a ledger directory.
func TestNothingIsLeftRunning(t *testing.T) {
	app := gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension, Calls: 1},
		{Op: rcapi.ReadAccountInfo, Calls: 1, Do: func(c *gradtest.Call) {
			resp, err := http.Get(c.Gateway() + "/restapi/v1.0/account/~") // answered 401, which is as good here
			require.NoError(c, err)
			resp.Body.Close()
		}},
	}, Policy: criteria.Policy{Name: "one", PerEndpoint: 1}}
	entries := map[string]func(t *testing.T, app gradtest.App){
		"Start": func(t *testing.T, app gradtest.App) {
			s := gradtest.Start(t, app)
			for _, url := range []string{s.URL(), s.Gateway()} {
				resp, err := s.Client().Get(url + "/restapi/v1.0/account/~/extension/~")
				require.NoError(t, err)
				_, err = io.Copy(io.Discard, resp.Body) // and no Close: the body has been read by then
				require.NoError(t, err)
			}
		},
		"Sweep": func(t *testing.T, app gradtest.App) { _, _ = gradtest.Sweep(t.Context(), app) },
		"Sweep, cancelled": func(t *testing.T, app gradtest.App) {
			ctx, cancel := context.WithCancel(t.Context())
			app.Progress = func(gradtest.Progress) { cancel() }
			_, err := gradtest.Sweep(ctx, app)
			assert.Error(t, err)
		},
		"Plan": func(t *testing.T, app gradtest.App) {
			_, err := gradtest.Plan(app)
			require.NoError(t, err)
		},
		"Run": func(t *testing.T, app gradtest.App) {
			app.Endpoints = app.Endpoints[:1]
			gradtest.Run(t, app)
		},
	}
	server := rctest.NewServer(t)
	for name, enter := range entries {
		t.Run(name+" on a server", func(t *testing.T) {
			for name, value := range map[string]string{
				"RC_SERVER_URL": server.URL, "RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret,
				"RC_USER_JWT": server.JWT, "GRADTEST_DIR": t.TempDir(),
			} {
				t.Setenv(name, value)
			}
			leavesNothing(t, app, enter)
		})
		t.Run(name, func(t *testing.T) { leavesNothing(t, app, enter) })
	}
}

func leavesNothing(t *testing.T, app gradtest.App, enter func(*testing.T, gradtest.App)) {
	app.Name = own("left running")
	check := goleak.IgnoreCurrent()
	before := descriptors()
	for range 3 {
		t.Run("", func(t *testing.T) { enter(t, app) })
	}
	http.DefaultClient.CloseIdleConnections() // of Do, and of the test
	goleak.VerifyNone(t, check)
	assert.LessOrEqual(t, descriptors(), before)
}

// descriptors counts the open files of the process; 0 on systems without /proc, whose goroutines show the same leaks.
func descriptors() int {
	list, _ := os.ReadDir("/proc/self/fd")
	return len(list)
}

// TestATokenRequestEndsWithItsSession: a token request without an answer does not go on after the sweep was cancelled.
func TestATokenRequestEndsWithItsSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := pipenet.Listen()
		var open atomic.Int32
		end := serveHostile(l, func() hostile {
			return hostile{"", hostileBody{"stalled", func(c net.Conn) { open.Add(1); stall(c); open.Add(-1) }}}
		})
		pipe := &http.Transport{DialContext: l.DialContext}
		for name, value := range map[string]string{
			"RC_SERVER_URL": "http://localhost", "RC_APP_CLIENT_ID": "a", "RC_APP_CLIENT_SECRET": "b", "RC_USER_JWT": "h.p.s",
		} {
			t.Setenv(name, value)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		start := time.Now()
		_, err := gradtest.Sweep(ctx, gradtest.App{
			Name: "stalled", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
			Store: ledger.NewMemory(), Target: gradtest.Target{Base: pipe},
		})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 5*time.Second, time.Since(start))
		synctest.Wait()
		assert.Zero(t, open.Load(), "connections of the token source")
		pipe.CloseIdleConnections()
		_ = l.Close()
		end()
	})
}
