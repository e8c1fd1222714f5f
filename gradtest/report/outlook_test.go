package report

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestErrorSentence(t *testing.T) {
	gone := now.Add(47 * time.Hour)
	for want, e := range map[string]ErrorOutlook{
		"auth-errors: 1 error. The last has left every window at 2026-11-07 13:03:07 UTC.": {Rule: "auth-errors", OK: true, Errors: 1, Dilute: 3, Gone: gone},
		"auth-errors: 2 errors. 16 more successful calls make the rule hold now; waiting alone makes it hold from " +
			"2026-11-06 00:00:00 UTC on. The last has left every window at 2026-11-07 13:03:07 UTC.": {
			Rule: "auth-errors", Errors: 2, Dilute: 16, Holds: now.Add(9*time.Hour + 56*time.Minute + 53*time.Second), Gone: gone,
		},
		"rate-limit: 1 error. Waiting alone makes it hold from 2026-11-07 13:03:07 UTC on. The last has left every window at 2026-11-07 13:03:07 UTC.": {
			Rule: "rate-limit", Errors: 1, Holds: gone, Gone: gone,
		},
	} {
		assert.Equal(t, want, e.Sentence())
	}
}

// TestPageAndMarkdownShowTheOutlook: every change of the forecast, every policy, the limits and the evidence.
func TestPageAndMarkdownShowTheOutlook(t *testing.T) {
	s := scenes()[2]
	d := NewDocument(s.verdict, s.options)
	require.NotEmpty(t, d.Forecast.Changes)
	require.Len(t, d.Policies, 2)
	require.Len(t, d.Limits, 3)
	for format, head := range map[string]string{"html": "<h2", "markdown": "###"} {
		var b bytes.Buffer
		require.NoError(t, Write(&b, format, s.verdict, s.options))
		text := b.String()
		for _, want := range []string{
			head, "If nothing more is sent", "Policies side by side", "graduation 2023-05-02", "legacy 2019-01-17", "strictest 2023-05-02",
			"Rate limits", "57s by 2 calls, at most 38s", d.Evidence.Hash, d.Evidence.Range(), "2026-11-04.jsonl: record 3 was changed",
		} {
			assert.Contains(t, text, want, format)
		}
		for _, c := range d.Forecast.Changes {
			assert.Contains(t, text, map[string]string{"html": short(c.At), "markdown": stamp(c.At)}[format], format)
		}
	}
	bare := scenes()[4]
	for _, format := range []string{"html", "markdown"} {
		var b bytes.Buffer
		require.NoError(t, Write(&b, format, bare.verdict, bare.options))
		for _, absent := range []string{"If nothing more", "side by side", ">Rate limits", "# Rate limits", "of 0 calls"} {
			assert.NotContains(t, b.String(), absent, format)
		}
	}
}
