package environ_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

func TestMisspelt(t *testing.T) {
	require.NoError(t, environ.Misspelt([]string{"GRADTEST_DIR=/x", "GRADTEST_REDIS=redis://h", "GRADTEST_TARGET=live",
		"GRADTEST_ALLOW_PRODUCTION=1", "GRADTEST_REPEAT=1", "GRADTEST_EMPTY=", "GRADTESTING=1", "RC_SERVER=x"}))
	err := environ.Misspelt([]string{"GRADTEST_REDSI=redis://user:hush@h", "GRADTEST_DRI=/x"})
	require.ErrorContains(t, err, "GRADTEST_REDSI is set, but there is no such variable: unset it, or write it as one of GRADTEST_DIR,")
	require.ErrorContains(t, err, "GRADTEST_DRI is set")
	assert.NotContains(t, err.Error(), "hush")
}

func TestReadTakesTheCurrentNameFirst(t *testing.T) {
	env := map[string]string{"RC_APP_CLIENT_ID": " new ", "RC_CLIENT_ID": "old", "RINGCENTRAL_JWT": "j"}
	v, err := environ.Read(func(name string) string { return env[name] })
	require.NoError(t, err)
	assert.Equal(t, environ.Values{ClientID: "new", JWT: "j"}, v)
}
