package gradtest_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestSignalsEndARun: SIGTERM, which CI services send, ends a run as an interrupt does: with what was sent and a
// report.
func TestSignalsEndARun(t *testing.T) {
	const child = "RUN_THAT_ENDS_BY"
	signals := map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM}
	if name := os.Getenv(child); name != "" {
		self, err := os.FindProcess(os.Getpid())
		require.NoError(t, err)
		gradtest.Run(t, gradtest.App{Name: "ends", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension, Prepare: func(c *gradtest.Call) {
				if c.Attempt() == 3 {
					require.NoError(c, self.Signal(signals[name]))
					time.Sleep(100 * time.Millisecond) // until the signal has arrived
				}
			}},
		}})
		return
	}
	for name := range signals {
		cmd := exec.Command(os.Args[0], "-test.run=^TestSignalsEndARun$", "-test.v")
		cmd.Env = append(os.Environ(), child+"="+name)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit, "%s\n%s", name, out)
		assert.Equal(t, 1, exit.ExitCode(), "%s\n%s", name, out)
		assert.Contains(t, string(out), "signal received: what is done is kept", name)
		assert.Contains(t, string(out), "NOT READY", name)
	}
}
