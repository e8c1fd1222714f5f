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
