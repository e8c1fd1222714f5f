package child

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain is also the program that the tests run.
func TestMain(m *testing.M) {
	switch task := os.Getenv("CHILD_TASK"); task {
	case "":
		os.Exit(m.Run())
	case "wait":
		os.Stdout.WriteString("ready\n")
		time.Sleep(time.Minute)
	case "echo":
		os.Stdout.WriteString(os.Getenv("RC_SERVER_URL") + os.Getenv("RC_USER_JWT"))
	default:
		status, _ := strconv.Atoi(task)
		os.Exit(status)
	}
}

func command(task string, out *bytes.Buffer) Command {
	return Command{Args: []string{os.Args[0]}, Stdout: out, Stderr: out, Env: Environ(os.Environ(), nil, []string{"CHILD_TASK=" + task})}
}

func TestExitStatus(t *testing.T) {
	for _, want := range []int{0, 1, 2, 77} {
		got, err := command(strconv.Itoa(want), new(bytes.Buffer)).Run()
		require.NoError(t, err)
		assert.Equal(t, End{Status: want}, got)
	}
}

func TestEnviron(t *testing.T) {
	var out bytes.Buffer
	c := command("echo", &out)
	c.Env = Environ(append(c.Env, "RC_USER_JWT=real"), []string{"RC_USER_JWT"}, []string{"RC_SERVER_URL=http://here"})
	end, err := c.Run()
	require.NoError(t, err)
	assert.Zero(t, end)
	assert.Equal(t, "http://here", out.String())
}

// TestSignals ends this process as a user would; the signal must end the program and leave this process alone.
func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send signals on Windows")
	}
	for signal, want := range map[syscall.Signal]End{
		syscall.SIGTERM: {143, "terminated"}, syscall.SIGHUP: {129, "hangup"}, userSignal: {Status: 5},
	} {
		read, write, err := os.Pipe()
		require.NoError(t, err)
		c := command("wait", nil)
		if signal == userSignal { // Go programs ignore it
			c.Args = []string{"sh", "-c", "trap 'exit 5' " + strconv.Itoa(int(signal)) + "; echo ready; while :; do sleep 0.01; done"}
		}
		c.Stdout, c.Stderr = write, os.Stderr
		go func() {
			_, _ = read.Read(make([]byte, 6)) // the program is there
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Signal(signal)
		}()
		end, err := c.Run()
		require.NoError(t, err)
		assert.Equal(t, want, end)
		require.NoError(t, write.Close())
	}
}

func TestStartErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	for name, want := range map[string]string{
		"no-such-program-here": "no such program in PATH",
		"./no/such/file":       "no such file",
		file:                   "not an executable file",
	} {
		if runtime.GOOS == "windows" && strings.Contains(want, "executable") {
			continue // there is no such bit
		}
		_, err := Command{Args: []string{name}, Stdout: new(bytes.Buffer), Stderr: new(bytes.Buffer)}.Run()
		assert.ErrorContains(t, err, want)
	}
}
