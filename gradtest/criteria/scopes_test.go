package criteria

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// login is a token request that grants scopes.
func login(at time.Time, granted ...string) ledger.Record {
	return ledger.Record{
		Kind: ledger.Done, At: at, Sent: at, Op: "getToken", Method: "POST", Path: "/restapi/oauth/token", OAuth: true,
		Status: 200, Granted: granted,
	}
}

// by says where a call comes from.
func by(r ledger.Record, stage ledger.Stage, endpoint, site string) ledger.Record {
	r.Stage, r.Endpoint, r.Site = stage, endpoint, site
	return r
}

// changes lists changes as text.
func changes(list []ScopeChange) (out []string) {
	for _, c := range list {
		text := string(c.Scope)
		if c.Declaration {
			text += " declaration"
		}
		if c.Console {
			text += " console"
		}
		out = append(out, text+": "+c.Why)
	}
	return out
}

func TestScopes(t *testing.T) {
	want := Want{
		Endpoints: []Endpoint{{Op: second}, {Op: rcapi.CreateContact}, {Op: rcapi.CreateSMSMessage, Name: "texts"}},
		Scopes:    []rcapi.Scope{rcapi.ScopeReadMessages, rcapi.ScopeContacts, rcapi.ScopeVoicemail, rcapi.ScopeEditAccounts},
	}
	l := new(log).
		add(login(today, "SMS", "Contacts", "ReadCallLog")).
		add(login(yesterday, "Faxes")).
		add(by(answer(second, 200, today), ledger.StageCall, "listMessages", "crm/sync.go:7")).
		add(by(answer(second, 404, today), ledger.StageCall, "listMessages", "crm/sync.go:3")).
		add(by(answer(rcapi.CreateContact, 200, today), ledger.StageCall, "createContact", "")).
		add(by(answer(rcapi.DeleteContact, 204, today), ledger.StageCleanup, "createContact", "")).
		add(by(answer(rcapi.ReadAccountInfo, 200, today), ledger.StageDo, "texts", "")).
		ok(1, rcapi.ReadExtension, today).
		ok(1, rcapi.ReadUserPresenceStatus, longBefore) // too old to matter
	m := Scopes(Graduation, want, l.all(), noon)

	assert.Equal(t, today, m.Granted, "the latest token counts, in any order of records")
	assert.Equal(t, []rcapi.Scope{"Contacts", "ReadAccounts", "ReadMessages"}, m.Smallest)
	assert.Equal(t, []rcapi.Scope{"SMS"}, m.Uncalled)
	assert.Equal(t, []string{
		"ReadAccounts declaration console: needed by readAccountInfo (by Do of texts), readExtension",
		"SMS declaration: needed by texts",
	}, changes(m.Add))
	assert.Equal(t, []string{
		"EditAccounts declaration: only what it includes is needed: ReadAccounts",
		"ReadCallLog console: no call of the last 48 hours and no declared endpoint needs it",
		"ReadMessages declaration: SMS includes it, and a scope that is not declared needs no call of its own",
		"Voicemail declaration: no operation of the platform exercises it",
	}, changes(m.Remove))

	row, ok := m.Row("Contacts")
	require.True(t, ok)
	assert.Equal(t, 2, row.Exercised)
	assert.Equal(t, Granted, row.Granted)
	assert.Equal(t, []ScopeUse{
		{Name: "createContact", Op: rcapi.CreateContact, Declared: true, Calls: 1, Successes: 1},
		{
			Name: "deleteContact", Op: rcapi.DeleteContact, Calls: 1, Successes: 1,
			Callers: []Caller{{ledger.StageCleanup, "createContact"}},
		},
	}, row.NeededBy)
	assert.Equal(t, "Cleanup of createContact", row.NeededBy[1].Callers[0].String())

	row, _ = m.Row("ReadMessages")
	assert.Equal(t, Included, row.Granted)
	assert.Equal(t, []rcapi.Scope{"SMS"}, row.IncludedBy)
	assert.Equal(t, []string{"crm/sync.go:3", "crm/sync.go:7"}, row.NeededBy[0].Sites)
	assert.Equal(t, []int{2, 1, 1}, []int{row.NeededBy[0].Calls, row.NeededBy[0].Successes, row.Exercised})

	row, _ = m.Row("ReadAccounts")
	assert.Equal(t, NotGranted, row.Granted)
	assert.Equal(t, 1, row.NeededBy[1].Hidden, "nothing says what called readExtension")
	assert.Zero(t, row.NeededBy[0].Hidden)
	_, ok = m.Row("ReadPresence")
	assert.False(t, ok)
}

func TestScopesOfNothing(t *testing.T) {
	m := Scopes(Policy{}, Want{}, new(log).all(), noon)
	assert.Equal(t, ScopeMatrix{At: noon, Since: Since(noon), Notes: m.Notes}, m)
	assert.Len(t, m.Notes, 1, "what the token grants is unknown")
}

// TestScopesBeforeEvidence: the declaration alone says what to remove and to add.
func TestScopesBeforeEvidence(t *testing.T) {
	m := Scopes(Policy{}, Want{
		Endpoints: []Endpoint{{Op: first}, {Op: rcapi.CreateSubscription}, {Op: second, Exempt: "needs a person"}},
		Scopes:    []rcapi.Scope{rcapi.ScopeSubscriptionWebhook, rcapi.ScopeSMS},
	}, new(log).all(), noon)
	assert.Equal(t, []string{
		"ReadCallLog declaration: needed by readUserCallLog", "ReadMessages declaration: needed by listMessages",
	}, changes(m.Add))
	assert.Equal(t, []string{"SMS declaration: only what it includes is needed: ReadMessages"}, changes(m.Remove))
	assert.Empty(t, m.Smallest)
	assert.Equal(t, []rcapi.Scope{"ReadCallLog", "ReadMessages", "SubscriptionWebhook"}, m.Uncalled)
	assert.Contains(t, m.Notes[1], "event filter")
	row, _ := m.Row("SubscriptionWebhook")
	assert.Equal(t, "creates a subscription with WebHook transport", row.Condition)
	row, _ = m.Row("ReadMessages")
	assert.Equal(t, "needs a person", row.NeededBy[0].Exempt)
}

// TestScopesOfCallsWithoutEvidence: what counts for no rule still shows what the app needs, unless it was never sent.
func TestScopesOfCallsWithoutEvidence(t *testing.T) {
	fault := answer(first, 200, today)
	fault.Fault = true
	reserved := ledger.Record{Kind: ledger.Reserved, ID: "slot", At: today, Op: rcapi.ReadExtension.ID}
	released := ledger.Record{Kind: ledger.Released, ID: "back", At: today}
	taken := ledger.Record{Kind: ledger.Reserved, ID: "back", At: today, Op: second.ID}
	head := answer(rcapi.ReadUserPresenceStatus, 200, today)
	head.Method = "HEAD"
	for _, records := range [][]ledger.Record{
		{fault, reserved, taken, released, head}, {released, head, taken, reserved, fault},
	} {
		m := Scopes(Policy{}, Want{}, slices.Values(records), noon)
		assert.Equal(t, []rcapi.Scope{"ReadAccounts", "ReadCallLog"}, m.Smallest)
		for _, r := range m.Scopes {
			assert.Zero(t, r.Exercised)
		}
	}
}

func TestScopesOutsideTheCatalogue(t *testing.T) {
	own := rcapi.MustParse("GET /restapi/v9/own").Needs("Own")
	m := Scopes(Policy{}, Want{Endpoints: []Endpoint{{Op: own}}, Scopes: []rcapi.Scope{"Own"}},
		new(log).add(login(today, "SMS")).ok(1, own, today).all(), noon)
	row, _ := m.Row("Own")
	assert.Equal(t, GrantUnknown, row.Granted, "records of token responses leave such scopes out")
	assert.Equal(t, 1, row.Exercised)
	assert.Empty(t, m.Add)
	assert.Equal(t, []string{"SMS console: no call of the last 48 hours and no declared endpoint needs it"},
		changes(m.Remove))
}

// BenchmarkScopes compares the scopes of 100,000 calls.
func BenchmarkScopes(b *testing.B) {
	l, ops := new(log), []rcapi.Operation{first, second, rcapi.CreateContact}
	for i := range 100_000 {
		l.add(answer(ops[i%3], 200, today.Add(time.Duration(i)*time.Millisecond)))
	}
	b.ReportAllocs()
	for b.Loop() {
		Scopes(Graduation, both(), l.all(), noon)
	}
}
