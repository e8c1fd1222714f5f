package gradtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// An exempt endpoint is never called, and verdict and plan show why. Package cli tests the command.
func TestExempt(t *testing.T) {
	const reason = "needs a caller"
	app := gradtest.App{
		Name:   own("exempt"),
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeCallControl},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.AnswerCallParty, Exempt: reason}, // without its ids and its body
		},
	}
	server := rctest.NewServer(t, rctest.Config{Scopes: app.Scopes, Exempt: app.Scopes[1:], Limits: rctest.Unlimited()})
	pointAt(t, server.URL)
	for name, value := range map[string]string{
		"RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret, "RC_USER_JWT": server.JWT,
	} {
		t.Setenv(name, value)
	}
	plan, err := gradtest.Plan(app)
	require.NoError(t, err)
	assert.Equal(t, gradtest.Assignment{Name: "answerCallParty", Op: rcapi.AnswerCallParty, Exempt: reason}, plan.Endpoints[1])
	assert.Equal(t, 21, plan.Calls)

	t.Run("suite", func(t *testing.T) { gradtest.Run(t, app) })
	assert.Equal(t, 21, server.Verdict().Successes, "nothing of the exempt endpoint was sent")
	v := gradtest.Start(t, app).Verdict()
	assert.True(t, v.Ready)
	assert.True(t, server.Verdict().Ready, "the emulator agrees: %v", server.Verdict().Open)
	assert.Contains(t, v.Notes, "answerCallParty is exempt: "+reason)

	app.Endpoints = app.Endpoints[1:]
	_, err = gradtest.Plan(app)
	assert.ErrorContains(t, err, "every endpoint is exempt")
	app.Endpoints = []gradtest.Endpoint{{Op: rcapi.ReadExtension, Exempt: " "}, {Op: rcapi.ListExtensions}}
	_, err = gradtest.Plan(app)
	assert.ErrorContains(t, err, "field Exempt is blank")
}
