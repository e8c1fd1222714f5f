package adopting

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

func TestDefaultTransport(t *testing.T) { // must not be parallel
	s := gradtest.Start(t, app)
	s.ReplaceDefaultTransport() // until the test ends
	_, err := crm.New(http.DefaultClient, s.URL()).Owner(t.Context())
	require.NoError(t, err)
}
