package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
)

// Dir is a [Store] in a directory that any number of processes on one machine share. Through [Dir.Gate] they share the
// limits as well. Create one with [Open]. It is safe for concurrent use.
type Dir struct {
	shared *sharedDir
	closed atomic.Bool
	gates  []*gate // created by Gate; guarded by shared.mu
}

var _ interface {
	Store
	Gater
	Claimer
	Follower
	WaitNotifier
	Surveyor
	Verifier
	Pruner
} = (*Dir)(nil)

// Open opens the ledger in dir and creates the directory if necessary, accessible to its user alone, with a .gitignore.
// A directory that holds other things is refused, because those would be hidden from git and closed to other users.
// Several Dirs may be open on one directory, in one process or in several. The error is a [*DirError].
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
	// Report a directory that is not writable here and not in the middle of a sweep.
	if err := f.lock.Check(); err != nil {
		return nil, errors.Join(dirError("open", path, err), f.leave())
	}
	return &Dir{shared: f}, nil
}

// OpenReadOnly opens the ledger in dir for reading, and neither makes nor changes anything there: it needs no more than
// the permission to read, so that it also works on a read-only file system, on a copy of another user's ledger and on
// an artifact of a CI run. It takes no lock; what a running process is just writing may look like an unfinished line.
// Methods that write fail with [ErrReadOnly]. The error is a [*DirError].
func OpenReadOnly(dir string) (*Dir, error) {
	path, err := filepath.Abs(dir)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	var info fs.FileInfo
	if err == nil {
		info, err = os.Stat(path)
	}
	if err == nil && !info.IsDir() {
		err = owndir.ErrNotDirectory
	}
	if err != nil {
		return nil, &DirError{Dir: dir, Op: "open", Fix: "name the directory of a ledger that you may read", Err: err}
	}
	return &Dir{shared: &sharedDir{path: path, disk: osDisk{}, readOnly: true, users: 1, gates: make(map[*gate]struct{})}}, nil
}

// Path returns the ledger's directory as an absolute path without symbolic links.
func (d *Dir) Path() string { return d.shared.path }

// Close closes the ledger. No other method may be running. Afterwards all methods fail with [ErrClosed]; closing again
// does nothing.
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

// writable is usable for a method that writes.
func (d *Dir) writable(ctx context.Context, op string) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	if d.shared.readOnly {
		return dirError(op, d.shared.path, ErrReadOnly)
	}
	return nil
}

func (d *Dir) usable(ctx context.Context) error {
	if d.closed.Load() {
		return ErrClosed
	}
	return ctx.Err()
}
