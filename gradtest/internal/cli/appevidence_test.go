package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// An app that was renamed is not taken for two, and what runs side by side is.
func TestCurrentDeclarations(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	declare := func(name string, ago time.Duration) ledger.Record {
		return ledger.Record{Kind: ledger.Declared, At: now.Add(-ago), Declared: &ledger.Declaration{App: name}}
	}
	call := func(ago time.Duration) ledger.Record { return ledger.Record{Kind: ledger.Done, At: now.Add(-ago)} }
	for _, c := range []struct {
		records []ledger.Record
		want    string
	}{
		{nil, "[]"},
		{[]ledger.Record{call(time.Hour)}, "[]"},
		{[]ledger.Record{declare("a", 500*time.Hour), declare("b", 90*time.Hour), declare("c", 30*time.Hour), call(0)}, "[b c]"},
		{[]ledger.Record{declare("a", 90*time.Hour), declare("b", 30*time.Hour), declare("a", time.Hour)}, "[b a]"},
		{[]ledger.Record{declare("a", 900*time.Hour), declare("b", 500*time.Hour), call(0)}, "[b]"},
		{[]ledger.Record{declare("a", 99*time.Hour), declare("b", 98*time.Hour), call(0), declare("c", 0)}, "[b c]"},
	} {
		var e appEvidence
		for _, r := range c.records {
			if r.At.After(e.last) {
				e.last = r.At
			}
			if r.Kind == ledger.Declared {
				e.declare(r)
			}
		}
		names := []string{}
		for _, d := range e.current() {
			names = append(names, d.App)
		}
		assert.Equal(t, c.want, fmt.Sprint(names))
	}
}

// BenchmarkJudge is what status does: open a ledger of two days with 100,000 records and judge it.
func BenchmarkJudge(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "platform.example.com-0a1b2c3d")
	d, err := ledger.Open(dir)
	require.NoError(b, err)
	text := "declare crm graduation ReadCallLog,ReadMessages readUserCallLog,listMessages\n"
	for hour := range 40 {
		text += fmt.Sprintf("calls 1250 readUserCallLog 200 %dh\ncalls 1250 listMessages 200 %dh\n", hour+1, hour+1)
	}
	records, err := scene(text, time.Now())
	require.NoError(b, err)
	require.NoError(b, d.Append(context.Background(), records...))
	require.NoError(b, d.Close())
	q := judgeFlags{dir: filepath.Dir(dir), getenv: os.Getenv}
	for b.Loop() {
		j, err := q.judge(context.Background())
		require.NoError(b, err)
		if v, err := j.verdict(context.Background()); err != nil || v.At.IsZero() || len(v.Endpoints) != 2 {
			b.Fatal("no verdict")
		}
	}
}
