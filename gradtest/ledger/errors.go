package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
)

// TornError is about a line that its writer did not finish, because it was killed or the machine lost power. Append had
// not returned for it, so nothing is lost; the error is reported to explain a count that looks low.
type TornError struct {
	File   string
	Offset int64 // of the line's first byte
}

// Error says where the line is and that nothing need be done.
func (e *TornError) Error() string {
	return fmt.Sprintf("ledger: %s: unfinished line at byte %d, left by a process that was killed: nothing to fix, "+
		"Append had not returned for it", e.File, e.Offset)
}

// Is reports whether target is [ErrDamaged].
func (e *TornError) Is(target error) bool { return target == ErrDamaged }

// DamageError is about a line that has changed since it was written, or several such lines in a row.
type DamageError struct {
	File   string // empty: the line did not come from a file
	Offset int64  // of the line's first byte
	End    int64  // of the last such line
	Lines  int    // number of such lines in a row; 0: one
	Reason string // what is wrong with the first
}

// Error says where the line is, what is wrong, and what to do.
func (e *DamageError) Error() string {
	switch {
	case e.File == "":
		return "ledger: damaged record: " + e.Reason + ": get it from its source again"
	case e.Lines > 1:
		return fmt.Sprintf("ledger: %s: %d damaged lines from byte %d to byte %d: of the first: %s: restore the file "+
			"from a copy, or delete the lines and make their calls again", e.File, e.Lines, e.Offset, e.End, e.Reason)
	}
	return fmt.Sprintf("ledger: %s: damaged line at byte %d: %s: restore the file from a copy, or delete the line "+
		"and make its call again", e.File, e.Offset, e.Reason)
}

// joins reports whether next is about the line after those of e, and adds it to e then.
func (e *DamageError) joins(next *DamageError) bool {
	if e.File == "" || e.File != next.File || e.End != next.Offset {
		return false
	}
	e.Lines, e.End = max(1, e.Lines)+max(1, next.Lines), next.End
	return true
}

// Is reports whether target is [ErrDamaged].
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

// VersionError is about a line that a newer version of gradtest wrote: in another format, or of a kind that this
// version does not know.
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
		return fmt.Sprintf("ledger: %s is of kind %s, which this version does not know: update gradtest to the "+
			"version that wrote it", where, e.Kind)
	}
	return fmt.Sprintf("ledger: %s has format %d, known is %d: update gradtest to the version that wrote "+
		"it", where, e.Version, version)
}

// Is reports whether target is [ErrDamaged].
func (e *VersionError) Is(target error) bool { return target == ErrDamaged }

// DirError reports that the directory of a ledger cannot be used.
type DirError struct {
	Dir string
	Op  string // what failed, such as "append"
	Fix string // what to do; empty: Err says it
	Err error
}

// Error says what failed and what to do.
func (e *DirError) Error() string {
	if e.Fix == "" { // Err says it
		return fmt.Sprintf("ledger: %s: %s: %v", e.Op, e.Dir, e.Err)
	}
	return fmt.Sprintf("ledger: %s: %s: %v: %s", e.Op, e.Dir, e.Err, e.Fix)
}

// Unwrap returns Err.
func (e *DirError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *DirError) Is(target error) bool { return target == ErrUnavailable }

// WriteError reports that records were not added. Earlier records are not affected.
type WriteError struct {
	File string
	Torn bool // an unfinished line may remain; readers skip it, and the next Append closes it
	Err  error
}

// Error says what failed and what to do.
func (e *WriteError) Error() string {
	return fmt.Sprintf("ledger: append to %s: %v: earlier records are not affected; %s", e.File, e.Err, fixFor(e.Err))
}

// Unwrap returns Err.
func (e *WriteError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *WriteError) Is(target error) bool { return target == ErrUnavailable }

// SyncError reports that records were written but not made durable. After it, what the operating system says about the
// file cannot be trusted, so the store accepts no more records until it is opened again.
type SyncError struct {
	File string
	Err  error
}

// Error says what failed and what to do.
func (e *SyncError) Error() string {
	return fmt.Sprintf("ledger: sync %s: %v: the last records may not survive a loss of power, and no more are "+
		"accepted: check the disk, then run again", e.File, e.Err)
}

// Unwrap returns Err.
func (e *SyncError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *SyncError) Is(target error) bool { return target == ErrUnavailable }

// ReadError reports that a file could not be read from an offset on.
type ReadError struct {
	File   string
	Offset int64
	Err    error
}

// Error says what failed and what to do.
func (e *ReadError) Error() string {
	fix := "check the disk, or restore the file from a copy"
	if errors.Is(e.Err, errNotRegular) || errors.Is(e.Err, errTooLarge) {
		return fmt.Sprintf("ledger: read %s: %v: %s", e.File, e.Err, fixFor(e.Err))
	}
	return fmt.Sprintf("ledger: read %s at byte %d: %v: %s", e.File, e.Offset, e.Err, fix)
}

// Unwrap returns Err.
func (e *ReadError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrUnavailable].
func (e *ReadError) Is(target error) bool { return target == ErrUnavailable }

// dirError adds to an error of the operating system what to do about it.
func dirError(op, dir string, err error) error {
	if err == nil {
		return nil
	}
	return &DirError{Dir: dir, Op: op, Fix: fixFor(err), Err: err}
}

func fixFor(err error) string {
	_, foreign := errors.AsType[*owndir.ForeignError](err)
	_, open := errors.AsType[*owndir.OpenError](err)
	switch {
	case foreign, open:
		return ""
	case errors.Is(err, ErrReadOnly):
		return "open it with Open"
	case errors.Is(err, fs.ErrPermission):
		return "make it writable for this user, or set GRADTEST_DIR to a directory that is"
	case errors.Is(err, syscall.EROFS):
		return "set GRADTEST_DIR to a directory on a writable file system"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, quota):
		return "free space on that disk and run again, or set GRADTEST_DIR to a directory on another"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, owndir.ErrNotDirectory):
		return "remove or rename the file that is in the way, or set GRADTEST_DIR to another directory"
	case errors.Is(err, errNotRegular), errors.Is(err, errTooLarge):
		return "move it out of the ledger's directory"
	case errors.Is(err, fs.ErrNotExist):
		return "the directory was deleted while in use: run again to create a new one"
	}
	return "check the disk, or set GRADTEST_DIR to a directory on another"
}
