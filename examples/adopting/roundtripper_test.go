package adopting

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

// tagged is a transport of the app, in front of the next one.
type tagged struct{ next http.RoundTripper }

func (t tagged) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", "crm/1.0")
	return t.next.RoundTrip(r)
}

func TestRoundTripper(t *testing.T) {
	s := gradtest.Start(t, app)
	last := &http.Transport{Proxy: http.ProxyFromEnvironment} // the app's own, behind the session
	client := &http.Client{Transport: tagged{s.Transport(last)}}
	_, err := crm.New(client, s.URL()).Owner(t.Context())
	require.NoError(t, err)
}
