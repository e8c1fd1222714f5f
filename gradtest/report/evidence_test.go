package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestNewEvidence(t *testing.T) {
	dir := t.TempDir()
	d, err := ledger.Open(dir)
	require.NoError(t, err)
	defer d.Close()
	var c calls
	c.add(3, 200, rcapi.ListMessages, 30*time.Hour)
	c.add(2, 200, rcapi.ListMessages, time.Hour)
	c.add(1, 200, rcapi.ListMessages, 100*time.Hour)
	require.NoError(t, d.Append(t.Context(), c...))
	require.NoError(t, d.Append(t.Context(), ledger.Record{
		Kind: ledger.Declared, ID: "d", At: now, Declared: &ledger.Declaration{App: "crm"},
	}))

	e, err := NewEvidence(t.Context(), d, now.Add(-72*time.Hour))
	require.NoError(t, err)
	assert.Equal(t, 6, e.Records)
	assert.Equal(t, 5, e.Calls)
	assert.Equal(t, now.Add(-30*time.Hour), e.First)
	assert.Equal(t, now, e.Last)
	assert.Empty(t, e.Fault)
	shown := e.clean()
	assert.Equal(t, "6 records of 5 calls in 2 files, from 2026-11-04 08:03:07 UTC to 2026-11-05 14:03:07 UTC.", shown.Range())
	report, err := d.Verify(t.Context())
	require.NoError(t, err)
	for _, h := range shown.Heads {
		found := false
		for _, f := range report.Files {
			found = found || f.Head == h.Hash && int64(f.Chained) == h.N && filepath.Base(f.Name) == h.Day+".jsonl"
		}
		assert.True(t, found, "ledger verify shows the same: %v in %v", h, report.Files)
	}
	require.Len(t, shown.Heads, 2)
	assert.Len(t, shown.Hash, 43)

	// One more record, another hash.
	require.NoError(t, d.Append(t.Context(), ledger.Record{
		Kind: ledger.Declared, ID: "e", At: now, Declared: &ledger.Declaration{App: "crm"},
	}))
	more, err := NewEvidence(t.Context(), d, now.Add(-72*time.Hour))
	require.NoError(t, err)
	assert.NotEqual(t, shown.Hash, more.clean().Hash)

	// A record that was changed.
	file := filepath.Join(dir, "2026-11-04.jsonl")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(text, []byte(`"st":200`), []byte(`"st":201`), 1), 0o600))
	e, err = NewEvidence(t.Context(), d, now.Add(-72*time.Hour))
	require.NoError(t, err)
	assert.Contains(t, e.Fault, "2026-11-04.jsonl")

	// Without chains, and without time.
	e, err = NewEvidence(t.Context(), ledger.NewMemory(), time.Time{})
	require.NoError(t, err)
	assert.Equal(t, "0 records of 0 calls.", e.clean().Range())
	assert.Empty(t, e.clean().Hash)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = NewEvidence(ended, d, time.Time{})
	assert.ErrorIs(t, err, context.Canceled)
}
