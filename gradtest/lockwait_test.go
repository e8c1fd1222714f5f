package gradtest_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestWaitForTheLedgersLockIsSaid: a process that is stopped while it holds the lock of the ledger's directory stops
// all others on it. They say so.
func TestWaitForTheLedgersLockIsSaid(t *testing.T) {
	dir := t.TempDir()
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		d, err := ledger.Open(dir)
		require.NoError(t, err)
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension, Calls: 2})
		app.Store = d
		w := &waits{start: time.Now()}
		app.Progress = w.report
		other := filelock.New(filepath.Join(d.Path(), "lock"))
		require.NoError(t, other.Lock(t.Context()))
		time.AfterFunc(5*time.Second, func() { assert.NoError(t, other.Unlock()) })
		again, err := ledger.Open(dir)
		require.NoError(t, err, "opening does not wait")
		require.NoError(t, again.Close())
		_, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		said := strings.Join(w.lines, "\n")
		assert.Equal(t, 1, strings.Count(said, "waiting: another process holds the lock of the ledger ("+filepath.Join(d.Path(), "lock")+
			"): it is stopped, or the disk does not answer; this goes on when it lets go or ends"), said)
		require.NoError(t, d.Close())
	})
}
