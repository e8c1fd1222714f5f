package filelock

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Pauses between attempts while another holder has the lock.
const (
	minPause = 100 * time.Microsecond
	maxPause = 3 * time.Millisecond
)

// Lock is an exclusive lock on one file. Create one with [New]. It is safe for concurrent use. Like a [sync.Mutex], a
// Lock orders memory: what one holder wrote is visible to the next. Two Locks on one path do not guarantee that.
type Lock struct {
	path string
	turn chan struct{} // holds a token while a goroutine of this process polls for the lock or holds it
	held *flock.Flock  // guarded by turn
	late func()        // see OnWait
}

// NoticeAfter is how long a Lock waits before it calls the function of OnWait.
const NoticeAfter = 2 * time.Second

// OnWait sets a function that is called once in each wait for another holder that takes longer than [NoticeAfter]. Call
// it before the Lock is used.
func (l *Lock) OnWait(f func()) { l.late = f }

// Check reports whether the file can be locked, now or later. It does not wait.
func (l *Lock) Check() error {
	f := flock.New(l.path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	_, err := f.TryLock()
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("filelock: lock %s: %w", l.path, err)
	}
	return nil
}

// New returns a Lock on the file at path. The file is created with mode 0600 when it is first locked; its directory
// must exist. Two Locks on one path exclude each other, in one process and between processes.
func New(path string) *Lock {
	return &Lock{path: path, turn: make(chan struct{}, 1)}
}

// Lock waits until the caller holds the lock. It fails with the error of ctx, or with an error of the operating system
// about the file.
func (l *Lock) Lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	held, err := acquire(ctx, l.path, l.late)
	if err != nil {
		<-l.turn
		return err
	}
	l.held = held
	return nil
}

// Unlock releases the lock. Call it exactly once after each successful Lock.
func (l *Lock) Unlock() error {
	held := l.held
	l.held = nil
	err := held.Unlock()
	<-l.turn
	if err != nil {
		return fmt.Errorf("filelock: unlock %s: %w", l.path, err)
	}
	return nil
}

// acquire waits for the lock. It calls late, if that is not nil, when that takes long.
func acquire(ctx context.Context, path string, late func()) (*flock.Flock, error) {
	start := time.Now()
	f := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	for pause := minPause; ; pause = min(pause*3/2, maxPause) {
		locked, err := f.TryLock()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("filelock: lock %s: %w", path, err), f.Close())
		}
		if locked {
			current, err := atPath(f, path)
			if err == nil && current {
				return f, nil
			}
			if err = errors.Join(err, f.Unlock()); err != nil {
				return nil, fmt.Errorf("filelock: lock %s: %w", path, err)
			}
		}
		if late != nil && time.Since(start) >= NoticeAfter {
			late()
			late = nil
		}
		if err := sleep(ctx, pause/2+rand.N(pause)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
}

// atPath reports whether the locked file is still the one at the path.
func atPath(f *flock.Flock, path string) (bool, error) {
	mine, err := f.Stat()
	if err != nil {
		return false, err
	}
	theirs, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return os.SameFile(mine, theirs), nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
