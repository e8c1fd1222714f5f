package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVerify(t *testing.T) {
	d := open(t, t.TempDir())
	reserved := func(id string) Record { return Record{Kind: Reserved, ID: id, At: noon, Latest: noon} }
	twice := done("twice", noon)
	require.NoError(t, d.Append(t.Context(), reserved("a"), done("a", noon.Add(time.Second)), reserved("dead"), reserved("free"),
		Record{Kind: Released, ID: "free", At: noon}, reserved("settled"), Record{Kind: Settled, ID: "settled", At: noon}, twice, twice, twice,
		done("late", noon.AddDate(0, 0, 1)), reserved("late"), declared()))
	path := filepath.Join(d.Path(), "2026-11-23.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(content(t, d, "2026-11-23.jsonl")+"damage\n"+"torn"), 0o600))
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 13, rep.Records)
	assert.Equal(t, 3, rep.Calls, "a, twice, late")
	assert.Equal(t, 1, rep.Unknown, "dead")
	assert.Equal(t, []string{"twice"}, rep.Twice)
	assert.Equal(t, 1, rep.Torn)
	require.Len(t, rep.Faults, 1)
	_, ok := errors.AsType[*DamageError](rep.Err())
	assert.True(t, ok)
	require.Len(t, rep.Files, 2)
	assert.Equal(t, "2026-11-23.jsonl", rep.Files[0].Name)
	assert.Equal(t, 12, rep.Files[0].Records)
	assert.Equal(t, noon, rep.Files[0].First)
	assert.Equal(t, noon.Add(time.Second), rep.Files[0].Last)
}
