package rctest

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// byCode logs in with an authorization code.
func (a *app) byCode(kv ...string) map[string]any {
	a.Helper()
	got := a.oauth("token", url.Values{
		"grant_type": {GrantCode}, "code": {a.consent(kv...).Get("code")}, "redirect_uri": {"https://app.example/back?x=1"},
	})
	require.Equal(a, 200, got.status, got.body)
	return got.json(a)
}

// TestIDToken verifies the token as a client does: with nothing but what the discovery document leads to.
func TestIDToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited(), Users: []User{{Name: "Kim Doe", Username: "kim@example.com"}}})
		kim := a.h.Users()[1]
		m := a.byCode("scope", "openid ReadAccounts", "nonce", "n-0S6", "login_hint", kim.Username)
		parts := strings.Split(m["id_token"].(string), ".")
		require.Len(t, parts, 3)
		decode := func(s string) []byte {
			b, err := base64.RawURLEncoding.DecodeString(s)
			require.NoError(t, err)
			return b
		}
		discovered := a.call("GET /.well-known/openid-configuration").json(t)
		keys, err := url.Parse(discovered["jwks_uri"].(string))
		require.NoError(t, err)
		key := a.call("GET " + keys.Path).json(t)["keys"].([]any)[0].(map[string]any)
		var header map[string]string
		require.NoError(t, json.Unmarshal(decode(parts[0]), &header))
		assert.Equal(t, key["kid"], header["kid"])
		assert.Equal(t, "RS256", header["alg"])
		public := &rsa.PublicKey{N: new(big.Int).SetBytes(decode(key["n"].(string))), E: int(new(big.Int).SetBytes(decode(key["e"].(string))).Int64())}
		sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
		assert.NoError(t, rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], decode(parts[2])))

		var claims map[string]any
		require.NoError(t, json.Unmarshal(decode(parts[1]), &claims))
		now := float64(time.Now().Unix())
		half := sha256.Sum256([]byte(m["access_token"].(string)))
		assert.Equal(t, map[string]any{
			"iss": discovered["issuer"], "sub": kim.ExtensionID, "aud": kim.ClientID, "nonce": "n-0S6",
			"iat": now, "auth_time": now, "exp": now + 3600, "at_hash": base64.RawURLEncoding.EncodeToString(half[:16]),
			"name": "Kim Doe", "email": "kim@example.com", "phone_number": "+16505550102",
		}, claims)
		assert.Equal(t, a.call("GET /restapi/oauth/jwks").body, a.call("GET /restapi/oauth/jwks").body, "the key stays")
	})
}

func TestIDTokenIsTheException(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	assert.NotContains(t, a.byCode("nonce", "n"), "id_token")
	assert.Nil(t, a.h.keys.key, "no key is generated until it is needed")
	m := a.byCode("scope", "openid")
	assert.Contains(t, m, "id_token")
	assert.Equal(t, a.h.scopes.text, m["scope"], "openid is no app scope")
	assert.NotContains(t, a.refresh(m["refresh_token"]).json(t), "id_token")
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "scope": {"openid email SMS"}})
	require.Equal(t, 200, got.status)
	assert.NotContains(t, got.json(t), "id_token", "logging in with a JWT yields no ID token")
	assert.Equal(t, "SMS", got.json(t)["scope"])
}
