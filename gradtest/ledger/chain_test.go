package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// chained makes a ledger of three days, written by two processes, and returns its files in order.
func chained(t testing.TB, rnd *rand.Rand) (dir string, files []string) {
	dir = t.TempDir()
	a, err := Open(dir)
	require.NoError(t, err)
	b := &Dir{shared: &sharedDir{path: a.Path(), disk: osDisk{}, lock: a.shared.lock, days: make(map[day]*dayFile)}}
	for of := range 3 {
		at := noon.AddDate(0, 0, of)
		files = append(files, filepath.Join(a.Path(), dayOf(at).file()))
		for i := range 4 + rnd.IntN(5) {
			d := a
			if rnd.IntN(2) == 0 {
				d = b
			}
			r := done(fmt.Sprintf("%d-%d", of, i), at)
			r.Status = 200 + rnd.IntN(300)
			require.NoError(t, d.Append(t.Context(), r))
		}
	}
	require.NoError(t, b.shared.leave())
	require.NoError(t, a.Close())
	return dir, files
}

// verified returns the report on a ledger.
func verified(t testing.TB, dir string) Report {
	d, err := Open(dir)
	require.NoError(t, err)
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, d.Close())
	return rep
}

// resealed returns a line with a text replaced and its checksum right.
func resealed(t testing.TB, line []byte, old, new string) []byte {
	body, err := lines.Body(bytes.TrimSuffix(line, []byte("\n")))
	require.NoError(t, err)
	require.Contains(t, string(body), old)
	return lines.Seal(bytes.Replace(body, []byte(old), []byte(new), 1), 0)
}

// split returns the lines of a file with their newlines.
func split(t testing.TB, path string) [][]byte {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return bytes.SplitAfter(text, []byte("\n"))[:bytes.Count(text, []byte("\n"))]
}

func offset(all [][]byte, n int) (at int64) {
	for _, l := range all[:n] {
		at += int64(len(l))
	}
	return at
}

// changes are what can be done to the lines of a file at line n, which is neither the first nor the last. Each returns
// the new lines, and which line of those (from 0) the first fault must name.
var changes = map[string]struct {
	do    func(t testing.TB, all [][]byte, n int, rnd *rand.Rand) ([][]byte, int)
	what  Change
	count int64
}{
	"a status, with its checksum": {func(t testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		all[n] = resealed(t, all[n], `"k":"done"`, `"k":"settled"`)
		return all, n
	}, Changed, 1},
	"a bit": {func(_ testing.TB, all [][]byte, n int, rnd *rand.Rand) ([][]byte, int) {
		all[n][rnd.IntN(len(all[n])-1)] ^= 1 << rnd.IntN(8)
		return all, n
	}, "", 0},
	"a line replaced": {func(t testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		body, _ := lines.Body(bytes.TrimSuffix(all[n], []byte("\n")))
		record, l, _ := lines.CutLink(body)
		l.Prev[0]++
		all[n] = lines.Seal(lines.AppendLink(bytes.Clone(record), l), 0)
		return all, n
	}, Changed, 1},
	"lines removed": {func(_ testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		return append(all[:n:n], all[n+1:]...), n
	}, Removed, 1},
	"the first lines removed": {func(_ testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		return all[n:], 0
	}, Removed, 0},
	"a forged line": {func(t testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		return insert(all, n, []byte(lineOf(t, done("forged", noon)))), n
	}, PutIn, 1},
	"a line copied": {func(_ testing.TB, all [][]byte, n int, rnd *rand.Rand) ([][]byte, int) {
		return insert(all, n, all[rnd.IntN(n)]), n
	}, PutIn, 1},
	"two lines swapped": {func(_ testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		all[n], all[n-1] = all[n-1], all[n]
		return all, n - 1
	}, PutIn, 1},
	"a mark over the end of a line": {func(_ testing.TB, all [][]byte, n int, _ *rand.Rand) ([][]byte, int) {
		copy(all[n][len(all[n])-1-len(lines.TornMark):], lines.TornMark)
		return all, n
	}, Changed, 1},
}

func insert(all [][]byte, n int, l []byte) [][]byte {
	return append(append(all[:n:n], l), all[n:]...)
}

func TestChainNamesTheFirstChange(t *testing.T) {
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(12) {
				rnd := rand.New(rand.NewPCG(seed, 1))
				dir, files := chained(t, rnd)
				require.NoError(t, verified(t, dir).Err())
				path := files[rnd.IntN(len(files))]
				all := split(t, path)
				all, n := change.do(t, all, 1+rnd.IntN(len(all)-2), rnd)
				require.NoError(t, os.WriteFile(path, bytes.Join(all, nil), 0o600))
				rep := verified(t, dir)
				require.NotEmpty(t, rep.Faults, "seed %d", seed)
				if e, ok := errors.AsType[*DamageError](rep.Faults[0]); ok && change.what == "" {
					require.Equal(t, path, e.File)
					require.Equal(t, offset(all, n), e.Offset)
					continue
				}
				e, ok := errors.AsType[*ChainError](rep.Faults[0])
				require.True(t, ok, "seed %d: %v", seed, rep.Faults[0])
				require.Equal(t, path, e.File)
				require.Equal(t, offset(all, n), e.At, "seed %d: %v", seed, rep.Err())
				require.Equal(t, change.what, e.Change, "seed %d: %v", seed, e)
				if change.count > 0 {
					require.Equal(t, change.count, e.Records, "seed %d: %v", seed, e)
				}
			}
		})
	}
}

// TestChainOfDays changes what the first line of the next day is about.
func TestChainOfDays(t *testing.T) {
	for name, test := range map[string]struct {
		do   func(t *testing.T, files []string)
		file int
		what Change
		says string
	}{
		"the end of a day cut off": {func(t *testing.T, files []string) {
			all := split(t, files[1])
			require.NoError(t, os.WriteFile(files[1], bytes.Join(all[:len(all)-2], nil), 0o600))
		}, 1, Removed, "2026-11-25.jsonl follows record"},
		"the last line of a day changed": {func(t *testing.T, files []string) {
			all := split(t, files[1])
			all[len(all)-1] = resealed(t, all[len(all)-1], `"k":"done"`, `"k":"settled"`)
			require.NoError(t, os.WriteFile(files[1], bytes.Join(all, nil), 0o600))
		}, 1, Changed, "2026-11-25.jsonl carries another hash"},
		"a day removed": {func(t *testing.T, files []string) { require.NoError(t, os.Remove(files[1])) },
			1, Removed, "2026-11-25.jsonl continues that day"},
		"a day emptied": {func(t *testing.T, files []string) { require.NoError(t, os.Truncate(files[1], 0)) },
			1, Removed, "2026-11-25.jsonl follows record"},
		"a day forged": {func(t *testing.T, files []string) {
			var text string
			for i := range 30 {
				text += lineOf(t, done(fmt.Sprint(i), noon))
			}
			require.NoError(t, os.WriteFile(files[1], []byte(text), 0o600))
		}, 1, PutIn, "the whole day is without a place in the chain, although 2026-11-23.jsonl has one"},
		"a day before the first forged": {func(t *testing.T, files []string) {
			files[0] = filepath.Join(filepath.Dir(files[0]), "2026-11-22.jsonl")
			require.NoError(t, os.WriteFile(files[0], []byte(lineOf(t, done("x", noon))), 0o600))
		}, 0, PutIn, "the day was not there when 2026-11-23.jsonl began"},
		"forged lines before the first": {func(t *testing.T, files []string) {
			all := split(t, files[0])
			forged := lineOf(t, done("x", noon)) + lineOf(t, done("y", noon))
			require.NoError(t, os.WriteFile(files[0], append([]byte(forged), bytes.Join(all, nil)...), 0o600))
		}, 0, PutIn, "at byte 0: 2 records were put in (the chain began at byte 0)"},
		"the last line marked": {func(t *testing.T, files []string) {
			all := split(t, files[2])
			last := all[len(all)-1]
			copy(last[len(last)-1-len(lines.TornMark):], lines.TornMark)
			require.NoError(t, os.WriteFile(files[2], bytes.Join(all, nil), 0o600))
		}, 2, Changed, "and there is none"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, files := chained(t, rand.New(rand.NewPCG(1, 2)))
			test.do(t, files)
			rep := verified(t, dir)
			require.NotEmpty(t, rep.Faults)
			e, ok := errors.AsType[*ChainError](rep.Faults[0])
			require.True(t, ok, "%v", rep.Err())
			assert.Equal(t, test.what, e.Change, "%v", rep.Err())
			assert.Equal(t, files[test.file], e.File)
			assert.ErrorContains(t, e, test.says)
			assert.ErrorContains(t, e, "restore the file from a copy; without one, do not rely on the calls of that day")
		})
	}
}

// TestThirtyForgedSuccesses adds calls with right checksums, as Encode makes them, at the end of the newest file.
func TestThirtyForgedSuccesses(t *testing.T) {
	dir, files := chained(t, rand.New(rand.NewPCG(3, 3)))
	all := split(t, files[2])
	text := bytes.Join(all, nil)
	for i := range 30 {
		text = append(text, lineOf(t, done(fmt.Sprint("forged", i), noon))...)
	}
	require.NoError(t, os.WriteFile(files[2], text, 0o600))
	err := verified(t, dir).Err()
	require.ErrorContains(t, err, fmt.Sprintf("at byte %d: 30 records were put in (without a place in the chain)", offset(all, len(all))))
	assert.Len(t, strings.Split(err.Error(), "\n"), 1)
}

// TestCuttingTheNewestFile says what a chain cannot show: nothing follows the last records of the newest file.
func TestCuttingTheNewestFile(t *testing.T) {
	dir, files := chained(t, rand.New(rand.NewPCG(4, 4)))
	all := split(t, files[2])
	require.NoError(t, os.WriteFile(files[2], bytes.Join(all[:len(all)-1], nil), 0o600))
	rep := verified(t, dir)
	require.NoError(t, rep.Err(), "this is the limit that the documentation states")
	assert.Equal(t, len(all)-1, rep.Files[2].Chained, "but the head differs from the one noted before")
	require.NoError(t, os.WriteFile(files[2], bytes.Join(all, nil)[:offset(all, len(all))-1], 0o600))
	rep = verified(t, dir)
	require.NoError(t, rep.Err())
	assert.Equal(t, len(all), rep.Files[2].Chained, "a lost newline hides nothing")
}

// TestOldLedgersGetAChain appends to a ledger of a version without a chain.
func TestOldLedgersGetAChain(t *testing.T) {
	dir := t.TempDir()
	yesterday := filepath.Join(dir, dayOf(noon).file())
	today := filepath.Join(dir, dayOf(noon.AddDate(0, 0, 1)).file())
	old := lineOf(t, done("old", noon)) + lineOf(t, done("older", noon))
	require.NoError(t, os.WriteFile(yesterday, []byte(old), 0o600))
	require.NoError(t, os.WriteFile(today, []byte(old+"torn"), 0o600))
	d := open(t, dir)
	require.NoError(t, d.Append(t.Context(), done("new", noon.AddDate(0, 0, 1)), done("newer", noon.AddDate(0, 0, 1))))
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err())
	assert.Equal(t, 6, rep.Records)
	assert.Equal(t, 2, rep.Chained)
	require.NoError(t, os.WriteFile(today, []byte(strings.Replace(content(t, d, filepath.Base(today)), old, old+old, 1)), 0o600))
	rep, err = d.Verify(t.Context())
	require.NoError(t, err)
	assert.ErrorContains(t, rep.Err(), "the chain began at byte")
}

// TestPruningKeepsTheChain prunes, imports an earlier day, and prunes again.
func TestPruningKeepsTheChain(t *testing.T) {
	dir, files := chained(t, rand.New(rand.NewPCG(5, 5)))
	d := open(t, dir)
	n, err := d.Prune(t.Context(), noon.AddDate(0, 0, 1))
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.NoError(t, verified(t, dir).Err())
	require.NoError(t, d.Append(t.Context(), done("late", noon.AddDate(0, 0, -3)), done("later", noon.AddDate(0, 0, -1))))
	require.NoError(t, verified(t, dir).Err(), "an import of earlier days changes nothing")
	require.NoError(t, d.Append(t.Context(), done("last", noon.AddDate(0, 0, 3))))
	require.NoError(t, verified(t, dir).Err())
	require.NoError(t, os.Truncate(files[2], 0))
	require.Error(t, verified(t, dir).Err())
}

// FuzzChain changes a byte anywhere in a ledger, except in the last record of the newest file, and must find it.
func FuzzChain(f *testing.F) {
	dir, files := chained(f, rand.New(rand.NewPCG(6, 6)))
	var whole []byte
	texts := make([][]byte, len(files))
	for i, path := range files {
		texts[i] = bytes.Join(split(f, path), nil)
		whole = append(whole, texts[i]...)
	}
	f.Add(uint16(0), byte(1))
	f.Add(uint16(len(texts[0])-1), byte(1))
	f.Add(uint16(len(whole)-1), byte(1))
	f.Fuzz(func(t *testing.T, at uint16, mask byte) {
		if int(at) >= len(whole) || mask == 0 {
			return
		}
		n := int(at)
		for i, text := range texts {
			if n >= 0 && n < len(text) {
				text = bytes.Clone(text)
				text[n] ^= mask
				require.NoError(t, os.WriteFile(files[i], text, 0o600))
				defer func() { require.NoError(t, os.WriteFile(files[i], texts[i], 0o600)) }()
			}
			n -= len(text)
		}
		require.Error(t, verified(t, dir).Err())
	})
}
