package gradtest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// What the processes of TestManyProcessesActAsOne do together: the limit is 50 calls a second, so that it takes 13
// windows.
const (
	shardPackages  = 4
	shardProcesses = 8 // of each package
	shardCalls     = 21
)

// shards is a module of four packages with their test binaries, and an emulator in a process of its own.
type shards struct {
	dir      string
	packages []string
	env      []string
	command  string
	emulator *exec.Cmd
	log      bytes.Buffer
}

func newShards(tb testing.TB) *shards {
	tb.Helper()
	if testing.Short() {
		tb.Skip("builds test binaries and runs them, which takes seconds: leave out -short")
	}
	s := &shards{dir: tb.TempDir()}
	repository, err := filepath.Abs("..")
	require.NoError(tb, err)
	put := func(from, to string) {
		data, err := os.ReadFile(from)
		require.NoError(tb, err)
		require.NoError(tb, os.MkdirAll(filepath.Dir(filepath.Join(s.dir, to)), 0o755))
		require.NoError(tb, os.WriteFile(filepath.Join(s.dir, to), bytes.ReplaceAll(data, []byte("REPOSITORY"), []byte(repository)), 0o644))
	}
	put("testdata/consumer/go.mod.txt", "go.mod")
	put("../go.sum", "go.sum")
	for i := range shardPackages {
		name := fmt.Sprint("shard", i)
		put("testdata/shard/work_test.go", filepath.Join(name, "work_test.go"))
		s.packages = append(s.packages, name)
	}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "RC_") && !strings.HasPrefix(v, "RINGCENTRAL_") && !strings.HasPrefix(v, "GRADTEST_") {
			s.env = append(s.env, v)
		}
	}
	s.env = append(s.env, "GOFLAGS=-mod=mod", "GOPROXY=off")
	s.command = filepath.Join(s.dir, "gradtest")
	for _, args := range [][]string{{"build", "-o", s.command, "github.com/graduationkit/ringcentral/gradtest/cmd/gradtest"}, {"test", "-c", "-o", s.dir, "./..."}} {
		c := exec.Command("go", args...)
		c.Dir, c.Env = s.dir, s.env
		if args[0] == "build" {
			c.Dir = repository // its libraries are not the module's
		}
		out, err := c.CombinedOutput()
		require.NoError(tb, err, string(out))
	}
	return s
}

// serve starts the emulator with a window of a second, the shortest there is, and a new directory for the evidence.
func (s *shards) serve(tb testing.TB) {
	tb.Helper()
	s.log.Reset()
	s.emulator = exec.Command(s.command, "emulator", "--window", "1s", "--scopes", "ReadAccounts")
	s.emulator.Env, s.emulator.Stderr = s.env, &s.log
	out, err := s.emulator.StdoutPipe()
	require.NoError(tb, err)
	require.NoError(tb, s.emulator.Start())
	s.env = append(s.env, "GRADTEST_DIR="+filepath.Join(tb.TempDir(), "evidence"))
	in := bufio.NewScanner(out)
	for range 4 {
		require.True(tb, in.Scan())
		name, value, _ := strings.Cut(strings.TrimPrefix(in.Text(), "export "), "=")
		s.env = append(s.env, name+"="+strings.Trim(value, "'"))
	}
}

// run starts n processes of each package at once, which make the calls each.
func (s *shards) run(tb testing.TB, packages, n, calls int) {
	tb.Helper()
	var all sync.WaitGroup
	for _, name := range s.packages[:packages] {
		for range n {
			c := exec.Command(filepath.Join(s.dir, name+".test"), "-test.run=TestWork")
			c.Dir, c.Env = filepath.Join(s.dir, name), append(s.env[:len(s.env):len(s.env)], fmt.Sprint("SHARD_CALLS=", calls))
			all.Go(func() {
				out, err := c.CombinedOutput()
				assert.NoError(tb, err, string(out))
			})
		}
	}
	all.Wait()
}

// end ends the emulator and returns what it was asked.
func (s *shards) end(tb testing.TB) (served served) {
	tb.Helper()
	require.NoError(tb, s.emulator.Process.Signal(os.Interrupt))
	require.NoError(tb, s.emulator.Wait(), s.log.String())
	for line := range strings.Lines(s.log.String()) {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		switch at, err := time.Parse("15:04:05.000", f[0]); {
		case err != nil:
		case f[3] == "429":
			served.refused++
		case f[2] == "/restapi/oauth/token":
			served.tokens++
		case f[3] == "200":
			if served.calls++; served.calls == 1 {
				served.first = at
			}
			served.last = at
		default:
			served.other++
		}
	}
	return served
}

// served is what the emulator's log says.
type served struct {
	calls, tokens, refused, other int
	first, last                   time.Time
}

// evidence is where the processes' ledger is.
func (s *shards) evidence(tb testing.TB) *ledger.Dir {
	tb.Helper()
	for _, v := range s.env {
		if root, ok := strings.CutPrefix(v, "GRADTEST_DIR="); ok {
			dirs, err := filepath.Glob(filepath.Join(root, "127.0.0.1_*"))
			require.NoError(tb, err)
			require.Len(tb, dirs, 1, "one app at one server, one ledger")
			d, err := ledger.Open(dirs[0])
			require.NoError(tb, err)
			tb.Cleanup(func() { _ = d.Close() })
			return d
		}
	}
	tb.Fatal("no directory")
	return nil
}

// TestManyProcessesActAsOne has 8 processes of each of 4 packages at a strict server that is a process of its own: not
// one call is refused, one token serves all, and each call is recorded once. How long it takes is for the benchmark to
// say.
func TestManyProcessesActAsOne(t *testing.T) {
	t.Parallel()
	s := newShards(t)
	s.serve(t)
	s.run(t, shardPackages, shardProcesses, shardCalls)
	got := s.end(t)
	const calls = shardPackages * shardProcesses * shardCalls
	assert.Equal(t, calls, got.calls)
	assert.Equal(t, 1, got.tokens, "one session")
	assert.Zero(t, got.refused)
	assert.Zero(t, got.other)

	d := s.evidence(t)
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err())
	assert.Equal(t, calls+1, rep.Calls, "and the token request")
	assert.Zero(t, rep.Unknown)
	assert.Zero(t, rep.Torn)
	assert.Empty(t, rep.Twice)
	seen := make(map[string]bool)
	for r, err := range d.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done && !r.OAuth {
			assert.Equal(t, 200, r.Status)
			assert.False(t, seen[r.RequestID], "the server answered each of its requests once")
			seen[r.RequestID] = true
		}
	}
	assert.Len(t, seen, calls)
}

// BenchmarkManyProcesses compares the time from the first to the last call of one process and of 32 that do the same
// together, as the server's log tells it.
//
//	go test -run '^$' -bench ManyProcesses -benchtime 3x ./gradtest
func BenchmarkManyProcesses(b *testing.B) {
	s := newShards(b)
	const calls = shardPackages * shardProcesses * shardCalls
	for _, bb := range []struct{ packages, processes int }{{1, 1}, {shardPackages, shardProcesses}} {
		b.Run(fmt.Sprintf("%dx%d", bb.processes, bb.packages), func(b *testing.B) {
			var makespan time.Duration
			refused := 0
			for b.Loop() {
				env := s.env
				s.serve(b)
				s.run(b, bb.packages, bb.processes, calls/bb.packages/bb.processes)
				got := s.end(b)
				require.Equal(b, calls, got.calls)
				makespan += got.last.Sub(got.first)
				refused += got.refused
				s.env = env
			}
			b.ReportMetric(makespan.Seconds()/float64(b.N), "s/makespan")
			b.ReportMetric(float64(refused), "429s")
			b.ReportMetric(0, "ns/op")
		})
	}
}
