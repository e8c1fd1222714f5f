package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// aliveDir is the folder in a ledger's directory with a file for each session, locked while the session is open. The
// operating system releases the lock of a process that dies in any way, so that others see its death at once.
const aliveDir = "alive"

// presence is an open session as other processes see it.
type presence struct {
	owner string
	path  string
	lock  *filelock.Lock
}

// announce makes a session visible to other processes, and clears away what dead ones have left.
func (f *sharedDir) announce(ctx context.Context) (*presence, error) {
	dir := filepath.Join(f.path, aliveDir)
	if err := os.Mkdir(dir, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, dirError("announce", f.path, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, dirError("announce", f.path, err)
	}
	for _, e := range entries {
		f.life(e.Name())
	}
	p := &presence{owner: newOwner()}
	p.path = filepath.Join(dir, p.owner)
	p.lock = filelock.New(p.path)
	if err := p.lock.Lock(ctx); err != nil {
		return nil, dirError("announce", f.path, err)
	}
	return p, nil
}

// end makes the session's end visible.
func (p *presence) end() error {
	err := os.Remove(p.path)
	if errors.Is(err, fs.ErrNotExist) { // with the whole ledger
		err = nil
	}
	return errors.Join(err, p.lock.Unlock())
}

// life reports whether a session is open, and removes the file of one that is not.
func (f *sharedDir) life(owner string) Life {
	if owner == "" || strings.Trim(owner, ".") == "" || owner != filepath.Base(owner) {
		return Dead
	}
	path := filepath.Join(f.path, aliveDir, owner)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return Dead
	}
	l := flock.New(path, flock.SetFlag(os.O_RDWR))
	free, err := l.TryLock()
	if err != nil || !free {
		_ = l.Close()
		if errors.Is(err, fs.ErrNotExist) {
			return Dead
		}
		return Alive // what cannot be checked is left alone
	}
	_ = os.Remove(path) // while it is locked, so that no session can be using it
	_ = l.Unlock()
	return Dead
}
