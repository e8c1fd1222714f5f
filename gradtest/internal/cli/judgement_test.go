package cli

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Who sees nothing but the report has to learn that the evidence is of no real server, and that faults were left out.
func TestReportSaysWhatItRestsOn(t *testing.T) {
	const local, faults = "no evidence for the real app", "Responses from injected faults or a replay: 2."
	for _, tc := range []struct {
		app        string
		faulty     []time.Duration // how long ago
		want, miss []string
	}{
		{app: "127.0.0.1_8080-0a1b2c3d", faulty: []time.Duration{time.Minute, time.Hour, 90 * time.Hour}, want: []string{local, faults}},
		{app: "localhost-0a1b2c3d", want: []string{local}, miss: []string{"injected"}},
		{app: "platform.example.com-0a1b2c3d", miss: []string{local, "injected"}},
	} {
		t.Run(tc.app, func(t *testing.T) {
			dir, now := t.TempDir(), time.Now()
			records, err := scene("declare crm-sync graduation ReadAccounts readExtension\ncalls 25 readExtension 200 2h\n", now)
			require.NoError(t, err)
			for _, ago := range tc.faulty {
				r := records[len(records)-1]
				r.ID, r.At, r.Sent, r.Status, r.Fault = ago.String(), now.Add(-ago), now.Add(-ago), 401, true
				records = append(records, r)
			}
			d, err := ledger.Open(filepath.Join(dir, tc.app))
			require.NoError(t, err)
			require.NoError(t, d.Append(t.Context(), records...))
			require.NoError(t, d.Close())
			for _, args := range [][]string{{"status", "--json"}, {"report", "-f", "markdown"}} {
				var out, errs bytes.Buffer
				require.Equal(t, statusDone, Main(append(args, "--dir", dir), &out, &errs, func(string) string { return "" }), errs.String())
				for _, text := range tc.want {
					if text == local && args[0] == "status" {
						text = `"server": "local-server"` // the same, for programs
					}
					assert.Contains(t, out.String(), text)
				}
				for _, text := range tc.miss {
					assert.NotContains(t, out.String(), text)
				}
			}
		})
	}
}
