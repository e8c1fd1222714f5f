package redisstore

import (
	"crypto/rand"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// open opens the store as another process would, and closes it at the end of the test.
func open(t *testing.T, url, app string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, app)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

func TestStore(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	storetest.TestStore(t, func(t *testing.T) storetest.OpenStore {
		app := rand.Text()
		return func() (ledger.Store, error) { return open(t, server.URL(), app), nil }
	})
}

// TestGate is not parallel to other tests: its calls ask a short time apart, and must arrive in that order.
func TestGate(t *testing.T) {
	server := redistest.Start(t)
	storetest.TestGateInRealTime(t, func(t *testing.T, limits map[string]window.Limit) storetest.OpenGate {
		app := rand.Text()
		return func() (window.Gate, error) {
			return open(t, server.URL()+"?quarantine=none", app).Gate(limits), nil
		}
	})
}
