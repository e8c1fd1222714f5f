package suitegen

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestFromScan(t *testing.T) {
	at := func(line int, reach discover.Reach) discover.Place {
		return discover.Place{File: "crm/sync.go", Line: line, Reach: reach}
	}
	call := func(op rcapi.Operation, line int, reach discover.Reach) discover.Call {
		return discover.Call{Place: at(line, reach), Operation: op}
	}
	ops, notes := FromScan(discover.Result{
		Calls: []discover.Call{
			call(rcapi.ListMessages, 1, discover.Production), call(rcapi.ReadExtension, 2, discover.TestOnly),
			call(rcapi.ListMessages, 3, discover.Production), call(rcapi.ListMessages, 4, discover.Production),
			call(rcapi.ListMessages, 5, discover.Production), call(rcapi.ReadContact, 6, discover.Dead),
		},
		Unknown: []discover.Unknown{{
			Place: at(7, discover.Production), Method: "GET", Path: "/restapi/v1.0/account/~/news",
			Parse: `rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/news")`,
		}},
		Unresolved: []discover.Unresolved{
			{Place: at(8, discover.Production), Path: "/restapi/{}", Reason: "Args is not known"}, {Place: at(9, discover.Dead)},
		},
	})
	assert.Equal(t, []Operation{
		{rcapi.ListMessages, []string{"crm/sync.go:1", "crm/sync.go:3", "crm/sync.go:4", "and 1 more"}},
		{rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/news"), []string{"crm/sync.go:7"}},
	}, ops)
	assert.Equal(t, []string{"crm/sync.go:8 calls /restapi/{}: Args is not known. Add its endpoint."}, notes)
}

func TestFromRecords(t *testing.T) {
	done := func(op rcapi.Operation, stage ledger.Stage) ledger.Record {
		return ledger.Record{Kind: ledger.Done, Op: op.ID, Method: op.Method, Path: op.Path, Stage: stage}
	}
	unknown := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/news")
	ops := FromRecords(slices.Values([]ledger.Record{
		done(rcapi.ReadMessage, ledger.StageCall), done(rcapi.ListMessages, ledger.StagePrepare),
		done(rcapi.DeleteContact, ledger.StageCleanup), done(rcapi.GetToken, ledger.StageCall),
		{Kind: ledger.Reserved, Op: "readExtension"}, {Kind: ledger.Done, Method: "GET", Path: unknown.Path},
		{Kind: ledger.Done, Op: "readMessage", Site: "crm/inbox.go:7"},
		{Kind: ledger.Done, Op: "readMessage", Site: "crm/inbox.go:7"},
	}))
	assert.Equal(t, []Operation{{rcapi.ReadMessage, []string{"crm/inbox.go:7"}}, {Op: unknown}}, ops)
}
