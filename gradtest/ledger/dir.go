package ledger

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
)

// Dir is a [Store] in a directory that any number of processes of one machine share, and by [Dir.Gate] the limits that
// they share. It is made by [Open] and safe for concurrent use.
type Dir struct {
	shared *sharedDir
	closed atomic.Bool
	gates  []*gate // that it made, guarded by the folder's mutex
}

var _ interface {
	Store
	Gater
	Follower
	Surveyor
	Verifier
	Pruner
} = (*Dir)(nil)

// Open opens the ledger in dir, making the directory if there is none, closed to other users. A directory that other
// users may read and that holds other things is refused rather than closed to them. Dirs on one directory may be open
// at the same time, in one process or several. The error is a [*DirError].
func Open(dir string) (*Dir, error) { return openOn(dir, osDisk{}) }

func openOn(dir string, dk disk) (*Dir, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, dirError("open", dir, err)
	}
	if err := prepare(path); err != nil {
		return nil, dirError("open", path, err)
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return nil, dirError("open", path, err)
	}
	f := joinShared(path, dk)
	// The lock is taken once to see that it can be: a directory that cannot be written is reported here and not in the
	// middle of a sweep.
	if err := f.locked(context.Background(), "open", func() error { return nil }); err != nil {
		return nil, errors.Join(err, f.leave())
	}
	return &Dir{shared: f}, nil
}

// Path is the ledger's directory, absolute and without symbolic links.
func (d *Dir) Path() string { return d.shared.path }

// Close ends the use of the ledger. No other method may be running; afterwards all fail with [ErrClosed]. Closing
// twice is harmless.
func (d *Dir) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	d.shared.mu.Lock()
	for _, g := range d.gates {
		delete(d.shared.gates, g)
	}
	d.shared.mu.Unlock()
	return d.shared.leave()
}

func (d *Dir) usable(ctx context.Context) error {
	if d.closed.Load() {
		return ErrClosed
	}
	return ctx.Err()
}
