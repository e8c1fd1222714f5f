package criteria

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestExempt(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	want := Want{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeCallControl},
		Endpoints: []Endpoint{
			{Op: rcapi.ReadExtension}, {Op: rcapi.AnswerCallParty, Exempt: "needs a caller"},
			{Op: rcapi.HoldCallParty, Exempt: "needs a call"},
		},
	}
	var records []ledger.Record
	add := func(op rcapi.Operation, n int) {
		for range n {
			records = append(records, ledger.Record{
				Kind: ledger.Done, ID: fmt.Sprint(len(records)), At: now.Add(-time.Minute), Sent: now.Add(-time.Minute),
				Op: op.ID, Method: op.Method, Path: op.Path, Status: op.Success[0], Scopes: []string{string(op.Scope)},
			})
		}
	}
	judge := func() Verdict { return Evaluate(Graduation, want, slices.Values(records), now) }

	add(rcapi.ReadExtension, 21)
	v := judge()
	assert.True(t, v.Ready, "%+v", v.Findings)
	require.Len(t, v.Endpoints, 3)
	assert.Equal(t, "needs a caller", v.Endpoints[1].Exempt)
	assert.Zero(t, v.Endpoints[1].Need)
	assert.True(t, v.Scopes[1].Exempt)
	assert.Equal(t, "only answerCallParty and holdCallParty exercise it, which are exempt", v.Scopes[1].Note)
	assert.Contains(t, v.Notes, "answerCallParty is exempt: needs a caller")
	assert.Equal(t, "1 of 1 endpoint, 2 exempt", v.Findings[1].Got)
	assert.Equal(t, "1 of 2 app scopes exercised, 1 exempt", v.Findings[2].Got)

	add(rcapi.AnswerCallParty, 1)
	v = judge()
	assert.False(t, v.Ready, "an endpoint in use is judged")
	assert.Contains(t, v.Findings[1].Fix, "answerCallParty is exempt but was called (1 of 5): call it as often as any endpoint")
	assert.Equal(t, 1, v.Scopes[1].Got)
	require.Len(t, v.Endpoints, 3, "no row is there twice")
	assert.Equal(t, 4, v.Missing)

	add(rcapi.AnswerCallParty, 4)
	assert.True(t, judge().Ready)

	want.Endpoints = want.Endpoints[1:]
	records = nil
	assert.False(t, judge().Ready, "a declaration of exempt endpoints alone proves nothing")

	want.Endpoints = []Endpoint{
		{Op: rcapi.ReadExtension}, {Op: rcapi.HoldCallParty}, {Op: rcapi.AnswerCallParty, Exempt: "needs a caller"},
	}
	add(rcapi.ReadExtension, 30)
	v = judge()
	assert.False(t, v.Scopes[1].Exempt, "an endpoint that is called can exercise the scope")
	assert.False(t, v.Ready)
}

// What a ledger keeps of a declaration has the reason, so that the command judges as the suite does.
func TestExemptInALedger(t *testing.T) {
	op := rcapi.AnswerCallParty
	w := WantOf(ledger.Declaration{Endpoints: []ledger.DeclaredEndpoint{
		{Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Exempt: "needs a caller"},
	}})
	assert.Equal(t, "needs a caller", w.Endpoints[0].Exempt)
}
