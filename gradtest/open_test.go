package gradtest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestOpen(t *testing.T) {
	app := gradtest.App{Name: own("opened"), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
	s, err := gradtest.Open(t.Context(), app)
	require.NoError(t, err)
	for _, rt := range []http.RoundTripper{s.Client().Transport, s.Transport(nil)} {
		resp, err := (&http.Client{Transport: rt}).Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
		require.NoError(t, err)
		resp.Body.Close()
	}
	gateway := s.Gateway()
	resp, err := http.Get(gateway + "/restapi/v1.0/account/~/extension/~")
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 2, s.Verdict().Successes)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "twice is once")
	_, err = http.Get(gateway)
	assert.Error(t, err, "the proxy is closed with the session")
	assert.Equal(t, 2, gradtest.Start(t, app).Verdict().Successes, "the calls count for the app")

	_, err = gradtest.Open(t.Context(), gradtest.App{})
	assert.ErrorContains(t, err, "App.Endpoints is empty")
}
