package gradtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestAppOfTheTime sweeps an app of 2021 on the embedded emulator: with operations that are gone, scopes under their
// former names, and an operation that no edition has.
func TestAppOfTheTime(t *testing.T) {
	t.Setenv("GRADTEST_TARGET", "emulator")
	calendars := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars").
		In(rcapi.Light).Needs(rcapi.ScopeReadAccounts)
	meetings, _ := rcapi.Lookup("listMeetings")
	app := gradtest.App{
		Name:   t.Name(),
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, "Glip", "Meetings"},
		Endpoints: []gradtest.Endpoint{
			{Op: calendars}, {Op: rcapi.ListGlipChats}, {Op: rcapi.ReadGlipEveryone}, {Op: meetings}, {Op: rcapi.ReadAccountInfo},
		},
		Policy: criteria.Graduation.In(rcapi.Edition2021),
	}
	v, err := gradtest.Sweep(t.Context(), app)
	require.NoError(t, err)
	assert.True(t, v.Ready, "%+v", v.Findings)
	assert.Contains(t, v.Notes, "edition 2021-03 of the platform, which the policy is about, lacks 1 endpoint: "+calendars.ID)
}

// TestScopeOfTheTime checks an operation that exercised another scope in the policy's edition.
func TestScopeOfTheTime(t *testing.T) {
	t.Setenv("GRADTEST_TARGET", "emulator")
	app := gradtest.App{
		Name:      t.Name(),
		Scopes:    []rcapi.Scope{"Meetings", rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadUserVideoConfiguration}, {Op: rcapi.ReadAccountInfo}},
	}
	_, err := gradtest.Sweep(t.Context(), app)
	assert.ErrorContains(t, err, "scope Meetings is declared but no endpoint needs it")

	bar := criteria.Graduation
	app.Policy = bar.In(rcapi.Edition2021)
	v, err := gradtest.Sweep(t.Context(), app)
	require.NoError(t, err)
	assert.True(t, v.Ready, "%+v", v.Findings)
}
