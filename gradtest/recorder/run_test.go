package recorder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// perform is the recorded program. It makes a call, and then does its task.
func perform(task string) int {
	resp, err := http.Get(os.Getenv("RINGCENTRAL_SERVER_URL") + account)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 98
	}
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(resp.StatusCode, len(body))
	switch task {
	case "kill":
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill()
		select {}
	case "wait":
		select {}
	}
	return 3
}

func program(task string, out io.Writer) Program {
	env := append(os.Environ(), "RECORDED_TASK="+task)
	return Program{Args: []string{os.Args[0]}, Env: env, Stdout: out, Stderr: os.Stderr}
}

func jsonServer(t testing.TB) string {
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	})
}

func TestRun(t *testing.T) {
	for task, want := range map[string]int{"end": 3, "kill": 137} {
		if want > 128 && runtime.GOOS == "windows" {
			continue
		}
		dir := filepath.Join(t.TempDir(), ".gradtest")
		var out bytes.Buffer
		cfg := Config{Upstream: jsonServer(t), ClientID: "app", Dir: dir, Getenv: getenv()}
		s, status, err := Run(cfg, program(task, &out))
		require.NoError(t, err)
		assert.Equal(t, want, status)
		assert.Equal(t, "200 2\n", out.String())
		require.Len(t, s.Operations, 1)
		if want > 128 {
			assert.Equal(t, []string{
				"The program was ended by a signal (killed). What it called until then is recorded.",
			}, s.Notes)
		} else {
			assert.Empty(t, s.Notes)
		}
		assert.Equal(t, dir, s.Evidence)
		names, err := filepath.Glob(filepath.Join(dir, "127.0.0.1_*"))
		require.NoError(t, err)
		require.Len(t, names, 1)
		d, err := ledger.OpenReadOnly(names[0])
		require.NoError(t, err)
		assert.Len(t, records(t, d), 1, "what was recorded is kept")
		report, err := d.Verify(t.Context())
		require.NoError(t, err)
		assert.NoError(t, report.Err())
	}
}

// TestRunPassesSignals ends this process as a user would: the program must end, and what it has called be kept.
func TestRunPassesSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send signals on Windows")
	}
	read, write := io.Pipe()
	go func() {
		_, _ = read.Read(make([]byte, 6)) // it has made its call
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Signal(syscall.SIGTERM)
		_, _ = io.Copy(io.Discard, read)
	}()
	s, status, err := Run(Config{Getenv: getenv()}, program("wait", write))
	require.NoError(t, err)
	assert.Equal(t, 143, status)
	assert.Len(t, s.Operations, 1)
	_ = write.Close()
}

func TestRunErrors(t *testing.T) {
	for name, tc := range map[string]struct {
		cfg  Config
		args []string
		env  []string
		want string
	}{
		"program": {
			args: []string{"no-such-program"}, want: `cannot run "no-such-program": there is no such program in PATH`,
		},
		"both": {
			cfg:  Config{Emulator: true, Upstream: "http://h"},
			want: "both an emulator and the server http://h are asked for",
		},
		"url": {cfg: Config{Upstream: "h"}, want: "the server's URL needs http:// or https:// and a host"},
		"production": {
			env: []string{"RC_SERVER_URL=https://platform.ringcentral.com", "RC_CLIENT_ID=c"}, want: "is a production host",
		},
		"client id": {cfg: Config{Upstream: "http://h"}, want: "set RC_APP_CLIENT_ID to that of the app"},
		"window":    {cfg: Config{Upstream: "http://h", Window: time.Second}, want: "can be set for an emulator only"},
		"emulator":  {cfg: Config{Window: time.Millisecond}, want: "recorder: "},
		"live":      {env: []string{"GRADTEST_TARGET=live"}, want: "GRADTEST_TARGET=live needs a server: set RC_SERVER_URL"},
		"server":    {env: []string{"RC_USER_JWT=hush"}, want: "RC_USER_JWT set, but not RC_SERVER_URL"},
		"contradiction": {
			cfg: Config{Upstream: "http://h"}, env: []string{"GRADTEST_TARGET=emulator"},
			want: "GRADTEST_TARGET=emulator contradicts the server http://h",
		},
		"target": {env: []string{"GRADTEST_TARGET=both"}, want: "GRADTEST_TARGET is"},
	} {
		tc.cfg.Getenv = getenv(tc.env...)
		if tc.args == nil {
			tc.args = []string{os.Args[0]}
		}
		p := program("end", io.Discard)
		p.Args = tc.args
		_, _, err := Run(tc.cfg, p)
		require.ErrorContains(t, err, tc.want, name)
		assert.NotContains(t, err.Error(), "hush")
		assert.NotContains(t, err.Error(), "\n", "%s: one sentence", name)
	}
}

// failingStore refuses records from the second on.
type failingStore struct {
	*ledger.Memory
	n   atomic.Int64
	err error
}

func (f *failingStore) Append(ctx context.Context, r ...ledger.Record) error {
	if f.n.Add(1) > 1 {
		return f.err
	}
	return f.Memory.Append(ctx, r...)
}

// TestFullStore: the program gets its answers, since it might repeat what it takes for failed and pay twice.
func TestFullStore(t *testing.T) {
	var got atomic.Int64
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		got.Add(1)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":1}`)
	})
	store := &failingStore{Memory: ledger.NewMemory(), err: errors.Join(ledger.ErrUnavailable, syscall.ENOSPC)}
	var said []string
	r, err := Start(Config{
		Upstream: server, ClientID: "app", Getenv: getenv(), Notice: func(s string) { said = append(said, s) },
		Open: func(string) (ledger.Store, error) { return store, nil },
	})
	require.NoError(t, err)
	for range 3 {
		status, body := get(t, http.DefaultClient, r.URL()+account)
		assert.Equal(t, 200, status)
		assert.Equal(t, `{"id":1}`, body)
	}
	assert.EqualValues(t, 3, got.Load(), "nothing is sent twice")
	err = r.Close()
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.ErrorContains(t, err, "recorder: 2 calls could not be recorded, all others are kept in ")
	require.Len(t, said, 1, "said once")
	assert.Contains(t, said[0], "; the program gets its answers all the same: ")
	s := r.Summary()
	assert.Equal(t, 2, s.Lost)
	assert.Equal(t, 3, s.Operations[0].Calls)
	assert.Len(t, records(t, store), 1, "what was recorded is kept")
}

// TestFullDisk fills a real file system while a program is recorded.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if runtime.GOOS != "linux" || exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).Run() != nil {
		t.Skip("this user cannot mount a small file system; TestFullStore has the same with a store that fails")
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	evidence := filepath.Join(dir, ".gradtest")
	for _, pace := range []bool{false, true} {
		var said []string
		r, err := Start(Config{
			Upstream: jsonServer(t), ClientID: "app", Getenv: getenv(), Dir: evidence, Pace: pace,
			Notice: func(s string) { said = append(said, s) },
		})
		require.NoError(t, err)
		status, _ := get(t, http.DefaultClient, r.URL()+account)
		require.Equal(t, 200, status)
		fill := filepath.Join(dir, "fill")
		require.Error(t, os.WriteFile(fill, make([]byte, 1<<20), 0o600), "it is full now")
		for range 40 { // the end of a file's last page is still free
			status, _ = get(t, http.DefaultClient, r.URL()+account)
		}
		if pace { // without a slot nothing may be sent
			assert.Equal(t, 502, status)
		} else {
			assert.Equal(t, 200, status)
		}
		err = r.Close()
		require.NotEmpty(t, said)
		if !pace {
			assert.Len(t, said, 1)
			require.ErrorIs(t, err, syscall.ENOSPC)
			assert.NotContains(t, err.Error(), "\n")
		}
		if pace {
			assert.Contains(t, strings.Join(r.Summary().Notes, " "), "no space left")
		}
		require.NoError(t, os.Remove(fill))
		names, _ := filepath.Glob(filepath.Join(evidence, "127.0.0.1_*"))
		kept := 0
		for _, name := range names {
			d, err := ledger.OpenReadOnly(name)
			require.NoError(t, err)
			kept += len(records(t, d))
		}
		assert.NotZero(t, kept)
	}
}
