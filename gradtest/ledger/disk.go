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
	f, err := os.OpenFile(name, flag|openNow, fileMode)
	if errors.Is(err, syscall.EISDIR) || errors.Is(err, syscall.ENXIO) { // ENXIO: a socket
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = readable(info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// maxFile is the size above which a file cannot be the record of a day: several million calls. Reading it would only
// delay the report.
const maxFile = 2 << 30

// Reasons why the file of a day is not read.
var (
	errNotRegular = errors.New("it is not a regular file")
	errTooLarge   = errors.New("it is larger than 2 GiB, which no day's records are")
)

// readable returns why the file of a day must not be read or written; nil: it may be.
func readable(info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errNotRegular
	case info.Size() > maxFile:
		return errTooLarge
	}
	return nil
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
