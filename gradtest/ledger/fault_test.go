package ledger

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// faulty is a disk between the store and the real one on which a test can break single operations.
type faulty struct {
	osDisk
	mu       sync.Mutex
	write    func(p []byte) (int, error) // how much of p still reaches the disk, and the error; nil: all
	read     func() error
	sync     func() error
	truncate func() error
	syncDir  func() error
	remove   func() error
}

// set changes what is broken.
func (d *faulty) set(change func(*faulty)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}

func (d *faulty) call(which func(*faulty) func() error) error {
	d.mu.Lock()
	fault := which(d)
	d.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault()
}

func (d *faulty) OpenFile(name string, flag int) (file, error) {
	f, err := d.osDisk.OpenFile(name, flag)
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, d}, nil
}

func (d *faulty) SyncDir(dir string) error {
	if err := d.call(func(d *faulty) func() error { return d.syncDir }); err != nil {
		return err
	}
	return d.osDisk.SyncDir(dir)
}

func (d *faulty) Remove(name string) error {
	if err := d.call(func(d *faulty) func() error { return d.remove }); err != nil {
		return err
	}
	return d.osDisk.Remove(name)
}

type faultyFile struct {
	file
	disk *faulty
}

func (f *faultyFile) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	fault := f.disk.write
	f.disk.mu.Unlock()
	if fault == nil {
		return f.file.WriteAt(p, off)
	}
	n, err := fault(p)
	if n > 0 {
		if _, err := f.file.WriteAt(p[:n], off); err != nil {
			return 0, err
		}
	}
	return n, err
}

func (f *faultyFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.disk.call(func(d *faulty) func() error { return d.read }); err != nil {
		return 0, err
	}
	return f.file.ReadAt(p, off)
}

func (f *faultyFile) Sync() error {
	if err := f.disk.call(func(d *faulty) func() error { return d.sync }); err != nil {
		return err
	}
	return f.file.Sync()
}

func (f *faultyFile) Truncate(size int64) error {
	if err := f.disk.call(func(d *faulty) func() error { return d.truncate }); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

// always is an operation that fails.
func always(err error) func() error { return func() error { return err } }

// breakable opens a new ledger on a disk that can be broken.
func breakable(t *testing.T) (*Dir, *faulty) {
	dk := new(faulty)
	d, err := openOn(t.TempDir(), dk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d, dk
}

// ids is what a store yields; a fault shows as its type.
func ids(t *testing.T, s Store) []string {
	t.Helper()
	all := []string{}
	for r, err := range s.Records(t.Context(), noon.AddDate(-1, 0, 0)) {
		_, torn := errors.AsType[*TornError](err)
		_, damaged := errors.AsType[*DamageError](err)
		_, unknown := errors.AsType[*VersionError](err)
		_, unread := errors.AsType[*ReadError](err)
		switch {
		case torn:
			all = append(all, "torn")
		case damaged:
			all = append(all, "damaged")
		case unknown:
			all = append(all, "unknown")
		case unread:
			all = append(all, "unread")
		default:
			require.NoError(t, err)
			all = append(all, r.ID)
		}
	}
	return all
}

func TestShortWriteIsTakenBack(t *testing.T) {
	for name, write := range map[string]func([]byte) (int, error){
		"no error":      func(p []byte) (int, error) { return len(p) / 2, nil },
		"disk is full":  func(p []byte) (int, error) { return len(p) - 1, syscall.ENOSPC },
		"quota is used": func(p []byte) (int, error) { return 0, quota },
		"second line":   func(p []byte) (int, error) { return len(p)/2 + 10, syscall.EIO },
	} {
		t.Run(name, func(t *testing.T) {
			d, dk := breakable(t)
			require.NoError(t, d.Append(t.Context(), done("a", noon)))
			dk.set(func(dk *faulty) { dk.write = write })
			err := d.Append(t.Context(), done("b", noon), done("c", noon))
			e, ok := errors.AsType[*WriteError](err)
			require.True(t, ok, "%v", err)
			assert.False(t, e.Torn)
			if errors.Is(err, syscall.ENOSPC) {
				assert.ErrorContains(t, err, "free space on that disk")
			}
			assert.Equal(t, []string{"a"}, ids(t, d))

			dk.set(func(dk *faulty) { dk.write = nil })
			require.NoError(t, d.Append(t.Context(), done("d", noon)), "it may be tried again")
			assert.Equal(t, []string{"a", "d"}, ids(t, d))
		})
	}
}

func TestWriteThatCannotBeTakenBackIsClosedOff(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) { return 30, syscall.ENOSPC }
		dk.truncate = always(syscall.EIO)
	})
	err := d.Append(t.Context(), done("b", noon))
	e, ok := errors.AsType[*WriteError](err)
	require.True(t, ok, "%v", err)
	assert.True(t, e.Torn)
	assert.Equal(t, []string{"a", "torn"}, ids(t, d))

	dk.set(func(dk *faulty) { dk.write, dk.truncate = nil, nil })
	require.NoError(t, d.Append(t.Context(), done("c", noon)))
	assert.Equal(t, []string{"a", "torn", "c"}, ids(t, d))
}

func TestWholeLineWithoutNewlineNeverCounts(t *testing.T) {
	d, dk := breakable(t)
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) { return len(p) - 1, syscall.ENOSPC }
		dk.truncate = always(syscall.EIO)
	})
	require.Error(t, d.Append(t.Context(), done("a", noon)))
	assert.Equal(t, []string{"torn"}, ids(t, d), "it was not acknowledged")
	dk.set(func(dk *faulty) { dk.write = nil })
	require.NoError(t, d.Append(t.Context(), done("b", noon)))
	assert.Equal(t, []string{"torn", "b"}, ids(t, d), "and it stays so")
}

func TestAppendOverSeveralDaysIsOne(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	n := 0
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) {
			if n++; n == 2 {
				return 5, syscall.ENOSPC
			}
			return len(p), nil
		}
	})
	require.Error(t, d.Append(t.Context(), done("b", noon), done("c", noon.Add(24*60*60e9))))
	assert.Equal(t, []string{"a"}, ids(t, d))
}

func TestFailedSyncEndsTheStore(t *testing.T) {
	for name, fault := range map[string]func(*faulty){
		"file":      func(dk *faulty) { dk.sync = always(syscall.EIO) },
		"directory": func(dk *faulty) { dk.syncDir = always(syscall.EIO) },
	} {
		t.Run(name, func(t *testing.T) {
			d, dk := breakable(t)
			require.NoError(t, d.Append(t.Context(), Record{Kind: Waiting, ID: "a", At: noon}), "needs no sync")
			dk.set(fault)
			err := d.Append(t.Context(), done("b", noon))
			_, ok := errors.AsType[*SyncError](err)
			require.True(t, ok, "%v", err)
			assert.ErrorIs(t, err, syscall.EIO)

			dk.set(func(dk *faulty) { dk.sync, dk.syncDir = nil, nil })
			for _, r := range []Record{done("c", noon), {Kind: Waiting, ID: "d", At: noon}} {
				_, ok = errors.AsType[*SyncError](d.Append(t.Context(), r))
				require.True(t, ok, "what the disk holds is not known any more")
			}
			again, err := Open(d.Path())
			require.NoError(t, err)
			defer again.Close()
			require.NoError(t, again.Append(t.Context(), done("e", noon)))
			require.NotContains(t, ids(t, again), "c")
			require.Error(t, d.Append(t.Context(), done("f", noon)), "the old one stays as it is")
		})
	}
}

func TestReadErrorIsYielded(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon), done("b", noon.Add(24*60*60e9))))
	dk.set(func(dk *faulty) {
		n := 0
		dk.read = func() error {
			if n++; n == 1 {
				return syscall.EIO
			}
			return nil
		}
	})
	assert.Equal(t, []string{"unread", "b"}, ids(t, d), "the other day can be read")
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for err, want := range map[error]string{
		fs.ErrPermission:  "make it writable for this user",
		syscall.EROFS:     "on a file system that can be written",
		syscall.ENOSPC:    "free space",
		quota:             "free space",
		syscall.ENOTDIR:   "the file that is in the way",
		errNotDirectory:   "the file that is in the way",
		errShared:         "a directory of its own",
		fs.ErrNotExist:    "run again to begin a new one",
		errors.New("odd"): "check the disk",
		syscall.Errno(5):  "check the disk",
	} {
		wrapped := dirError("append", "/some/dir", err)
		assert.ErrorIs(t, wrapped, err)
		assert.True(t, strings.HasPrefix(wrapped.Error(), "ledger: append: /some/dir: "), "%v", wrapped)
		assert.ErrorContains(t, wrapped, want)
	}
	assert.NoError(t, dirError("append", "/some/dir", nil))
	for _, err := range []error{
		&TornError{File: "2026-11-23.jsonl", Offset: 17}, &DamageError{File: "2026-11-23.jsonl", Offset: 17, Reason: "x"},
		&VersionError{File: "2026-11-23.jsonl", Offset: 17, Version: 9}, &ReadError{File: "2026-11-23.jsonl", Offset: 17, Err: syscall.EIO},
	} {
		assert.ErrorContains(t, err, "2026-11-23.jsonl")
		assert.ErrorContains(t, err, "byte 17")
	}
}
