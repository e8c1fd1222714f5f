package ledger

import (
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// faulty is a disk on which a test can make single operations fail.
type faulty struct {
	osDisk
	mu       sync.Mutex
	write    func(p []byte) (int, error) // how much of p still reaches the disk, and the error; nil: all
	read     func() error
	sync     func() error
	truncate func() error
	syncDir  func() error
	remove   func() error
	open     func() error // for writing
}

// set changes which operations fail.
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
	if flag != os.O_RDONLY {
		if err := d.call(func(d *faulty) func() error { return d.open }); err != nil {
			return nil, &os.PathError{Op: "open", Path: name, Err: err}
		}
	}
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

// always returns an operation that fails with err.
func always(err error) func() error { return func() error { return err } }

// breakable opens a new ledger on a faulty disk.
func breakable(t *testing.T) (*Dir, *faulty) {
	dk := new(faulty)
	d, err := openOn(t.TempDir(), dk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d, dk
}
