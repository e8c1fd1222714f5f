package cli

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/recorder"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestRecordText(t *testing.T) {
	s := recorder.Summary{
		Operations: []recorder.Operation{
			{
				ID: "readExtension", Group: "Light", Scope: "ReadAccounts", Calls: 1, Statuses: map[string]int{"200": 1},
				Clients: []string{"curl/8.5.0"},
			},
			{ID: "readUserCallLog", Group: "Heavy", Calls: 14, Undeclared: true, Statuses: map[string]int{"429": 4, "200": 9, "reset": 1}},
		},
		Authorizations: []recorder.Operation{{ID: "getToken", Calls: 2, Statuses: map[string]int{"200": 2}}},
		Grants:         map[string]int{"jwt-bearer": 1, "refresh_token": 1},
		Unknown: []recorder.Unknown{{
			Operation: recorder.Operation{
				Method: "GET", Path: "/restapi/v1.0/\x1b[31m", Calls: 1, Statuses: map[string]int{"404": 1},
			},
			Nearest: "readAccountInfo", Parse: `rcapi.MustParse("GET /x")`,
		}},
		Scopes: []string{"ReadAccounts"},
		Groups: []recorder.Group{
			{Name: "heavy", Limit: 10, Window: time.Minute, Most: 14, Over: 4, Refused: 4, By: "readUserCallLog",
				At: time.Date(2026, 11, 28, 9, 8, 7, 6e6, time.UTC)},
			{Name: "light", Limit: 50, Window: 1500 * time.Millisecond, Most: 1},
			{Name: "nothrottling"},
		},
		Notes: []string{"A note."}, Evidence: "/here/.gradtest",
	}
	var out bytes.Buffer
	require.NoError(t, recordText(&out, s))
	assert.Equal(t, `OPERATION                       GROUP  APP SCOPE     CALLS  STATUS                    SENT BY
readExtension                   Light  ReadAccounts  1      200                       curl/8.5.0
readUserCallLog (not declared)  Heavy  -             14     200 ×9, 429 ×4, reset ×1  -

Authorization, which counts for no endpoint:
  getToken (jwt-bearer, refresh_token): 2, 200 ×2

Not in the catalogue:
  1 × (404): GET /restapi/v1.0/�[31m: the nearest operation is readAccountInfo
    declare it with rcapi.MustParse("GET /x")

App scopes needed: ReadAccounts

Limits, at the busiest: heavy 14 of 10 in 1m, light 1 of 50 in 1.5s, nothrottling unlimited

Limits broken:
  heavy: 4 over the limit, 4 answered 429; the first is readUserCallLog at 09:08:07.006 UTC
  --pace holds the program inside the limits.

A note.
Recorded in /here/.gradtest. Next: gradtest init --from ledger, gradtest scopes, gradtest status
`, out.String())

	out.Reset()
	require.NoError(t, recordText(&out, recorder.Summary{Notes: []string{"No call was seen."}}))
	assert.Equal(t, "No call was seen.\n", out.String())
}

func TestWaitText(t *testing.T) {
	now := time.Now()
	assert.Equal(t, "a call waits at least 1m34s for its slot: heavy window full",
		waitText(window.Outlook{Soonest: now.Add(94 * time.Second), Group: "heavy", Reason: window.Full}, now))
	assert.Equal(t, "a call waits for its slot: light its first call has no response yet",
		waitText(window.Outlook{Group: "light", Reason: window.Unconfirmed}, now))
}
