package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// disk is the part of a file system that the store uses. Tests inject faults through it.
type disk interface {
	OpenFile(name string, flag int) (file, error)
	Stat(name string) (fs.FileInfo, error)
	Names(dir string) ([]string, error) // unsorted
	Remove(name string) error
	SyncDir(dir string) error
}

// file is an open file. Reads and writes take an offset, so that no file position is shared.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Sync() error
	Truncate(size int64) error
}

// osDisk is the real file system.
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

// SyncDir makes the directory entries in dir durable. Windows offers no such call and some file systems reject it;
// neither is an error, since there directory entries become durable by themselves or not at all.
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
