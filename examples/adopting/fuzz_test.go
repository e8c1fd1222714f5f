package adopting

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
)

func FuzzPhoneNumber(f *testing.F) {
	s := gradtest.Start(f, app) // go test without -fuzz runs the seeds
	f.Add("+12025550123")
	f.Add("& =\x00%")
	f.Fuzz(func(t *testing.T, number string) {
		query := url.Values{"phoneNumber": {number}}
		resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~/call-log?" + query.Encode())
		require.NoError(t, err)
		defer resp.Body.Close()
		assert.Less(t, resp.StatusCode, http.StatusInternalServerError)
	})
}
