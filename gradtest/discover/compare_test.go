package discover_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCompare(t *testing.T) {
	call := func(op rcapi.Operation, line int, r discover.Reach) discover.Call {
		return discover.Call{Place: discover.Place{File: "a.go", Line: line, Reach: r}, Operation: op}
	}
	before := discover.Result{Calls: []discover.Call{
		call(rcapi.ReadUserCallLog, 1, discover.Production),
		call(rcapi.ListMessages, 2, discover.Production),
		call(rcapi.CreateFaxMessage, 3, discover.TestOnly),
	}}
	after := discover.Result{Calls: []discover.Call{
		call(rcapi.ReadUserCallLog, 9, discover.Production), // moved
		call(rcapi.CreateSMSMessage, 10, discover.Production),
		call(rcapi.ReadCompanyCallLog, 11, discover.Production), // another operation of a scope that was needed before
		call(rcapi.ListSites, 12, discover.Dead),
	}}
	c := discover.Compare(before, after)
	ids := func(calls []discover.Call) (ids []string) {
		for _, c := range calls {
			ids = append(ids, c.Operation.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"createSMSMessage", "readCompanyCallLog"}, ids(c.Added))
	assert.Equal(t, []string{"listMessages"}, ids(c.Removed))
	assert.Equal(t, []rcapi.Scope{rcapi.ScopeSMS}, c.AddedScopes)
	assert.Equal(t, []rcapi.Scope{rcapi.ScopeReadMessages}, c.RemovedScopes)
	assert.True(t, discover.Compare(after, after).Empty())
	assert.Equal(t, "This change adds and removes no RingCentral endpoint and no app scope.\n", discover.Compare(before, before).Markdown())
}
