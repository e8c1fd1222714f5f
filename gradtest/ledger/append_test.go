package ledger

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ids lists what a store yields; an error appears as its type.
func ids(t *testing.T, s Store) []string {
	t.Helper()
	all := []string{}
	for r, err := range s.Records(t.Context(), time.Time{}) {
		_, torn := errors.AsType[*TornError](err)
		_, damaged := errors.AsType[*DamageError](err)
		_, unknown := errors.AsType[*VersionError](err)
		_, unread := errors.AsType[*ReadError](err)
		switch {
		case torn:
			all = append(all, "torn")
		case damaged:
			all = append(all, "damaged")
		case unknown:
			all = append(all, "unknown")
		case unread:
			all = append(all, "unread")
		default:
			require.NoError(t, err)
			all = append(all, r.ID)
		}
	}
	return all
}

func TestShortWriteIsTakenBack(t *testing.T) {
	for name, write := range map[string]func([]byte) (int, error){
		"no error":      func(p []byte) (int, error) { return len(p) / 2, nil },
		"disk is full":  func(p []byte) (int, error) { return len(p) - 1, syscall.ENOSPC },
		"quota is used": func(p []byte) (int, error) { return 0, quota },
		"second line":   func(p []byte) (int, error) { return len(p)/2 + 10, syscall.EIO },
	} {
		t.Run(name, func(t *testing.T) {
			d, dk := breakable(t)
			require.NoError(t, d.Append(t.Context(), done("a", noon)))
			dk.set(func(dk *faulty) { dk.write = write })
			err := d.Append(t.Context(), done("b", noon), done("c", noon))
			e, ok := errors.AsType[*WriteError](err)
			require.True(t, ok, "%v", err)
			assert.False(t, e.Torn)
			if errors.Is(err, syscall.ENOSPC) {
				assert.ErrorContains(t, err, "free space on that disk")
			}
			assert.Equal(t, []string{"a"}, ids(t, d))

			dk.set(func(dk *faulty) { dk.write = nil })
			require.NoError(t, d.Append(t.Context(), done("d", noon)), "it may be tried again")
			assert.Equal(t, []string{"a", "d"}, ids(t, d))
		})
	}
}

func TestWriteThatCannotBeTakenBackIsClosedOff(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) { return 30, syscall.ENOSPC }
		dk.truncate = always(syscall.EIO)
	})
	err := d.Append(t.Context(), done("b", noon))
	e, ok := errors.AsType[*WriteError](err)
	require.True(t, ok, "%v", err)
	assert.True(t, e.Torn)
	assert.Equal(t, []string{"a", "torn"}, ids(t, d))

	dk.set(func(dk *faulty) { dk.write, dk.truncate = nil, nil })
	require.NoError(t, d.Append(t.Context(), done("c", noon)))
	assert.Equal(t, []string{"a", "torn", "c"}, ids(t, d))
}

// TestWholeLineWithoutNewlineCounts keeps the last call from being hidden by cutting off the last byte of the file.
func TestWholeLineWithoutNewlineCounts(t *testing.T) {
	d, dk := breakable(t)
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) { return len(p) - 1, syscall.ENOSPC }
		dk.truncate = always(syscall.EIO)
	})
	require.Error(t, d.Append(t.Context(), done("a", noon)))
	assert.Equal(t, []string{"a"}, ids(t, d), "its record is whole")
	dk.set(func(dk *faulty) { dk.write = nil })
	require.NoError(t, d.Append(t.Context(), done("b", noon)))
	assert.Equal(t, []string{"a", "b"}, ids(t, d), "and the next writer adds what is missing")
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err())
}

func TestAppendOverSeveralDaysIsOne(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	n := 0
	dk.set(func(dk *faulty) {
		dk.write = func(p []byte) (int, error) {
			if n++; n == 2 {
				return 5, syscall.ENOSPC
			}
			return len(p), nil
		}
	})
	require.Error(t, d.Append(t.Context(), done("b", noon), done("c", noon.Add(24*60*60e9))))
	assert.Equal(t, []string{"a"}, ids(t, d))
}

func TestFailedSyncEndsTheStore(t *testing.T) {
	for name, fault := range map[string]func(*faulty){
		"file":      func(dk *faulty) { dk.sync = always(syscall.EIO) },
		"directory": func(dk *faulty) { dk.syncDir = always(syscall.EIO) },
	} {
		t.Run(name, func(t *testing.T) {
			d, dk := breakable(t)
			require.NoError(t, d.Append(t.Context(), Record{Kind: Waiting, ID: "a", At: noon}), "needs no sync")
			dk.set(fault)
			err := d.Append(t.Context(), done("b", noon))
			_, ok := errors.AsType[*SyncError](err)
			require.True(t, ok, "%v", err)
			assert.ErrorIs(t, err, syscall.EIO)

			dk.set(func(dk *faulty) { dk.sync, dk.syncDir = nil, nil })
			for _, r := range []Record{done("c", noon), {Kind: Waiting, ID: "d", At: noon}} {
				_, ok = errors.AsType[*SyncError](d.Append(t.Context(), r))
				require.True(t, ok, "what the disk holds is not known any more")
			}
			again, err := Open(d.Path())
			require.NoError(t, err)
			defer again.Close()
			require.NoError(t, again.Append(t.Context(), done("e", noon)))
			require.NotContains(t, ids(t, again), "c")
			require.Error(t, d.Append(t.Context(), done("f", noon)), "the old one stays as it is")
		})
	}
}

func TestReadErrorIsYielded(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon), done("b", noon.Add(24*60*60e9))))
	dk.set(func(dk *faulty) {
		n := 0
		dk.read = func() error {
			if n++; n == 1 {
				return syscall.EIO
			}
			return nil
		}
	})
	assert.Equal(t, []string{"unread", "b"}, ids(t, d), "the other day can be read")
}
