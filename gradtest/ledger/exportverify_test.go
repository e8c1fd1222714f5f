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
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExportCarriesTheHeads(t *testing.T) {
	dir, files := chained(t, rand.New(rand.NewPCG(7, 7)))
	d := open(t, dir)
	var b bytes.Buffer
	_, err := Export(t.Context(), &b, d, origin, time.Time{})
	require.NoError(t, err)
	rep, err := VerifyExport(t.Context(), &b)
	require.NoError(t, err)
	require.NoError(t, rep.Err())
	require.Len(t, rep.Sections, 1)
	s := rep.Sections[0]
	assert.NotEmpty(t, s.Head)
	require.Len(t, s.Heads, len(files))
	for i, f := range verified(t, dir).Files {
		assert.Equal(t, DayHead{strings.TrimSuffix(filepath.Base(files[i]), daySuffix), int64(f.Chained), f.Head}, s.Heads[i])
	}

	// The evidence of a broken chain is exported, and said to be broken.
	all := split(t, files[0])
	require.NoError(t, os.WriteFile(files[0], bytes.Join(all[1:], nil), 0o600))
	_, err = Export(t.Context(), &b, d, origin, time.Time{})
	_, ok := errors.AsType[*ChainError](err)
	assert.True(t, ok, "%v", err)
}

// TestExportNamesTheFirstChange changes an export in every way in which a ledger is changed.
func TestExportNamesTheFirstChange(t *testing.T) {
	var records []Record
	for i := range 8 {
		records = append(records, done(fmt.Sprint(i), noon))
	}
	whole := export(t, origin, records...)
	for name, change := range changes {
		for seed := range uint64(8) {
			rnd := rand.New(rand.NewPCG(seed, 2))
			var all [][]byte
			for l := range strings.SplitAfterSeq(strings.TrimSuffix(whole, "\n"), "\n") {
				all = append(all, []byte(l))
			}
			all[len(all)-1] = append(all[len(all)-1], '\n')
			inner, n := change.do(t, all[1:len(all)-1:len(all)-1], 1+rnd.IntN(6), rnd)
			text := bytes.Join(append(append(all[:1:1], inner...), all[len(all)-1]), nil)
			rep, err := VerifyExport(t.Context(), bytes.NewReader(text))
			require.NoError(t, err)
			require.NotEmpty(t, rep.Faults, "%s, seed %d", name, seed)
			if change.what != "" {
				broken := rep.Broken()
				require.NotEmpty(t, broken, name)
				e := broken[0].(*ChainError)
				require.Equal(t, int64(n+2), e.At, "%s, seed %d: %v", name, seed, e)
				require.Equal(t, change.what, e.Change, "%s: %v", name, e)
				require.ErrorContains(t, e, fmt.Sprintf("line %d of the export", n+2))
			}
			d := NewMemory()
			_, err = Import(t.Context(), d, origin, bytes.NewReader(text))
			require.Error(t, err, name)
			assert.NotContains(t, ids(t, d), "forged")
		}
	}
}

// older returns an export as a version without a chain wrote it.
func older(t *testing.T, text string) string {
	var out []byte
	for l := range strings.SplitAfterSeq(text, "\n") {
		switch {
		case strings.HasPrefix(l, endPrefix):
			e, err := readFrame[endFrame]([]byte(strings.TrimSuffix(l, "\n")))
			require.NoError(t, err)
			e.Head, e.Heads = "", nil
			out, err = appendFrame(out, e)
			require.NoError(t, err)
		case strings.HasPrefix(l, `{"v":1`):
			r, err := Decode([]byte(l))
			require.NoError(t, err)
			out = append(out, lineOf(t, r)...)
		default:
			out = append(out, l...)
		}
	}
	return string(out)
}

func newer(t *testing.T) string {
	b, err := appendFrame(nil, beginFrame{"begin", exportVersion + 1, origin})
	require.NoError(t, err)
	return string(b)
}
