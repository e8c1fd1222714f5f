package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// lockFile is the name of the file that processes lock. It marks a directory as a ledger.
const lockFile = "lock"

// sharedDir is one directory, shared by all Dirs of this process on it: goroutines that append at the same time share
// one sync, and gates learn immediately what the process appends.
type sharedDir struct {
	path string
	disk disk
	lock *filelock.Lock // nil: readOnly

	readOnly bool             // nothing is written, and no lock is taken
	days     map[day]*dayFile // open for writing; guarded by lock

	mu     sync.Mutex
	users  int
	broken error // the failed sync after which nothing more is appended
	gates  map[*gate]struct{}

	listeners map[*func(string)]struct{} // of NotifyWait

	presence    atomic.Pointer[presence] // of the gates of this process; nil: not announced
	unannounced atomic.Bool              // announcing it failed
}

// sharedDirs are the directories in use, by path.
var sharedDirs struct {
	sync.Mutex
	byPath map[string]*sharedDir
}

// joinShared returns the sharedDir of path. One whose sync has failed is left to its current users, and a new one is
// made.
func joinShared(path string, dk disk) *sharedDir {
	sharedDirs.Lock()
	defer sharedDirs.Unlock()
	f := sharedDirs.byPath[path]
	if f == nil || f.failure() != nil {
		f = &sharedDir{
			path: path, disk: dk, lock: filelock.New(filepath.Join(path, lockFile)),
			days: make(map[day]*dayFile), gates: make(map[*gate]struct{}),
		}
		f.lock.OnWait(func() { f.sayWait(lockFile) })
		if sharedDirs.byPath == nil {
			sharedDirs.byPath = make(map[string]*sharedDir)
		}
		sharedDirs.byPath[path] = f
	}
	f.users++
	return f
}

// leave ends one use; the last one closes the files.
func (f *sharedDir) leave() error {
	sharedDirs.Lock()
	f.users--
	last := f.users == 0
	if last && sharedDirs.byPath[f.path] == f {
		delete(sharedDirs.byPath, f.path)
	}
	sharedDirs.Unlock()
	if !last {
		return nil
	}
	var faults []error
	if p := f.presence.Load(); p != nil {
		faults = append(faults, p.end())
	}
	for _, d := range f.days {
		faults = append(faults, d.f.Close())
	}
	return dirError("close", f.path, errors.Join(faults...))
}

// locked runs do while holding the lock that all processes share.
func (f *sharedDir) locked(ctx context.Context, op string, do func() error) error {
	if f.readOnly {
		return do()
	}
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

// day returns the file for a day's records, and its size.
func (f *sharedDir) day(d day) (*dayFile, int64, error) {
	df := f.days[d]
	if df != nil {
		size, ok, err := df.current()
		if err != nil || ok {
			return df, size, err
		}
		// It was pruned or replaced. What is written to the old file would be lost.
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

// firstLink returns the link of the first line of a day's chain: where that of the day before it, in the directory,
// stands. A day whose file cannot be read counts as one without a chain, so that its damage does not stop the next day.
func (f *sharedDir) firstLink(d day) (l lines.Link, err error) {
	all, err := f.storedDays()
	if err != nil {
		return l, err
	}
	i, found := slices.BinarySearch(all, d)
	l.Late = found && i+1 < len(all) || !found && i < len(all)
	if i == 0 {
		return l, nil
	}
	before := all[i-1]
	h := f.headOf(before)
	l.Prev, l.Before = h.hash, lines.Place{Day: string(before), N: h.n}
	return l, nil
}

// headOf returns the head of the chain of a day.
func (f *sharedDir) headOf(d day) head {
	if df := f.days[d]; df != nil {
		if size, ok, err := df.current(); err == nil && ok && size == df.end {
			return df.head
		}
	}
	in, err := f.disk.OpenFile(filepath.Join(f.path, d.file()), os.O_RDONLY)
	if err != nil {
		return head{}
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return head{}
	}
	t, err := tailOf(in, info.Size())
	if err != nil {
		return head{}
	}
	return t.head
}

func (f *sharedDir) failure() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.broken
}

func (f *sharedDir) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken == nil {
		f.broken = err
	}
}
