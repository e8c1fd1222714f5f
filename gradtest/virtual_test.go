package gradtest_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// stage is an emulator with the platform's own minute-long windows, in virtual time and behind a slow network.
type stage struct {
	*rctest.Server
	store *ledger.Memory
	base  http.RoundTripper
}

// slow is a network that takes 20 ms there and back.
type slow struct{ next http.RoundTripper }

func (s slow) RoundTrip(req *http.Request) (*http.Response, error) {
	time.Sleep(10 * time.Millisecond)
	defer time.Sleep(10 * time.Millisecond)
	return s.next.RoundTrip(req)
}

// onStage runs f in a bubble of virtual time with credentials for its emulator in the environment.
func onStage(t *testing.T, cfg rctest.Config, f func(t *testing.T, s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		listener := pipenet.Listen()
		cfg.Listener = listener
		server, err := rctest.Start(cfg)
		require.NoError(t, err)
		pipe := &http.Transport{MaxIdleConnsPerHost: 64, DialContext: listener.DialContext}
		s := &stage{Server: server, store: ledger.NewMemory(), base: slow{pipe}}
		defer func() { // the bubble waits for every goroutine in it
			pipe.CloseIdleConnections()
			server.Close()
		}()
		for name, value := range map[string]string{
			"RC_SERVER_URL": server.URL, "RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret,
			"RC_USER_JWT": server.JWT, "GRADTEST_TARGET": "", "GRADTEST_REPEAT": "",
		} {
			t.Setenv(name, value)
		}
		f(t, s)
	})
}

// app declares endpoints on the stage; its scopes are theirs.
func (s *stage) app(endpoints ...gradtest.Endpoint) gradtest.App {
	a := gradtest.App{Name: "staged", Endpoints: endpoints, Store: s.store, Target: gradtest.Target{Base: s.base}}
	a.Scopes = scopesOf(endpoints)
	return a
}

func scopesOf(endpoints []gradtest.Endpoint) []rcapi.Scope {
	var scopes []rcapi.Scope
	seen := map[rcapi.Scope]bool{"": true}
	for _, e := range endpoints {
		if !seen[e.Op.Scope] {
			seen[e.Op.Scope] = true
			scopes = append(scopes, e.Op.Scope)
		}
	}
	return scopes
}
