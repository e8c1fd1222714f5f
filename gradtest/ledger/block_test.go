package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// FuzzBlocks compares reading a file in blocks of any size with reading it as a whole.
func FuzzBlocks(f *testing.F) {
	a := lineOf(f, done("a", noon))
	f.Add([]byte("a\nb\n\nc"), uint16(1))
	f.Add([]byte(a+a[:40]+lines.TornMark+"\n"+a+"torn"), uint16(100))
	f.Add([]byte(strings.Repeat("\n", 100)), uint16(3))
	f.Add([]byte(strings.Repeat("x", 5000)+"\n"+a), uint16(900))
	f.Add([]byte{}, uint16(7))
	f.Fuzz(func(t *testing.T, text []byte, size uint16) {
		if size == 0 || len(text)/int(size) > 50 {
			return
		}
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, dayOf(noon).file()), text, 0o600))
		fo := &sharedDir{path: dir, disk: osDisk{}}
		read := func(size int64) (all []string) {
			jobs, _ := fo.blocks([]span{{day: dayOf(noon), size: int64(len(text))}}, size)
			defer closeAll(jobs)
			var in lines.Reader
			for _, b := range jobs {
				require.NoError(t, b.eachLine(&in, func(l lines.Line) bool {
					all = append(all, fmt.Sprintf("%d %v %v %s", l.Offset, l.Ended, l.Long, l.Text))
					return true
				}))
			}
			return all
		}
		require.Equal(t, read(int64(len(text))+1), read(int64(size)))
	})
}

// manyRecords fills two days, each large enough to be read on several cores, and damages a line in the middle of each.
func manyRecords(t *testing.T) (d *Dir, dk *faulty, want []string) {
	t.Helper()
	d, dk = breakable(t)
	for day := range 2 {
		at := noon.AddDate(0, 0, day)
		var all []Record
		for i := range 15_000 {
			id := fmt.Sprintf("%d-%d", day, i)
			all = append(all, done(id, at))
			if i == 7000 {
				id = "damaged"
			}
			want = append(want, id)
		}
		require.NoError(t, d.Append(t.Context(), all...))
		name := filepath.Join(d.Path(), dayOf(at).file())
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Greater(t, len(text), parallelFrom)
		spoilt := strings.Replace(string(text), fmt.Sprintf(`"id":"%d-7000"`, day), `"id":"x"`, 1)
		require.NoError(t, os.WriteFile(name, []byte(spoilt), 0o600))
	}
	return d, dk, want
}

func TestRecordsOfManyBlocksKeepTheirOrder(t *testing.T) {
	d, dk, want := manyRecords(t)
	require.Equal(t, want, ids(t, d))

	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	assert.Len(t, rep.Faults, 2)
	assert.Equal(t, len(want)-2, rep.Records)
	assert.Equal(t, []int{14_999, 14_999}, []int{rep.Files[0].Records, rep.Files[1].Records})

	s, err := d.Survey(t.Context(), noon.Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, 14_999, s.Records, "those of the second day")
	assert.Equal(t, rep.Faults, s.Faults, "every way of reading reports damage, also on the first day, which is read completely")

	n := 0
	for range d.Records(t.Context(), time.Time{}) {
		if n++; n == 10_000 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	n = 0
	for _, err := range d.Records(ctx, time.Time{}) {
		if n++; n == 5000 {
			cancel()
		}
		last = err
	}
	assert.ErrorIs(t, last, context.Canceled)
	assert.Less(t, n, 6000)
	_, err = d.Survey(ctx, time.Time{})
	assert.ErrorIs(t, err, context.Canceled)

	// The disk fails in the middle of the first file.
	reads := 0
	dk.set(func(dk *faulty) {
		dk.read = func() error {
			dk.mu.Lock()
			defer dk.mu.Unlock()
			if reads++; reads == 10 {
				return syscall.EIO
			}
			return nil
		}
	})
	got := ids(t, d)
	at := 0
	for at < len(got) && got[at] != "unread" {
		at++
	}
	require.Less(t, at, 15_000, "it failed in the first file")
	assert.Equal(t, want[:at], got[:at])
	assert.Equal(t, want[15_000:], got[at+1:], "the rest of that file is left out, the other is read")
}

func TestSurvey(t *testing.T) {
	d := open(t, t.TempDir())
	r := declared()
	r.At = noon.Add(time.Hour)
	require.NoError(t, d.Append(t.Context(), done("a", noon), r, done("b", noon.AddDate(0, 0, 1)), Record{Kind: Waiting, ID: "w", At: noon.AddDate(0, 0, 1)}))
	path := filepath.Join(d.Path(), "2026-11-23.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(content(t, d, "2026-11-23.jsonl")+"damage\n"+"torn"), 0o600))
	for _, c := range []struct {
		since    time.Time
		records  int
		declared []Record
		faults   int
	}{
		{time.Time{}, 4, []Record{r}, 1},
		{noon.Add(time.Second), 3, []Record{r}, 1},
		{noon.Add(2 * time.Hour), 2, nil, 1},
		{noon.AddDate(0, 0, 1), 2, nil, 0},
		{noon.AddDate(0, 0, 2), 0, nil, 0},
	} {
		s, err := d.Survey(t.Context(), c.since)
		require.NoError(t, err)
		assert.Equal(t, c.records, s.Records, c.since)
		assert.Equal(t, c.declared, s.Declared, c.since)
		assert.Len(t, s.Faults, c.faults, c.since)
		assert.Equal(t, c.faults, s.Torn, "the same file")
		if c.records > 0 {
			assert.Equal(t, noon.AddDate(0, 0, 1), s.Last)
		} else {
			assert.Zero(t, s.Last)
		}
	}
	require.NoError(t, d.Close())
	_, err := d.Survey(t.Context(), noon)
	assert.True(t, errors.Is(err, ErrClosed))
}
