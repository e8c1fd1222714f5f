package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

func TestParseExports(t *testing.T) {
	a, err := parseExports("export RC_SERVER_URL=http://127.0.0.1:1\nexport RC_APP_CLIENT_ID='a=b'\nexport RC_OTHER=x\n\nexport RC_APP_CLIENT_SECRET=s\nexport RC_USER_JWT=j.w.t\n")
	require.NoError(t, err)
	assert.Equal(t, access{"http://127.0.0.1:1", "a=b", "s", "j.w.t"}, a)
	for _, text := range []string{"", "export RC_SERVER_URL=", "secret"} {
		_, err := parseExports(text)
		assert.ErrorContains(t, err, "RC_SERVER_URL")
		assert.NotContains(t, err.Error(), "secret", "what was printed may hold credentials")
	}
}

func TestLogin(t *testing.T) {
	s := rctest.NewServer(t)
	token, body, err := login(t.Context(), access{s.URL, s.ClientID, s.ClientSecret, s.JWT})
	require.NoError(t, err)
	assert.NotEmpty(t, token)
	assert.Contains(t, string(body), "extensionNumber")

	_, _, err = login(t.Context(), access{s.URL, s.ClientID, "not-it", s.JWT})
	assert.ErrorContains(t, err, "POST /restapi/oauth/token: 400")
	assert.NotContains(t, err.Error(), s.JWT)
}
