package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// fileMode and dirMode allow access to the user alone.
const (
	fileMode fs.FileMode = 0o600
	dirMode  fs.FileMode = 0o700
)

// prepare creates dir if necessary and restricts it to its user.
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

// restrict closes dir to other users. It refuses if dir contains other files, since others may need those.
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
		_, evidence := dayIn(e.Name())
		if !evidence && !slices.Contains([]string{lockFile, importLock, aliveDir, ".gitignore"}, e.Name()) {
			return errShared
		}
	}
	return os.Chmod(dir, dirMode)
}

// writeGitignore keeps the ledger out of version control.
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

// openToOthers reports whether other users have access to a file. Windows has no such permission bits; there a
// directory inherits its access rights.
func openToOthers(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
