// Package atomicfile replaces a file in one step, so that a reader sees the old content or the new and never a part,
// and a failure leaves the old file in place.
//
// The new content is not synced to disk: after a loss of power the file may be empty. The package is for files that can
// be made again, such as reports and caches.
package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// File is the new content of a file, not yet in place. Write to it, then call Commit or Discard.
type File struct {
	*os.File
	path string
}

// Create returns a temporary file in the directory of path, which Commit moves to path. perm does not depend on the
// umask.
func Create(path string, perm os.FileMode) (*File, error) {
	t, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		if e, ok := errors.AsType[*os.PathError](err); ok {
			e.Path = path // the name that the caller knows
		}
		return nil, err
	}
	f := &File{t, path}
	if err := t.Chmod(perm); err != nil {
		return nil, errors.Join(err, f.Discard())
	}
	return f, nil
}

// Commit closes the file and moves it to its path, replacing what is there. If that fails, the file is discarded.
func (f *File) Commit() error {
	err := f.Close()
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// Discard closes and removes the file. What is at its path stays.
func (f *File) Discard() error {
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
