package wire

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWithBase(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	w := newScene(t, server.URL)
	through := 0
	own := w.WithBase(baseFunc(func(r *http.Request) (*http.Response, error) {
		through++
		return http.DefaultTransport.RoundTrip(r)
	}))
	for _, rt := range []http.RoundTripper{own, w, w.WithBase(nil)} {
		resp, err := (&http.Client{Transport: rt}).Get(server.URL + "/restapi/v1.0/account/~")
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
	}
	assert.Equal(t, 1, through)
	assert.Len(t, w.store.all(), 3, "the evidence is shared")
}

func TestThePrivateBaseSharesNothing(t *testing.T) {
	base := privateBase().(*http.Transport)
	assert.NotSame(t, http.DefaultTransport, base)
	assert.True(t, base.Protocols.HTTP1())
	assert.False(t, base.Protocols.HTTP2())
	assert.GreaterOrEqual(t, base.MaxIdleConnsPerHost, 100)

	was := http.DefaultTransport
	defer func() { http.DefaultTransport = was }()
	http.DefaultTransport = baseFunc(nil)
	assert.NotNil(t, privateBase().(*http.Transport).Proxy, "a replaced default is not taken over")
}
