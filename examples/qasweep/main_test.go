package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) {
	if os.Getenv("QASWEEP_CHILD") != "" {
		main()
	}
	os.Exit(m.Run())
}

// sweep returns the program as a command, for a server (empty: the embedded emulator) and with its ledger in dir.
func sweep(t *testing.T, url, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "RC_") && !strings.HasPrefix(v, "RINGCENTRAL_") && !strings.HasPrefix(v, "GRADTEST_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "QASWEEP_CHILD=1", "GRADTEST_DIR="+dir)
	if url != "" {
		cmd.Env = append(cmd.Env, "RC_SERVER_URL="+url, "RC_APP_CLIENT_ID=id", "RC_APP_CLIENT_SECRET=secret", "RC_USER_JWT=jwt")
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

func TestOnTheEmulator(t *testing.T) {
	cmd, out := sweep(t, "", t.TempDir())
	require.NoError(t, cmd.Run(), out.String())
	assert.Contains(t, out.String(), "READY")
	assert.NotContains(t, out.String(), "NOT READY")
	assert.Contains(t, out.String(), "no evidence")
}

func TestOnAnotherStrictServer(t *testing.T) {
	for _, drops := range []float64{0, 0.03, 0.1} {
		s := newStrict(time.Second, drops)
		server := httptest.NewServer(s)
		dir := t.TempDir()
		cmd, out := sweep(t, server.URL, dir)
		err := cmd.Run()
		// An SMS whose response was lost is for the user to repeat.
		for again := 0; again < 20 && err != nil && strings.Contains(out.String(), "costs money, so it is not repeated by itself"); again++ {
			cmd, out = sweep(t, server.URL, dir)
			err = cmd.Run()
		}
		server.Close() // waits for its handlers
		require.NoError(t, err, "%v dropped:\n%s", drops, out)
		assert.Zero(t, s.refused, "not one 429")
		for call, n := range s.answered {
			if !strings.Contains(call, "oauth") && !strings.HasPrefix(call, "DELETE") {
				assert.GreaterOrEqual(t, n, 5, call)
			}
		}
	}
}

func TestInterrupted(t *testing.T) {
	for name, sig := range map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			interrupts(t, sig)
		})
	}
}

func interrupts(t *testing.T, sig os.Signal) {
	s := newStrict(time.Second, 0)
	server := httptest.NewServer(s)
	defer server.Close()
	dir := t.TempDir()
	cmd, out := sweep(t, server.URL, dir)
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return s.left() > 0 }, 20*time.Second, time.Millisecond, "the sweep has created something")
	require.NoError(t, cmd.Process.Signal(sig))
	var exit *exec.ExitError
	require.ErrorAs(t, cmd.Wait(), &exit)
	assert.Equal(t, notReady, exit.ExitCode(), out.String())
	assert.Contains(t, out.String(), "interrupted")
	assert.Contains(t, out.String(), "NOT READY")
	assert.Zero(t, s.left(), "what was created is gone")

	cmd, out = sweep(t, server.URL, dir)
	require.NoError(t, cmd.Run(), "the next run continues:\n%s", out)
	assert.Zero(t, s.left())
}

func TestCannotRun(t *testing.T) {
	cmd, out := sweep(t, "http://127.0.0.1:1", t.TempDir())
	var exit *exec.ExitError
	require.ErrorAs(t, cmd.Run(), &exit)
	assert.Equal(t, failed, exit.ExitCode())
	assert.Contains(t, out.String(), "check that the server runs")
	assert.NotContains(t, out.String(), "ENDPOINT", "no empty table")

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	cmd, out = sweep(t, "http://127.0.0.1:1", file)
	require.ErrorAs(t, cmd.Run(), &exit)
	assert.Equal(t, failed, exit.ExitCode())
	assert.Contains(t, out.String(), "GRADTEST_DIR")
}
