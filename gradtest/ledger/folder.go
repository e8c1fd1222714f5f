package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// lockFile is the name of the file that processes lock; its presence marks a directory as a ledger.
const lockFile = "lock"

// folder is one directory as all Dirs of this process that name it share it: concurrent appenders wait for one sync
// together, and gates are told at once of what the process itself appends.
type folder struct {
	path string
	disk disk
	lock *filelock.Lock
	days map[day]*dayFile // open for writing; guarded by lock

	mu     sync.Mutex
	users  int
	broken error // a failed sync; ends all appending
	gates  map[*gate]struct{}
}

// folders are those in use, by path. A process has one view of a directory, however many parts of it open it.
var folders struct {
	sync.Mutex
	byPath map[string]*folder
}

// share returns the process's folder for path. One that is broken is left to those who have it.
func share(path string, dk disk) *folder {
	folders.Lock()
	defer folders.Unlock()
	f := folders.byPath[path]
	if f == nil || f.failure() != nil {
		f = &folder{
			path: path, disk: dk, lock: filelock.New(filepath.Join(path, lockFile)),
			days: make(map[day]*dayFile), gates: make(map[*gate]struct{}),
		}
		if folders.byPath == nil {
			folders.byPath = make(map[string]*folder)
		}
		folders.byPath[path] = f
	}
	f.users++
	return f
}

// leave ends one use of the folder; the last one closes its files.
func (f *folder) leave() error {
	folders.Lock()
	f.users--
	last := f.users == 0
	if last && folders.byPath[f.path] == f {
		delete(folders.byPath, f.path)
	}
	folders.Unlock()
	if !last {
		return nil
	}
	var faults []error
	for _, d := range f.days {
		faults = append(faults, d.f.Close())
	}
	return dirError("close", f.path, errors.Join(faults...))
}

// locked runs do under the lock that all processes share.
func (f *folder) locked(ctx context.Context, op string, do func() error) error {
	if err := f.lock.Lock(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return dirError(op, f.path, err)
	}
	err := do()
	if unlock := f.lock.Unlock(); unlock != nil {
		err = errors.Join(err, dirError(op, f.path, unlock))
	}
	return err
}

// day returns the file to write a day's records to, and its size.
func (f *folder) day(d day) (*dayFile, int64, error) {
	df := f.days[d]
	if df != nil {
		size, ok, err := df.current()
		if err != nil || ok {
			return df, size, err
		}
		// Pruned, or replaced from outside: what is written to the old file would be seen by nobody.
		delete(f.days, d)
		if err := df.retire(); err != nil {
			return nil, 0, err
		}
	}
	df, err := openDay(f.disk, f.path, d)
	if err != nil {
		return nil, 0, err
	}
	f.days[d] = df
	df.end = -1
	return df, df.info.Size(), nil
}

func (f *folder) failure() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.broken
}

func (f *folder) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken == nil {
		f.broken = err
	}
}

// prepare makes dir a ledger that only this user can read.
func prepare(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, dirMode); err != nil {
			return err
		}
	case err != nil:
		return err
	case !info.IsDir():
		return errNotDirectory
	}
	if err := owned(dir); err != nil {
		return err
	}
	return ignore(filepath.Join(dir, ".gitignore"))
}

// owned refuses a directory with other things in it, since it would be closed to other users, and closes it to them.
func owned(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || !exposed(info) {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, evidence := dayIn(e.Name()); !evidence && e.Name() != lockFile && e.Name() != importLock && e.Name() != ".gitignore" {
			return errShared
		}
	}
	return os.Chmod(dir, dirMode)
}

// ignore keeps evidence out of version control.
func ignore(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString("*\n")
	return errors.Join(err, f.Close())
}
