package adopting

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/examples/adopting/rcclient" // by oapi-codegen
	"github.com/graduationkit/ringcentral/gradtest"
)

func TestGeneratedClient(t *testing.T) {
	s := gradtest.Start(t, app)
	client, err := rcclient.NewClientWithResponses(s.URL(), rcclient.WithHTTPClient(s.Client()))
	require.NoError(t, err)
	resp, err := client.ReadExtensionWithResponse(t.Context())
	require.NoError(t, err)
	require.NotNil(t, resp.JSON200)
	assert.NotEmpty(t, resp.JSON200.Name)
}
