package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// counting is a disk that counts the bytes read from it.
type counting struct {
	osDisk
	bytes *int64
}

func (d counting) OpenFile(name string, flag int) (file, error) {
	f, err := d.osDisk.OpenFile(name, flag)
	return countingFile{f, d.bytes}, err
}

type countingFile struct {
	file
	bytes *int64
}

func (f countingFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.file.ReadAt(p, off)
	*f.bytes += int64(n)
	return n, err
}

func (f *follower) ids(t *testing.T) []string {
	t.Helper()
	all := []string{}
	for r, err := range f.news(t.Context()) {
		if err != nil {
			r.ID = "fault"
		}
		all = append(all, r.ID)
	}
	return all
}

func TestFollowerSeesWhatIsNewOnce(t *testing.T) {
	d := open(t, t.TempDir())
	other := process(t, d.Path())
	require.NoError(t, d.Append(t.Context(), done("before", noon)))
	f, err := d.follow(t.Context(), noon.AddDate(0, 0, -1))
	require.NoError(t, err)
	assert.Empty(t, f.ids(t))
	require.NoError(t, other.Append(t.Context(), done("a", noon), done("tomorrow", noon.AddDate(0, 0, 1))))
	require.NoError(t, d.Append(t.Context(), done("own", noon), done("long ago", noon.AddDate(0, 0, -2))))
	assert.Equal(t, []string{"a", "own", "tomorrow"}, f.ids(t))
	assert.Empty(t, f.ids(t))

	// A line that a killed process leaves is reported once, and merges with nothing.
	path := filepath.Join(d.Path(), dayOf(noon).file())
	torn := lineOf(t, done("torn", noon))
	require.NoError(t, os.WriteFile(path, []byte(content(t, d, dayOf(noon).file())+torn[:50]), 0o600))
	assert.Equal(t, []string{"fault"}, f.ids(t))
	assert.Empty(t, f.ids(t))
	require.NoError(t, other.Append(t.Context(), done("b", noon)))
	assert.Equal(t, []string{"b"}, f.ids(t))

	// Breaking out of the loop skips the rest.
	require.NoError(t, other.Append(t.Context(), done("c", noon), done("d", noon)))
	for r := range f.news(t.Context()) {
		assert.Equal(t, "c", r.ID)
		break
	}
	assert.Empty(t, f.ids(t))
	_, err = d.Prune(t.Context(), noon.AddDate(0, 0, 1))
	require.NoError(t, err)
	assert.Empty(t, f.ids(t))
	require.NoError(t, d.Close())
	assert.Equal(t, []string{"fault"}, f.ids(t))
	_, err = d.follow(t.Context(), noon)
	assert.ErrorIs(t, err, ErrClosed)
}

// TestReadersFollowIncrementally counts bytes, not time: a reader reads only what is new, however large the file is.
func TestReadersFollowIncrementally(t *testing.T) {
	var bytes int64
	d, err := openOn(t.TempDir(), counting{bytes: &bytes})
	require.NoError(t, err)
	defer d.Close()
	now := time.Now().UTC()
	var history []Record
	for i := range 20_000 {
		history = append(history, done(fmt.Sprint("old", i), now))
	}
	require.NoError(t, d.Append(t.Context(), history...))
	size := func() int64 {
		info, err := os.Stat(filepath.Join(d.Path(), dayOf(now).file()))
		require.NoError(t, err)
		return info.Size()
	}
	require.Greater(t, size(), int64(5<<20))

	g := d.Gate(map[string]window.Limit{"g": {Calls: 1000, Per: time.Minute}})
	f, err := d.follow(t.Context(), now)
	require.NoError(t, err)
	_, _ = g.Limit("g") // the first look reads what there is, once
	bytes = 0
	before := size()
	other := process(t, d.Path())
	og := other.Gate(map[string]window.Limit{"g": {Calls: 1000, Per: time.Minute}})
	require.NoError(t, og.Admit(t.Context(), claim("warm")))
	finish(t, other, og, claim("warm"))
	for i := range 50 {
		for _, by := range []struct {
			d *Dir
			g window.Gate
		}{{other, og}, {d, g}} {
			c := claim(fmt.Sprintf("%p-%d", by.g, i))
			require.NoError(t, by.g.Admit(t.Context(), c))
			finish(t, by.d, by.g, c)
		}
		f.ids(t)
	}
	grown := size() - before
	// Both read each new line at most once, and before it the byte that ends the previous line. Append reads the last line
	// if another process has written it.
	assert.LessOrEqual(t, bytes, 2*grown+4*50*minTail)
	assert.Greater(t, bytes, grown)
	assert.Less(t, bytes, before/10, "a small part of what there is")
}
