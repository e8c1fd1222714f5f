package rctest

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHosts: a page whose host name was rebound to this machine reads nothing, not even the credentials.
func TestHosts(t *testing.T) {
	s := NewServer(t, Config{Hosts: []string{"emulator"}, Consent: true})
	for host, want := range map[string]bool{
		"": true, "localhost": true, "emulator:8080": true, "evil.example": false, "127.0.0.1.evil.example": false, "10.9.8.7": false,
	} {
		for _, path := range []string{"/emulator/v1/credentials", ConsolePath, consentPath, "/restapi", "/restapi/v1.0/account/~"} {
			req, err := http.NewRequest("GET", s.URL+path, nil)
			require.NoError(t, err)
			req.Host = host
			resp, err := s.Client().Do(req)
			require.NoError(t, err)
			resp.Body.Close()
			assert.Equal(t, want, resp.StatusCode != http.StatusMisdirectedRequest, "%q %s: %s", host, path, resp.Status)
		}
	}
	for _, c := range s.Calls() {
		assert.NotEqual(t, http.StatusMisdirectedRequest, c.Status, "what is for another server is no call")
	}
	_, err := NewHandler(Config{Hosts: []string{"emulator:80"}})
	assert.ErrorContains(t, err, "without scheme and port")
}

func TestRedirectSchemes(t *testing.T) {
	for address, want := range map[string]bool{
		"https://app.example/back": true, "http://localhost:8080/back": true, "myapp:/back": true, "com.example.app://back": true,
		"javascript:alert(1)": false, "JavaScript://x/%0aalert(1)": false, "data:text/html,x": false, "file:///etc/passwd": false,
		"vbscript:x": false, "blob:https://a.example/1": false, "https:back": false, "https://user:pass@app.example/back": false,
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		assert.Equal(t, want, redirectable(u), address)
		a := newStranger(t, Config{Limits: Unlimited()})
		got := a.send(formRequest("authorize", url.Values{
			"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {address},
		}))
		assert.Equal(t, want, got.status == http.StatusFound, "%s: %d %s", address, got.status, got.body)
		_, err = NewHandler(Config{RedirectURIs: []string{address}})
		assert.Equal(t, want, err == nil, "%s: %v", address, err)
	}
}

// TestWebhookAddressHasNoUserInfo: it would be in every copy of the subscription.
func TestWebhookAddressHasNoUserInfo(t *testing.T) {
	a := newApp(t, Config{})
	for _, address := range []string{"https://user:hush@hook.example/x", "https://user@hook.example/x", "http://user:hush@127.0.0.1:1/"} {
		got := a.call("POST /restapi/v1.0/subscription", fmt.Sprintf(onOwnChange, address))
		assert.Equal(t, http.StatusBadRequest, got.status, address)
		assert.NotContains(t, got.body, "hush")
	}
}
