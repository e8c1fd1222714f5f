package rctest

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestWayToProduction begins on a Saturday, 00:00 UTC.
func TestWayToProduction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Limits: Unlimited()})
		stage := func() Stage { return a.h.Console().Stage }
		assert.Equal(t, StageDevelop, stage())
		a.times(21, getOwn)

		_, err := a.h.Apply()
		refusal, ok := errors.AsType[*Refusal](err)
		require.True(t, ok)
		assert.True(t, a.h.Verdict().Ready, "it is ready, and the console does not know")
		assert.Equal(t, []string{"0 of 21 successful calls", "scope ReadAccounts: not exercised"}, refusal.Missing)
		assert.EqualError(t, err, "rctest: apply: the app is not ready by the console's figures: 0 of 21 successful calls; "+
			"scope ReadAccounts: not exercised: try again after the next update at 2000-01-01 00:05:00 UTC")
		assert.Nil(t, a.h.Console().Application)

		time.Sleep(defaultDelay)
		assert.True(t, a.h.Console().MayApply())
		assert.Equal(t, StageApply, stage())
		got, err := a.h.Apply()
		require.NoError(t, err)
		assert.Equal(t, Application{Applied: time.Now().UTC(), Answer: time.Date(2000, 1, 3, 0, 0, 0, 0, time.UTC)}, got)
		assert.False(t, a.h.Console().MayApply())
		assert.Equal(t, StageApply, stage())
		_, err = a.h.Apply()
		assert.EqualError(t, err, "rctest: apply: the app already applied at 2000-01-01 00:05:00 UTC: wait for the review")

		time.Sleep(time.Until(got.Answer) - 1)
		assert.Equal(t, StageApply, stage())
		time.Sleep(time.Nanosecond)
		c := a.h.Console()
		assert.Equal(t, StageProduction, c.Stage)
		assert.True(t, c.Application.Approved)
		assert.False(t, c.Lagging.Ready, "the calls have aged out, and production stays")
	})
}

// The console lets an app apply by what it shows, though the latest calls would not.
func TestStaleGreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited()})
		a.times(21, getOwn)
		time.Sleep(defaultDelay)
		a.errors(9, getOwn)
		c := a.h.Console()
		assert.True(t, c.Lagging.Ready)
		assert.False(t, c.Current.Ready)
		assert.Equal(t, c.Current, a.h.Verdict())
		_, err := a.h.Apply()
		assert.NoError(t, err)
	})
}
