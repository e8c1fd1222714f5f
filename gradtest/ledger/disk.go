package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// disk is what the store needs of a file system. Tests put faults between it and the real one.
type disk interface {
	OpenFile(name string, flag int) (file, error)
	Stat(name string) (fs.FileInfo, error)
	Names(dir string) ([]string, error) // unsorted
	Remove(name string) error
	SyncDir(dir string) error
}

// file is an open file. Reads and writes say where, so that no position is shared.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Sync() error
	Truncate(size int64) error
}

// osDisk is the real one.
type osDisk struct{}

func (osDisk) OpenFile(name string, flag int) (file, error) {
	f, err := os.OpenFile(name, flag, fileMode)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (osDisk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

func (osDisk) Remove(name string) error { return os.Remove(name) }

func (osDisk) Names(dir string) (names []string, err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	names, err = f.Readdirnames(-1)
	return names, errors.Join(err, f.Close())
}

// SyncDir makes the names in dir durable. Windows cannot be asked to, and some file systems refuse; they are not
// failures, since what is asked for happens there by itself or not at all.
func (osDisk) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
