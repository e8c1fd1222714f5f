package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})
		began := time.Now()
		time.Sleep(3 * time.Second)
		a.call(getOwn + "?access_token=secret")
		a.call("BREW /nowhere/5")
		assert.Equal(t, []Call{
			{Time: began, Operation: "getToken", Method: "POST", Path: "/restapi/oauth/token", Status: 200, Group: rcapi.Auth, Remaining: 4},
			{Time: began.Add(3 * time.Second), Operation: "readExtension", Method: "GET", Path: own, Status: 200, Group: rcapi.Light, Remaining: 49},
			{Time: began.Add(3 * time.Second), Method: "BREW", Path: "/nowhere/5", Status: 404, Group: rcapi.Medium, Remaining: -1},
		}, a.h.Calls())
		a.h.Calls()[0].Status = 500
		assert.Equal(t, 200, a.h.Calls()[0].Status, "the slice is the caller's")
	})
}

func TestCallsKeepTheLatest(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	a.times(callsKept+5, "GET /restapi")
	a.call(timezone)
	calls := a.h.Calls()
	require.Len(t, calls, callsKept)
	assert.Equal(t, "listTimezones", calls[callsKept-1].Operation)
	for i := range calls[1:] {
		require.False(t, calls[i+1].Time.Before(calls[i].Time))
	}
	assert.Equal(t, callsKept+7, a.h.Verdict().Total, "the verdict counts all")
}

func TestOperation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited()})
		a.times(lastKept+3, getOwn)
		a.errors(2, getOwn)
		a.fail(Fault{Status: 503, Times: 1})
		a.times(2, getOwn)
		got := a.h.Operation(rcapi.ReadExtension.ID)
		assert.Equal(t, rcapi.ReadExtension, got.Operation)
		assert.Equal(t, lastKept+7, got.Calls)
		assert.Equal(t, 1, got.Faults)
		assert.Equal(t, map[int]int{200: lastKept + 4, 401: 2, 503: 1}, got.Statuses)
		require.Len(t, got.Last, lastKept)
		assert.Equal(t, []int{200, 401, 401, 503, 200}, statuses(got.Last[lastKept-5:]), "the latest, oldest first")
		assert.Equal(t, 1, a.h.Operation(rcapi.GetToken.ID).Calls)
		assert.Zero(t, a.h.Operation(rcapi.ListMessages.ID).Calls)
		time.Sleep(48 * time.Hour)
		assert.Zero(t, a.h.Operation(rcapi.ReadExtension.ID).Calls)
		defer func() { assert.Contains(t, recover(), "did you mean readExtension") }()
		a.h.Operation("readExtensions")
	})
}

func statuses(calls []Call) (out []int) {
	for _, c := range calls {
		out = append(out, c.Status)
	}
	return out
}

func TestReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}})
		a.h.Advance(time.Minute)
		a.fail(Fault{Drop: true})
		require.NoError(t, a.h.SetLimit(rcapi.Light, Limit{}))
		a.h.Reset()
		assert.Empty(t, a.h.Calls())
		assert.Zero(t, a.h.Verdict().Total)
		assert.Empty(t, a.h.UnusedFaults())
		assert.Equal(t, time.Now(), a.h.Now())
		assert.Equal(t, []int{200, 429}, []int{a.call(getOwn).status, a.call(getOwn).status})
		a.h.Reset()
		assert.Equal(t, 200, a.call(getOwn).status, "the penalty is over")
		assert.Equal(t, 1, a.h.Operation(rcapi.ReadExtension.ID).Calls)
	})
}
