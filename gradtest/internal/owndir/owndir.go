// Package owndir makes directories that belong to gradtest alone, and keeps out of all others.
//
// Gradtest keeps evidence and tokens in directories, and a .gitignore there keeps them out of commits. In a directory
// with other things, that .gitignore would silently keep a user's work out of commits too, and closing the directory to
// other users would lock them out of their files. So gradtest writes only into directories that it made itself or that
// are empty. It recognizes its own by the first line of their .gitignore, or, if an earlier version made them or they
// were copied without it, by holding nothing else than what gradtest makes.
package owndir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// ErrNotDirectory says that something else than a directory is in the way.
var ErrNotDirectory = errors.New("not a directory")

// ForeignError says that a directory holds things that gradtest did not make.
type ForeignError struct {
	Dir    string
	Names  []string // some of them
	Hidden bool     // a .gitignore hides all of it from git, perhaps left by an earlier version of gradtest
}

// Error says what is there and what to do. The caller names the directory.
func (e *ForeignError) Error() string {
	text := fmt.Sprintf("it holds other things (%s), which gradtest would hide from git and close to other users: name a new "+
		"directory, such as %s", strings.Join(e.Names, ", "), filepath.Join(e.Dir, "evidence"))
	if e.Hidden {
		text += "; its .gitignore of * hides your files from git, and an earlier gradtest may have left it: delete it"
	}
	return text
}

// OpenError says that other users can write to a directory, and that it cannot be closed to them.
type OpenError struct {
	Dir string
	Err error // why not
}

// Error says what is wrong and what to do. The caller names the directory.
func (e *OpenError) Error() string {
	return fmt.Sprintf("other users can change it, and gradtest cannot close it to them (%v): use another directory, or run "+
		"chmod go-w %s", e.Err, e.Dir)
}

// Unwrap returns Err.
func (e *OpenError) Unwrap() error { return e.Err }

const ignoreFile = ".gitignore"

// mark is the content of the .gitignore by which gradtest recognizes its directories.
const mark = "# Made by gradtest, which keeps evidence here. It does not belong in commits.\n*\n"

// oldMark is the content in earlier versions, and of other programs.
const oldMark = "*\n"

// Create creates dir if needed. Afterwards it is gradtest's own, is ignored by git, and other users have at most the
// permissions in others. ours reports whether gradtest makes such an entry there. The error is a [*ForeignError], an
// [*OpenError], [ErrNotDirectory], or one of the operating system.
func Create(dir string, others fs.FileMode, ours func(fs.DirEntry) bool) error {
	if err := makeDir(dir); err != nil {
		return err
	}
	content, err := ignored(dir)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(content, firstLine(mark)) {
		if err := onlyOurs(dir, content == oldMark, ours); err != nil {
			return err
		}
	}
	if err := restrict(dir, others); err != nil {
		return err
	}
	if content == mark {
		return nil
	}
	return os.WriteFile(filepath.Join(dir, ignoreFile), []byte(mark), 0o600)
}

// Close creates dir if needed. Afterwards no other user can change what is in it. A directory that others can write to
// is closed to them if it holds nothing else than what gradtest makes, see [Create], whose errors it returns.
func Close(dir string, ours func(fs.DirEntry) bool) error {
	if err := makeDir(dir); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil || !allows(info, 0o022) {
		return err
	}
	err = onlyOurs(dir, false, ours)
	if e, ok := errors.AsType[*ForeignError](err); ok {
		return &OpenError{dir, fmt.Errorf("others may need what else is in it: %s", strings.Join(e.Names, ", "))}
	}
	if err != nil {
		return err
	}
	return restrict(dir, 0)
}

// Only reports whether dir is a directory that holds nothing else than what gradtest makes.
func Only(dir string, ours func(fs.DirEntry) bool) bool { return onlyOurs(dir, false, ours) == nil }

func makeDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return os.MkdirAll(dir, 0o700)
	case err != nil:
		return err
	case !info.IsDir():
		return ErrNotDirectory
	}
	return nil
}

// ignored returns the content of the .gitignore in dir; empty: there is none.
func ignored(dir string) (string, error) {
	path := filepath.Join(dir, ignoreFile)
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > 4096 {
		return "-", nil // not gradtest's
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// maxNames is how many foreign things an error names.
const maxNames = 3

// onlyOurs fails if dir holds something that gradtest does not make.
func onlyOurs(dir string, hidden bool, ours func(fs.DirEntry) bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	e := ForeignError{Dir: dir, Hidden: hidden}
	for _, entry := range entries {
		known := ours(entry)
		if entry.Name() == ignoreFile {
			text, err := ignored(dir)
			if err != nil {
				return err
			}
			known = text == oldMark || strings.HasPrefix(mark, text) // perhaps not written to its end yet
		}
		if known {
			continue
		}
		if len(e.Names) == maxNames {
			e.Names = append(e.Names, "…")
			break
		}
		e.Names = append(e.Names, entry.Name())
	}
	if len(e.Names) > 0 {
		return &e
	}
	return nil
}

// restrict takes from other users all permissions on dir except others.
func restrict(dir string, others fs.FileMode) error {
	info, err := os.Stat(dir)
	if err != nil || !allows(info, 0o077&^others) {
		return err
	}
	if err := os.Chmod(dir, info.Mode().Perm()&(0o700|others)); err != nil {
		return &OpenError{dir, err}
	}
	return nil
}

// allows reports whether other users have one of the permissions. Windows has no such bits; there a directory inherits
// its access rights.
func allows(info fs.FileInfo, perm fs.FileMode) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&perm != 0
}
