package adopting

import (
	"net/http"
	"testing"

	"github.com/go-resty/resty/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
)

func TestResty(t *testing.T) {
	s := gradtest.Start(t, app)
	var extension struct{ Name string }
	resp, err := resty.NewWithClient(s.Client()).SetBaseURL(s.URL()).R().
		SetResult(&extension).Get("/restapi/v1.0/account/~/extension/~")
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, resp.StatusCode())
	assert.NotEmpty(t, extension.Name)
}
