package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// fileMode and dirMode keep other users out.
const (
	fileMode fs.FileMode = 0o600
	dirMode  fs.FileMode = 0o700
)

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
	if err := restrict(dir); err != nil {
		return err
	}
	return writeGitignore(filepath.Join(dir, ".gitignore"))
}

// owned refuses a directory with other things in it, since it would be closed to other users, and closes it to them.
func restrict(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || !openToOthers(info) {
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
func writeGitignore(path string) error {
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

// exposed tells whether other users have rights on a file. Windows has no such bits: there a directory has the rights
// of the one it is in.
func openToOthers(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
