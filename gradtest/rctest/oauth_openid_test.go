package rctest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestDiscoveryLeadsSomewhere(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), Scopes: []rcapi.Scope{"SMS"}, Grants: []string{GrantJWT, GrantCode}})
	m := a.call("GET /.well-known/openid-configuration").json(t)
	assert.Equal(t, "http://example.com", m["issuer"])
	for key, value := range m {
		if !strings.HasSuffix(key, "_endpoint") && key != "jwks_uri" {
			continue
		}
		u, err := url.Parse(value.(string))
		assert.NoError(t, err)
		_, get := rcapi.Match("GET", u.Path)
		_, post := rcapi.Match("POST", u.Path)
		assert.True(t, get || post, key)
	}
	assert.Equal(t, []any{"openid", "profile", "email"}, m["scopes_supported"])
	assert.Equal(t, []any{GrantJWT, GrantCode}, m["grant_types_supported"])
	assert.Equal(t, []any{"client_secret_basic", "client_secret_jwt"}, m["token_endpoint_auth_methods_supported"])
	assert.Equal(t, []any{"HS256"}, m["revocation_endpoint_auth_signing_alg_values_supported"])
	m = newStranger(t, Config{Public: true}).call("GET /.well-known/openid-configuration").json(t)
	assert.Empty(t, m["token_endpoint_auth_methods_supported"])
	assert.NotContains(t, m, "token_endpoint_auth_signing_alg_values_supported")
}

func TestUserInfo(t *testing.T) {
	a := newApp(t, Config{})
	m := a.call("GET /restapi/oauth/userinfo").json(t)
	assert.Equal(t, extensionID, m["sub"])
	assert.Equal(t, email, m["email"])
}

func TestWebSocketToken(t *testing.T) {
	a := newApp(t, Config{Scopes: []rcapi.Scope{"WebSocketsSubscription"}})
	m := a.call("POST /restapi/oauth/wstoken").json(t)
	assert.Equal(t, "wss://example.com/ws", m["uri"])
	assert.NotEmpty(t, m["ws_access_token"])
	assert.Equal(t, 403, newApp(t, Config{Scopes: []rcapi.Scope{}}).call("POST /restapi/oauth/wstoken").status)
}

func TestVersions(t *testing.T) {
	a := newApp(t, Config{})
	assert.Len(t, a.call("GET /restapi").json(t)["apiVersions"], 1)
	assert.Equal(t, "v1.0", a.call("GET /restapi/v1.0").json(t)["versionString"])
}
