package adopting

import (
	"encoding/json"
	"testing"

	ringcentral "github.com/ringcentral/ringcentral-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcgo"
)

var sdk rcgo.Client // logs in once for all tests

func TestRingCentralGo(t *testing.T) {
	rc, err := sdk.For(gradtest.Start(t, app))
	require.NoError(t, err)
	var extension ringcentral.GetExtensionInfoResponse
	require.NoError(t, json.Unmarshal(rc.Get("/restapi/v1.0/account/~/extension/~"), &extension))
	assert.NotEmpty(t, extension.ExtensionNumber)
}
