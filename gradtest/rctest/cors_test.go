package rctest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPagesOfOtherOriginsCall(t *testing.T) {
	h, err := NewHandler(Config{})
	require.NoError(t, err)
	send := func(method, path string, head ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		for i := 0; i < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	const own = "/restapi/v1.0/account/~/extension/~"
	preflight := send("OPTIONS", own, "Origin", "https://app.example.com", "Access-Control-Request-Method", "PUT",
		"Access-Control-Request-Headers", "authorization,content-type")
	assert.Equal(t, http.StatusNoContent, preflight.Code)
	assert.Equal(t, "*", preflight.Header().Get("Access-Control-Allow-Origin"))
	assert.Contains(t, preflight.Header().Get("Access-Control-Allow-Methods"), "PUT")
	assert.Equal(t, "authorization,content-type", preflight.Header().Get("Access-Control-Allow-Headers"))
	assert.Empty(t, h.Calls(), "a preflight is no call")

	refused := send("GET", own, "Origin", "https://app.example.com")
	assert.Equal(t, http.StatusUnauthorized, refused.Code)
	assert.Equal(t, "*", refused.Header().Get("Access-Control-Allow-Origin"), "the page can read the error")
	assert.Contains(t, refused.Header().Get("Access-Control-Expose-Headers"), "Retry-After")

	assert.Equal(t, http.StatusUnauthorized, send("OPTIONS", own).Code, "no preflight without an origin")
	assert.Empty(t, send("GET", own).Header().Get("Access-Control-Allow-Origin"))
	for _, path := range []string{"/emulator/v1/credentials", "/emulator/"} {
		controls := send("OPTIONS", path, "Origin", "https://app.example.com", "Access-Control-Request-Method", "GET")
		assert.Empty(t, controls.Header().Get("Access-Control-Allow-Origin"), "%s stays closed", path)
	}
}

func TestLoginOverTheLimitIsAPage(t *testing.T) {
	h, err := NewHandler(Config{})
	require.NoError(t, err)
	var last *httptest.ResponseRecorder
	for range 6 {
		r := httptest.NewRequest("GET", "/restapi/oauth/authorize?response_type=code&client_id="+h.Credentials().ClientID+
			"&redirect_uri=https://app.example.com/back", nil)
		r.Header.Set("Accept", "text/html,application/xhtml+xml")
		last = httptest.NewRecorder()
		h.ServeHTTP(last, r)
	}
	assert.Equal(t, http.StatusTooManyRequests, last.Code)
	assert.Equal(t, "text/html; charset=utf-8", last.Header().Get("Content-Type"))
	assert.Contains(t, last.Body.String(), "5 authorization requests in 60")
	assert.Contains(t, last.Body.String(), "--limits auth=0")
}
