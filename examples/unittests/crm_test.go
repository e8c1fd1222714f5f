package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name:   "crm",
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.ListMessages},
		{Op: rcapi.ReadUserCallLog, Do: func(c *gradtest.Call) { // the app's own code makes the call
			_, err := crm.New(c.Client(), c.URL()).Calls(c.Context())
			require.NoError(c, err)
		}},
	},
}

// TestGraduation is the generated suite.
func TestGraduation(t *testing.T) { gradtest.Run(t, app) }

// TestOwner is an existing unit test. Only its first line is new; now its calls count.
func TestOwner(t *testing.T) {
	s := gradtest.Start(t, app)
	name, err := crm.New(s.Client(), s.URL()).Owner(t.Context())
	require.NoError(t, err)
	assert.NotEmpty(t, name)
}

func TestCalls(t *testing.T) {
	s := gradtest.Start(t, app)
	calls, err := crm.New(s.Client(), s.URL()).Calls(t.Context())
	require.NoError(t, err)
	for _, call := range calls {
		assert.NotEmpty(t, call.ID)
	}
}
