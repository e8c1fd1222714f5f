package filelock

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// holdEnv is the environment variable that makes the test binary hold the lock at that path until it is killed.
const holdEnv = "FILELOCK_TEST_HOLD"

func TestMain(m *testing.M) {
	path := os.Getenv(holdEnv)
	if path == "" {
		os.Exit(m.Run())
	}
	if err := New(path).Lock(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func TestLocksExclude(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	one, other := New(path), New(path)
	var wg sync.WaitGroup
	var inside, total atomic.Int32
	for i := range 8 {
		l := one
		if i%2 == 1 {
			l = other
		}
		wg.Go(func() {
			for range 25 {
				if !assert.NoError(t, l.Lock(t.Context())) {
					return
				}
				assert.Equal(t, int32(1), inside.Add(1))
				total.Add(1)
				inside.Add(-1)
				assert.NoError(t, l.Unlock())
			}
		})
	}
	wg.Wait()
	assert.Equal(t, int32(200), total.Load())
}

func TestLockWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "lock")
		holder := New(path)
		require.NoError(t, holder.Lock(t.Context()))
		start := time.Now()
		time.AfterFunc(time.Second, func() { assert.NoError(t, holder.Unlock()) })
		l := New(path)
		require.NoError(t, l.Lock(t.Context()))
		waited := time.Since(start)
		assert.GreaterOrEqual(t, waited, time.Second)
		assert.LessOrEqual(t, waited, time.Second+2*maxPause)
		require.NoError(t, l.Unlock())
	})
}

func TestLongWaitIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "lock")
		holder, l := New(path), New(path)
		said := 0
		l.OnWait(func() { said++ })
		for _, wait := range []struct {
			length time.Duration
			said   int
		}{{NoticeAfter - maxPause, 0}, {time.Minute, 1}, {0, 1}, {time.Minute, 2}} {
			require.NoError(t, holder.Lock(t.Context()))
			require.NoError(t, l.Check(), "it does not wait")
			time.AfterFunc(wait.length, func() { assert.NoError(t, holder.Unlock()) })
			require.NoError(t, l.Lock(t.Context()))
			require.NoError(t, l.Unlock())
			assert.Equal(t, wait.said, said)
		}
	})
	require.ErrorIs(t, New(filepath.Join(t.TempDir(), "missing", "lock")).Check(), fs.ErrNotExist)
}

func TestLockEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "lock")
		holder := New(path)
		require.NoError(t, holder.Lock(t.Context()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		// One waits for the other goroutine of its Lock, the other for the file.
		for _, l := range []*Lock{holder, New(path)} {
			require.ErrorIs(t, l.Lock(ctx), context.DeadlineExceeded)
		}
		require.NoError(t, holder.Unlock())
		l := New(path)
		require.ErrorIs(t, l.Lock(ctx), context.DeadlineExceeded, "even if it is free")
		require.NoError(t, l.Lock(t.Context()), "nothing was left behind")
		require.NoError(t, l.Unlock())
	})
}

func TestLockOfADeadProcessIsFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), holdEnv+"="+path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	defer in.Close()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "held\n", said)

	ended, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	l := New(path)
	require.ErrorIs(t, l.Lock(ended), context.DeadlineExceeded)
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())
	require.NoError(t, l.Lock(t.Context()))
	require.NoError(t, l.Unlock())
}

func TestReplacedFileIsLockedAnew(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("open files cannot be deleted on Windows")
	}
	path := filepath.Join(t.TempDir(), "lock")
	holder := New(path)
	require.NoError(t, holder.Lock(t.Context()))
	require.NoError(t, os.Remove(path))
	current, err := atPath(holder.held, path)
	require.NoError(t, err)
	assert.False(t, current)

	l := New(path)
	require.NoError(t, l.Lock(t.Context()))
	current, err = atPath(l.held, path)
	require.NoError(t, err)
	assert.True(t, current)
	current, err = atPath(holder.held, path)
	require.NoError(t, err)
	assert.False(t, current, "another file is there now")
	require.NoError(t, l.Unlock())
	require.NoError(t, holder.Unlock())
}

func TestLockReportsItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "lock")
	l := New(path)
	for range 2 {
		err := l.Lock(t.Context())
		require.ErrorIs(t, err, fs.ErrNotExist)
		assert.ErrorContains(t, err, path)
	}
}

func BenchmarkLock(b *testing.B) {
	l := New(filepath.Join(b.TempDir(), "lock"))
	b.ReportAllocs()
	for b.Loop() {
		if err := l.Lock(context.Background()); err != nil {
			b.Fatal(err)
		}
		if err := l.Unlock(); err != nil {
			b.Fatal(err)
		}
	}
}
