package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func TestNewCall(t *testing.T) {
	at := time.Date(2026, 11, 5, 14, 0, 1, 0, time.UTC)
	r := ledger.Record{
		Kind: ledger.Done, At: at, Sent: at.Add(-250 * time.Millisecond), Op: "readMessage", Method: "GET", Path: "/restapi",
		Status: 404, Code: "CMN-102", RequestID: "r1", Site: "crm/client.go:42", Test: "TestSync", Earlier: 1, Stage: ledger.StageCleanup,
	}
	c := NewCall(r)
	assert.Equal(t, Failure, c.Outcome)
	assert.Equal(t, 250*time.Millisecond, c.Latency)
	assert.Equal(t, []any{"readMessage", 2, "cleanup"}, []any{c.Name(), c.Attempt, c.Stage})
	assert.Contains(t, c.Meaning, "does not exist")
	assert.Equal(t, "404 CMN-102 readMessage (cleanup) at 14:00:01.000 UTC, crm/client.go:42, TestSync, request r1", c.String())
	assert.Contains(t, c.Fix, "Endpoint.Prepare")

	for _, tc := range []struct {
		change func(*ledger.Record)
		want   Outcome
	}{
		{func(r *ledger.Record) { r.Status = 200 }, Success},
		{func(r *ledger.Record) { r.Status, r.Partial = 207, true }, Failure},
		{func(r *ledger.Record) { r.Status, r.Code = 0, "timeout" }, Unknown},
		{func(r *ledger.Record) { r.Fault = true }, Fault},
	} {
		changed := r
		tc.change(&changed)
		assert.Equal(t, tc.want, NewCall(changed).Outcome)
	}
	r.Site = "a\nb\x1b[31m"
	assert.NotContains(t, NewCall(r).Site, "\x1b")
}
