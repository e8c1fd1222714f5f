package adopting

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

func TestHTTPClient(t *testing.T) {
	s := gradtest.Start(t, app)
	name, err := crm.New(s.Client(), s.URL()).Owner(t.Context())
	require.NoError(t, err)
	assert.NotEmpty(t, name)
}
