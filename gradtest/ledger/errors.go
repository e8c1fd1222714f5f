package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// TornError is a line that a writer did not finish because it was killed, or because the machine lost power. Nothing
// of it had been acknowledged, so nothing is lost; it is reported so that a count that looks low can be explained.
type TornError struct {
	File   string
	Offset int64 // of the line's first byte
}

// Error says where the line is.
func (e *TornError) Error() string {
	return fmt.Sprintf("ledger: %s: unfinished line at byte %d, left by a process that was killed: nothing to do, it had not been acknowledged", e.File, e.Offset)
}

// Is reports whether target is [ErrDamaged].
func (e *TornError) Is(target error) bool { return target == ErrDamaged }

// DamageError is a line that is not as it was written.
type DamageError struct {
	File   string // empty: the line did not come from a file
	Offset int64  // of the line's first byte
	Reason string
}

// Error says where the line is, what is wrong, and what to do.
func (e *DamageError) Error() string {
	if e.File == "" {
		return "ledger: damaged record: " + e.Reason + ": take it from its source again"
	}
	return fmt.Sprintf("ledger: %s: damaged line at byte %d: %s: restore the file from a copy, or delete the line and make its call again", e.File, e.Offset, e.Reason)
}

// Is reports whether target is [ErrDamaged].
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

// VersionError is a line that a newer version of gradtest wrote: in another format, or of a kind that this version does
// not know.
type VersionError struct {
	File    string // empty: the line did not come from a file
	Offset  int64  // of the line's first byte
	Version int    // of the line's format
	Kind    Kind   // the unknown kind; empty: the format is unknown
}

// Error says what is unknown and what to do.
func (e *VersionError) Error() string {
	where := "a record"
	if e.File != "" {
		where = fmt.Sprintf("%s: the line at byte %d", e.File, e.Offset)
	}
	if e.Kind != "" {
		return fmt.Sprintf("ledger: %s is of kind %s, which this version does not know: update gradtest to the version that wrote it", where, e.Kind)
	}
	return fmt.Sprintf("ledger: %s has format %d, known is %d: update gradtest to the version that wrote it", where, e.Version, version)
}

// Is reports whether target is [ErrDamaged].
func (e *VersionError) Is(target error) bool { return target == ErrDamaged }

// DirError is a ledger's directory that cannot be used.
type DirError struct {
	Dir string
	Op  string // what was tried
	Fix string // what to do about it
	Err error
}

// Error says what failed and what to do.
func (e *DirError) Error() string {
	return fmt.Sprintf("ledger: %s: %s: %v: %s", e.Op, e.Dir, e.Err, e.Fix)
}

// Unwrap returns Err.
func (e *DirError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *DirError) Is(target error) bool { return target == ErrUnavailable }

// WriteError is a failure to add records. What was recorded before is untouched.
type WriteError struct {
	File string
	Torn bool // the beginning of a line may have been left behind; readers skip it and the next Append closes it off
	Err  error
}

// Error says what failed and what to do.
func (e *WriteError) Error() string {
	return fmt.Sprintf("ledger: append to %s: %v: nothing recorded before is lost; %s", e.File, e.Err, fixFor(e.Err))
}

// Unwrap returns Err.
func (e *WriteError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *WriteError) Is(target error) bool { return target == ErrUnavailable }

// SyncError is a failure to make records durable. After it the operating system's view of the file cannot be trusted
// any more, so the store refuses further records until it is opened anew.
type SyncError struct {
	File string
	Err  error
}

// Error says what failed and what to do.
func (e *SyncError) Error() string {
	return fmt.Sprintf("ledger: sync %s: %v: the last records may not outlive a loss of power, and no more are taken: check the disk, then run again", e.File, e.Err)
}

// Unwrap returns Err.
func (e *SyncError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *SyncError) Is(target error) bool { return target == ErrUnavailable }

// ReadError is a failure of the disk while records were read.
type ReadError struct {
	File   string
	Offset int64
	Err    error
}

// Error says what failed and what to do.
func (e *ReadError) Error() string {
	return fmt.Sprintf("ledger: read %s at byte %d: %v: check the disk, or restore the file from a copy", e.File, e.Offset, e.Err)
}

// Unwrap returns Err.
func (e *ReadError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *ReadError) Is(target error) bool { return target == ErrUnavailable }

// dirError wraps what the operating system says with what to do about it.
func dirError(op, dir string, err error) error {
	if err == nil {
		return nil
	}
	return &DirError{Dir: dir, Op: op, Fix: fixFor(err), Err: err}
}

func fixFor(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "make it writable for this user, or set GRADTEST_DIR to a directory that is"
	case errors.Is(err, syscall.EROFS):
		return "set GRADTEST_DIR to a directory on a file system that can be written"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, quota):
		return "free space on that disk and run again, or set GRADTEST_DIR to a directory on another"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, errNotDirectory):
		return "remove or rename the file that is in the way, or set GRADTEST_DIR to another directory"
	case errors.Is(err, errShared):
		return "name a directory of its own for the evidence, such as one below it"
	case errors.Is(err, fs.ErrNotExist):
		return "the directory was deleted while in use: run again to begin a new one"
	}
	return "check the disk, or set GRADTEST_DIR to a directory on another"
}

// What can be wrong with a directory besides what the operating system says.
var (
	errNotDirectory = errors.New("not a directory")
	errShared       = errors.New("it is open to other users and holds other things")
)
