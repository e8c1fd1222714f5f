//go:build unix

package ledger

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOddFiles puts something else in the place of today's file. Everything that reads or writes it says so at once.
func TestOddFiles(t *testing.T) {
	for name, test := range map[string]struct {
		make func(path string) error
		says string
	}{
		"a FIFO":      {func(path string) error { return syscall.Mkfifo(path, 0o600) }, "it is not a regular file: move it out of the ledger's directory"},
		"a directory": {func(path string) error { return os.Mkdir(path, 0o700) }, "it is not a regular file: move it out of the ledger's directory"},
		"a device":    {func(path string) error { return os.Symlink("/dev/zero", path) }, "it is not a regular file: move it out of the ledger's directory"},
		"a sparse file of 5 GB": {func(path string) error {
			return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 5<<30))
		}, "it is larger than 2 GiB, which no day's records are: move it out of the ledger's directory"},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Now().UTC()
			d := open(t, t.TempDir())
			path := filepath.Join(d.Path(), dayOf(now).file())
			require.NoError(t, d.Append(t.Context(), done("before", now.AddDate(0, 0, -1))))
			require.NoError(t, test.make(path))
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()

			rep, err := d.Verify(ctx)
			require.NoError(t, err)
			survey, err := d.Survey(ctx, time.Time{})
			require.NoError(t, err)
			assert.Equal(t, 1, survey.Records)
			var read error
			for r, err := range d.Records(ctx, time.Time{}) {
				read = errors.Join(read, err)
				assert.True(t, err != nil || r.ID == "before")
			}
			_, claims := d.Claims(ctx, now)
			if claims == nil {
				c, err := d.Claims(ctx, now)
				require.NoError(t, err)
				claims = c.Update(ctx, func(View) []Record { return nil })
				require.NoError(t, c.Close())
			}
			for of, err := range map[string]error{
				"verify": rep.Err(), "survey": errors.Join(survey.Faults...), "records": read, "claims": claims,
				"append": d.Append(ctx, done("a", now)), "admit": d.Gate(nil).Admit(ctx, claim("b")),
			} {
				require.ErrorIs(t, err, ErrUnavailable, of)
				assert.ErrorContains(t, err, test.says, of)
			}
			require.NoError(t, ctx.Err())
		})
	}
}

// TestLongLinesAndGarbage reads a line of 32 MB and 1 MB of garbage: each is one fault, and what is around it counts.
func TestLongLinesAndGarbage(t *testing.T) {
	d := open(t, t.TempDir())
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	path := filepath.Join(d.Path(), dayOf(noon).file())
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	info, err := f.Stat()
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, info.Size()+32<<20))
	_, err = f.WriteString("\n" + lineOf(t, done("b", noon)))
	require.NoError(t, err)
	garbage := make([]byte, 1<<20)
	rnd := rand.New(rand.NewPCG(1, 1))
	for i := range garbage {
		garbage[i] = byte(rnd.Uint32())
	}
	require.Greater(t, bytes.Count(garbage, []byte("\n")), 3800)
	_, err = f.Write(append(garbage, '\n'))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, d.Append(t.Context(), done("c", noon)))
	assert.Equal(t, []string{"a", "damaged", "b", "damaged", "c"}, ids(t, d))

	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	survey, err := d.Survey(t.Context(), time.Time{})
	require.NoError(t, err)
	assert.Len(t, survey.Faults, 2)
	said := rep.Err().Error()
	assert.Len(t, strings.Split(said, "\n"), 3, "these two and the line b, which has no place in the chain: %s", said)
	assert.Contains(t, said, "it is longer than any record")
	assert.Regexp(t, `\d{4} damaged lines from byte \d+ to byte \d+: of the first: `, said)
}
