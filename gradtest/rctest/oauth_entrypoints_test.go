package rctest

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEntryPointsLeadSomewhere follows every address of both documents.
func TestEntryPointsLeadSomewhere(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	initial := a.send(httptest.NewRequest("GET", initialPath+"?clientId=x&brandId=", nil))
	require.Equal(t, 200, initial.status, "without a token")
	external := a.call("GET " + externalPath)
	require.Equal(t, 200, external.status)
	assert.Equal(t, 401, a.send(httptest.NewRequest("GET", externalPath, nil)).status)
	assert.Empty(t, initial.header.Get("X-Rate-Limit-Limit"))
	addresses := 0
	for _, doc := range []map[string]any{initial.json(t), external.json(t)} {
		assert.NotEmpty(t, doc["version"])
		for _, part := range []string{"discoveryApi", "authApi", "coreApi", "rcv"} {
			for name, address := range doc[part].(map[string]any) {
				addresses++
				u, err := url.Parse(address.(string))
				require.NoError(t, err)
				assert.Equal(t, "http://example.com", u.Scheme+"://"+u.Host)
				switch name {
				case "baseUri", "baseApiUri": // others are put together with it
				case "tokenUri", "defaultTokenUri":
					assert.Equal(t, 415, a.call("POST "+u.Path).status, name)
				case "authorizationUri":
					assert.Equal(t, 400, a.call("GET "+u.Path).status, name)
				default:
					assert.Equal(t, 200, a.call("GET "+u.Path).status, name)
				}
			}
		}
	}
	assert.Equal(t, 14, addresses)
	assert.Equal(t, 404, a.call("POST "+initialPath).status)
	assert.Equal(t, 404, a.call("GET "+strings.TrimSuffix(initialPath, "l")).status)
	assert.Zero(t, a.h.Verdict().Successes, "none of it is volume")
}
