package ledger

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{fs.ErrPermission, "make it writable for this user"},
		{syscall.EROFS, "on a writable file system"},
		{syscall.ENOSPC, "free space"},
		{quota, "free space"},
		{syscall.ENOTDIR, "the file that is in the way"},
		{owndir.ErrNotDirectory, "the file that is in the way"},
		{&owndir.ForeignError{Dir: "/some/dir"}, "name a new directory"},
		{&owndir.OpenError{Dir: "/some/dir"}, "use another directory"},
		{errNotRegular, "move it out of"},
		{errTooLarge, "move it out of"},
		{fs.ErrNotExist, "run again to create a new one"},
		{errors.New("odd"), "check the disk"},
		{syscall.EIO, "check the disk"},
	} {
		wrapped := dirError("append", "/some/dir", test.err)
		assert.ErrorIs(t, wrapped, test.err)
		assert.True(t, strings.HasPrefix(wrapped.Error(), "ledger: append: /some/dir: "), "%v", wrapped)
		assert.ErrorContains(t, wrapped, test.want)
	}
	assert.NoError(t, dirError("append", "/some/dir", nil))
	for _, err := range []error{
		&TornError{File: "2026-11-23.jsonl", Offset: 17}, &DamageError{File: "2026-11-23.jsonl", Offset: 17, Reason: "x"},
		&VersionError{File: "2026-11-23.jsonl", Offset: 17, Version: 9}, &ReadError{File: "2026-11-23.jsonl", Offset: 17, Err: syscall.EIO},
	} {
		assert.ErrorContains(t, err, "2026-11-23.jsonl")
		assert.ErrorContains(t, err, "byte 17")
	}
}

func TestErrorsMatchTheSentinels(t *testing.T) {
	for want, all := range map[error][]error{
		ErrDamaged:     {&TornError{}, &DamageError{}, &VersionError{}},
		ErrUnavailable: {&DirError{Err: fs.ErrNotExist}, &WriteError{Err: syscall.ENOSPC}, &SyncError{Err: syscall.EIO}, &ReadError{Err: syscall.EIO}},
	} {
		for _, err := range all {
			for _, sentinel := range []error{ErrDamaged, ErrClosed, ErrUnavailable} {
				assert.Equal(t, sentinel == want, errors.Is(err, sentinel), "%T, %v", err, sentinel)
			}
		}
	}
}
