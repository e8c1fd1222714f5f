package rctest

import (
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An emulator inside a program has no pages. It says where the data is and how to get the pages.
func TestEmbedHasNoPages(t *testing.T) {
	s, err := Embed(Config{Consent: true})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	consent := url.Values{"response_type": {"code"}, "client_id": {s.ClientID}, "redirect_uri": {"https://app.example"}}
	for path, want := range map[string]int{
		ConsolePath: 501, "/restapi/oauth/authorize?" + consent.Encode(): 501, ConsolePath + ".json": 200,
	} {
		resp, err := http.Get(s.URL + path)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, want, resp.StatusCode, path)
		if want == 501 {
			assert.Contains(t, string(body), "go tool gradtest emulator")
			assert.Contains(t, string(body), ConsolePath+".json")
		}
	}
}
