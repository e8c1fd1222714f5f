package ledger

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// content returns the text of a day's file.
func content(t *testing.T, d *Dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(d.Path(), name))
	require.NoError(t, err)
	return string(b)
}

// lineOf returns the line of a record.
func lineOf(t testing.TB, r Record) string {
	t.Helper()
	b, err := Encode(nil, r)
	require.NoError(t, err)
	return string(b)
}

func TestFaultyLinesAreYieldedInTheirPlace(t *testing.T) {
	a, b, c := lineOf(t, done("a", noon)), lineOf(t, done("b", noon)), lineOf(t, done("c", noon))
	newer := strings.Replace(b, `{"v":1,`, `{"v":2,`, 1)
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"nothing":               {"", []string{}},
		"whole":                 {a + b + c, []string{"a", "b", "c"}},
		"torn at the end":       {a + b[:40], []string{"a", "torn"}},
		"torn at the newline":   {a + b[:len(b)-1], []string{"a", "b"}},
		"end changed":           {a + b[:len(b)-1] + "\v", []string{"a", "damaged"}},
		"mark over the newline": {a + b[:len(b)-1] + lines.TornMark + "\n" + c, []string{"a", "b", "c"}},
		"mark in a row":         {a + b[:len(b)-1] + "x" + lines.TornMark + "\n" + c, []string{"a", "damaged", "c"}},
		"torn and closed off":   {a + b[:40] + lines.TornMark + "\n" + c, []string{"a", "torn", "c"}},
		"damaged in the middle": {a + strings.Replace(b, "200", "404", 1) + c, []string{"a", "damaged", "c"}},
		"merged":                {a + b[:40] + c, []string{"a", "damaged"}},
		"newer format":          {a + newer + c, []string{"a", "unknown", "c"}},
		"empty line":            {a + "\n" + c, []string{"a", "damaged", "c"}},
		"hole after power loss": {a + strings.Repeat("\x00", 4096), []string{"a", "torn"}},
		"hole closed off":       {a + strings.Repeat("\x00", 4096) + lines.TornMark + "\n" + c, []string{"a", "torn", "c"}},
		"endless line":          {a + strings.Repeat("x", 3<<20) + "\n" + c, []string{"a", "damaged", "c"}},
		"endless at the end":    {a + strings.Repeat("x", 3<<20), []string{"a", "damaged"}},
		"other systems' ends":   {strings.Replace(a+c, "\n", "\r\n", 1), []string{"damaged", "c"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, t.TempDir())
			path := filepath.Join(d.Path(), "2026-11-23.jsonl")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			assert.Equal(t, test.want, ids(t, d))

			require.NoError(t, d.Append(t.Context(), done("next", noon)))
			if name == "endless at the end" {
				test.want[1] = "torn" // by what the append has closed it with
			}
			assert.Equal(t, append(test.want, "next"), ids(t, d), "an append changes nothing that was there")
			assert.True(t, strings.HasPrefix(content(t, d, "2026-11-23.jsonl"), test.text))
		})
	}
}

func TestFaultsSayWhere(t *testing.T) {
	d := open(t, t.TempDir())
	a := lineOf(t, done("a", noon))
	path := filepath.Join(d.Path(), "2026-11-23.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(a+"damage\n"+a+"torn"), 0o600))
	var faults []error
	for _, err := range d.Records(t.Context(), time.Time{}) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	require.Len(t, faults, 2)
	assert.Equal(t, &DamageError{File: path, Offset: int64(len(a)), End: int64(len(a) + 7), Reason: "it does not begin as a record does"}, faults[0])
	assert.Equal(t, &TornError{File: path, Offset: int64(2*len(a) + 7)}, faults[1])
}

func TestRecordsReadsOnlyTheDaysAsked(t *testing.T) {
	d := open(t, t.TempDir())
	require.NoError(t, d.Append(t.Context(), done("a", noon), done("b", noon.AddDate(0, 0, 1))))
	require.NoError(t, os.WriteFile(filepath.Join(d.Path(), "2026-11-22.jsonl"), []byte("damage\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(d.Path(), "notes.jsonl"), []byte("damage\n"), 0o600))
	var got []string
	for r, err := range d.Records(t.Context(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)) {
		require.NoError(t, err)
		got = append(got, r.ID)
	}
	assert.Equal(t, []string{"a", "b"}, got)
}

func TestRecordsSeesTheMomentItBegan(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("open files cannot be deleted on Windows")
	}
	d := open(t, t.TempDir())
	require.NoError(t, d.Append(t.Context(), done("a", noon), done("b", noon), done("c", noon.AddDate(0, 0, 1))))
	var got []string
	for r, err := range d.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		got = append(got, r.ID)
		require.NoError(t, d.Append(t.Context(), done("x", noon), done("x", noon.AddDate(0, 0, 2))))
		_, err := d.Prune(t.Context(), noon.AddDate(0, 0, 2))
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"a", "b"}, got, "the file being read stays readable, pruned ones are passed over")
}

func TestRecordsEndsWithItsContext(t *testing.T) {
	d := open(t, t.TempDir())
	var all []Record
	for i := range 1000 {
		all = append(all, done(fmt.Sprint(i), noon))
	}
	require.NoError(t, d.Append(t.Context(), all...))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, last := 0, error(nil)
	for _, err := range d.Records(ctx, time.Time{}) {
		n, last = n+1, err
		cancel()
	}
	assert.ErrorIs(t, last, context.Canceled)
	assert.Less(t, n, 600)
}
