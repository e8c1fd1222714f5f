package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// TestCommandsSayWhatTheyWaitFor prunes while another process holds the lock of the ledger.
func TestCommandsSayWhatTheyWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "evidence")
		app := filepath.Join(dir, "platform.example.com-0a1b2c3d")
		require.NoError(t, os.MkdirAll(app, 0o700))
		other := filelock.New(filepath.Join(app, "lock"))
		require.NoError(t, other.Lock(t.Context()))
		time.AfterFunc(time.Minute, func() { assert.NoError(t, other.Unlock()) })
		var stdout, stderr bytes.Buffer
		status := Main([]string{"ledger", "prune", "--dir", dir}, &stdout, &stderr, func(string) string { return "" })
		assert.Zero(t, status, stderr.String())
		assert.Equal(t, "gradtest: waiting: another process holds the lock of the ledger ("+filepath.Join(app, "lock")+
			"): it is stopped, or the disk does not answer; this goes on when it lets go or ends\n", stderr.String())
	})
}
