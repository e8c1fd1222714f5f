package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// One test for each fault below the store: the error says what happened, where, and what to do; nothing for which
// Append returned is lost; and no call is admitted whose slot could not be recorded.

// refusesWrites checks that Append and Admit fail during the fault and work after it.
func refusesWrites(t *testing.T, fault, repair func(*faulty), check func(error)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		g := d.Gate(few(1))
		now := time.Now().UTC()
		require.NoError(t, d.Append(t.Context(), done("before", now)))
		dk.set(fault)
		check(d.Append(t.Context(), done("lost", now)))
		check(g.Admit(t.Context(), claim("a")))
		dk.set(repair)
		assert.NotContains(t, kinds(t, d), "lost")
		assert.Contains(t, kinds(t, d), "done before")
		require.NoError(t, d.Append(t.Context(), done("after", now)))
		require.NoError(t, g.Admit(t.Context(), claim("a")), "nothing was booked for it")
		assert.Equal(t, now, time.Now().UTC(), "and no slot was used up")
	})
}

func TestFaultShortWrite(t *testing.T) {
	refusesWrites(t, func(dk *faulty) { dk.write = func(p []byte) (int, error) { return len(p) / 2, nil } }, func(dk *faulty) { dk.write = nil }, func(err error) {
		e, ok := errors.AsType[*WriteError](err)
		require.True(t, ok, "%v", err)
		assert.False(t, e.Torn, "it was taken back")
		assert.ErrorContains(t, err, "short write: earlier records are not affected; check the disk")
		assert.ErrorContains(t, err, ".jsonl")
	})
}

func TestFaultFailedWrite(t *testing.T) {
	refusesWrites(t, func(dk *faulty) { dk.write = func([]byte) (int, error) { return 0, syscall.EIO } }, func(dk *faulty) { dk.write = nil }, func(err error) {
		_, ok := errors.AsType[*WriteError](err)
		require.True(t, ok, "%v", err)
		require.ErrorIs(t, err, syscall.EIO)
		assert.ErrorContains(t, err, "earlier records are not affected; check the disk, or set GRADTEST_DIR to a directory on another")
	})
}

func TestFaultDiskFull(t *testing.T) {
	refusesWrites(t, func(dk *faulty) { dk.write = func(p []byte) (int, error) { return len(p) - 1, syscall.ENOSPC } }, func(dk *faulty) { dk.write = nil }, func(err error) {
		require.ErrorIs(t, err, syscall.ENOSPC)
		assert.ErrorContains(t, err, "free space on that disk and run again, or set GRADTEST_DIR to a directory on another")
	})
}

func TestFaultReadOnlyFileSystem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		dk.set(func(dk *faulty) { dk.open = always(syscall.EROFS) })
		for _, err := range []error{d.Append(t.Context(), done("a", time.Now())), d.Gate(nil).Admit(t.Context(), claim("a"))} {
			e, ok := errors.AsType[*DirError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, d.Path(), e.Dir)
			require.ErrorIs(t, err, syscall.EROFS)
			assert.ErrorContains(t, err, "set GRADTEST_DIR to a directory on a writable file system")
		}
		assert.Empty(t, kinds(t, d), "what is there can still be read")
	})
}

func TestFaultFailedSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		g := d.Gate(few(2))
		now := time.Now().UTC()
		require.NoError(t, d.Append(t.Context(), done("before", now)))
		dk.set(func(dk *faulty) { dk.sync = always(syscall.EIO) })
		err := d.Append(t.Context(), done("unsure", now))
		e, ok := errors.AsType[*SyncError](err)
		require.True(t, ok, "%v", err)
		assert.ErrorIs(t, err, syscall.EIO)
		assert.Contains(t, e.File, ".jsonl")
		assert.ErrorContains(t, err, "may not survive a loss of power, and no more are accepted: check the disk, then run again")

		dk.set(func(dk *faulty) { dk.sync = nil })
		_, ok = errors.AsType[*SyncError](g.Admit(t.Context(), claim("a")))
		assert.True(t, ok, "nothing is sent whose outcome could not be kept")
		assert.Contains(t, kinds(t, d), "done before")
	})
}

func TestFaultUnreadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		require.NoError(t, d.Append(t.Context(), done("a", time.Now().UTC())))
		dk.set(func(dk *faulty) { dk.read = always(syscall.EIO) })
		var got error
		for _, err := range d.Records(t.Context(), time.Time{}) {
			got = err
		}
		_, verify := d.Verify(t.Context())
		require.NoError(t, verify, "the ledger as a whole is there")
		rep, _ := d.Verify(t.Context())
		survey, err := d.Survey(t.Context(), time.Time{})
		require.NoError(t, err)
		for _, err := range []error{got, rep.Err(), errors.Join(survey.Faults...), d.Gate(nil).Admit(t.Context(), claim("b"))} {
			e, ok := errors.AsType[*ReadError](err)
			require.True(t, ok, "%v", err)
			require.ErrorIs(t, err, syscall.EIO)
			assert.Contains(t, e.File, ".jsonl")
			assert.ErrorContains(t, err, "at byte 0: input/output error: check the disk, or restore the file from a copy")
		}
		dk.set(func(dk *faulty) { dk.read = nil })
		assert.Equal(t, "done a", kinds(t, d))
	})
}

func TestFaultDamagedMiddleLine(t *testing.T) {
	d := open(t, t.TempDir())
	require.NoError(t, d.Append(t.Context(), done("a", noon), done("b", noon), done("c", noon)))
	path := filepath.Join(d.Path(), dayOf(noon).file())
	text := content(t, d, dayOf(noon).file())
	at := strings.Index(text, `"id":"b"`)
	begin := strings.LastIndexByte(text[:at], '\n') + 1
	for name, damaged := range map[string]string{
		"a bit":           text[:at+7] + "B" + text[at+8:],
		"a hole":          text[:at] + strings.Repeat("\x00", 20) + text[at+20:],
		"a missing end":   text[:at] + text[strings.IndexByte(text[at:], '\n')+at:],
		"a missing start": text[:begin] + text[at:],
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, os.WriteFile(path, []byte(damaged), 0o600))
			rep, err := d.Verify(t.Context())
			require.NoError(t, err)
			require.Len(t, rep.Faults, 1)
			e, ok := errors.AsType[*DamageError](rep.Err())
			require.True(t, ok, "%v", rep.Err())
			assert.Equal(t, path, e.File)
			assert.Equal(t, int64(begin), e.Offset)
			assert.ErrorContains(t, e, "restore the file from a copy, or delete the line and make its call again")
			assert.Equal(t, []string{"a", "damaged", "c"}, ids(t, d), "what is around it counts")
			survey, err := d.Survey(t.Context(), time.Time{})
			require.NoError(t, err)
			assert.Equal(t, rep.Faults, survey.Faults)
		})
	}
}

func TestFaultDeletedDirectory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, filepath.Join(t.TempDir(), "ledger"))
		g := d.Gate(few(1))
		require.NoError(t, d.Append(t.Context(), done("a", time.Now().UTC())))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		waiting := make(chan error, 1)
		go func() { waiting <- g.Admit(t.Context(), claim("b")) }()
		time.Sleep(time.Second)
		require.NoError(t, os.RemoveAll(d.Path()))
		_, follow := d.Follow(t.Context(), time.Now())
		_, survey := d.Survey(t.Context(), time.Now())
		_, prune := d.Prune(t.Context(), time.Now())
		for _, err := range []error{<-waiting, d.Append(t.Context(), done("c", time.Now())), g.Admit(t.Context(), claim("d")), follow, survey, prune} {
			e, ok := errors.AsType[*DirError](err)
			require.True(t, ok, "%v", err)
			require.ErrorIs(t, err, os.ErrNotExist)
			assert.Equal(t, d.Path(), e.Dir)
			assert.ErrorContains(t, err, "the directory was deleted while in use: run again to create a new one")
		}
	})
}

// TestFaultDirectoryCreatedAgain deletes the file of the day while it is in use, and another process creates it again
// with more bookings than before. None of them is missed, and the earlier ones stay known.
func TestFaultDirectoryCreatedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(3)).(*gate)
		require.NoError(t, g.Admit(t.Context(), claim("mine")))
		path := filepath.Join(d.Path(), dayOf(time.Now()).file())
		require.NoError(t, os.Remove(path))
		var lines []byte
		for _, id := range []string{"b", "c", "d", "e"} {
			var err error
			lines, err = Encode(lines, Record{
				Kind: Reserved, ID: id, Op: "op", Groups: claim(id).Groups, At: time.Now().UTC(), Latest: time.Now().Add(time.Minute).UTC(),
			})
			require.NoError(t, err)
		}
		require.NoError(t, os.WriteFile(path, lines, fileMode))
		g.Limit("light") // looks at the ledger
		g.mu.Lock()
		defer g.mu.Unlock()
		for _, id := range []string{"mine", "b", "c", "d", "e"} {
			assert.True(t, g.replay.state.Booked(id), id)
		}
	})
}
