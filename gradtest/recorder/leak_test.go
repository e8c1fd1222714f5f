package recorder

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// TestNothingIsLeft: after Close no goroutine runs and no file is left, with everything that a recorder can have.
func TestNothingIsLeft(t *testing.T) {
	http.DefaultClient.CloseIdleConnections()
	before := goleak.IgnoreCurrent()
	for range 2 {
		r, err := Start(Config{Proxy: true, Pace: true, Getenv: getenv(), Dir: t.TempDir() + "/.gradtest"})
		require.NoError(t, err)
		get(t, http.DefaultClient, r.URL()+account)
		c := proxied(t, r, true)
		get(t, c, "https://platform.ringcentral.com"+account)
		c.CloseIdleConnections()
		http.DefaultClient.CloseIdleConnections()
		require.NoError(t, r.Close())
		require.NoDirExists(t, r.proxy.trust.dir)
	}
	goleak.VerifyNone(t, before)
}
