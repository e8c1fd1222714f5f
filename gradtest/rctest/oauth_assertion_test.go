package rctest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// signedJWT makes a JWT with a key: a text for HS256, or a private one.
func signedJWT(tb testing.TB, key any, claims map[string]any) string {
	tb.Helper()
	part := base64.RawURLEncoding.EncodeToString
	body, err := json.Marshal(claims)
	require.NoError(tb, err)
	text := func(algorithm string) string {
		return part([]byte(`{"typ":"JWT","alg":"`+algorithm+`"}`)) + "." + part(body)
	}
	var signed string
	var signature []byte
	switch k := key.(type) {
	case string:
		signed = text("HS256")
		mac := hmac.New(sha256.New, []byte(k))
		mac.Write([]byte(signed))
		signature = mac.Sum(nil)
	case *rsa.PrivateKey:
		signed = text("RS256")
		sum := sha256.Sum256([]byte(signed))
		signature, err = rsa.SignPKCS1v15(nil, k, crypto.SHA256, sum[:])
	case *ecdsa.PrivateKey:
		signed = text("ES256")
		sum := sha256.Sum256([]byte(signed))
		r, s, failed := ecdsa.Sign(rand.Reader, k, sum[:])
		err, signature = failed, make([]byte, 64)
		r.FillBytes(signature[:32])
		s.FillBytes(signature[32:])
	case nil:
		signed = text("none")
	}
	require.NoError(tb, err)
	return signed + "." + part(signature)
}

func TestSignedClients(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	otherEC, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)

	for _, c := range []struct {
		name   string
		public crypto.PublicKey
		key    any
		claims map[string]any // over the good ones; nil takes one away
		form   url.Values     // serviceGroup the good ones
		code   string         // empty: passes
	}{
		{name: "HS256", key: "secret"},
		{name: "HS256, with a key registered", public: &rsaKey.PublicKey, key: "secret"},
		{name: "RS256", public: &rsaKey.PublicKey, key: rsaKey},
		{name: "ES256", public: &ecKey.PublicKey, key: ecKey},
		{name: "audience is the issuer", key: "secret", claims: map[string]any{"aud": "http://example.com/"}},
		{name: "audiences", key: "secret", claims: map[string]any{"aud": []string{"x", "http://example.com/restapi/oauth/token"}}},
		{name: "client_id as well", key: "secret", form: url.Values{"client_id": {"app"}}},
		{name: "clock a little ahead", key: "secret", claims: map[string]any{"iat": 30, "nbf": 60}},
		{name: "times in fractions", key: "secret", claims: map[string]any{"exp": 0.5}},

		{name: "wrong secret", key: "guess", code: "OAU-345"},
		{name: "RS256 without a key registered", key: rsaKey, code: "OAU-345"},
		{name: "RS256 for a key on P-256", public: &ecKey.PublicKey, key: rsaKey, code: "OAU-345"},
		{name: "ES256 for an RSA key", public: &rsaKey.PublicKey, key: ecKey, code: "OAU-345"},
		{name: "another key", public: &ecKey.PublicKey, key: otherEC, code: "OAU-345"},
		{name: "unsigned", key: nil, code: "OAU-347"},
		{name: "expired", key: "secret", claims: map[string]any{"exp": 0}, code: "OAU-123"},
		{name: "no expiry", key: "secret", claims: map[string]any{"exp": nil}, code: "OAU-123"},
		{name: "not yet", key: "secret", claims: map[string]any{"nbf": 61}, code: "OAU-123"},
		{name: "from the future", key: "secret", claims: map[string]any{"iat": 61}, code: "OAU-123"},
		{name: "another audience", key: "secret", claims: map[string]any{"aud": "https://platform.example/restapi/oauth/token"}, code: "OAU-123"},
		{name: "no audience", key: "secret", claims: map[string]any{"aud": nil}, code: "OAU-123"},
		{name: "another subject", key: "secret", claims: map[string]any{"sub": "other"}, code: "OAU-123"},
		{name: "unknown issuer", key: "secret", claims: map[string]any{"iss": "other", "sub": "other"}, code: "OAU-153"},
		{name: "no issuer", key: "secret", claims: map[string]any{"iss": nil}, code: "OAU-153"},
		{name: "another client_id", key: "secret", form: url.Values{"client_id": {"other"}}, code: "OAU-153"},
		{name: "claims that are none", key: "secret", claims: map[string]any{"exp": "soon"}, code: "OAU-123"},
		{name: "type", key: "secret", form: url.Values{"client_assertion_type": {"jwt"}}, code: "CMN-101"},
		{name: "no type", key: "secret", form: url.Values{"client_assertion_type": {""}}, code: "CMN-101"},
		{name: "type alone", key: "secret", form: url.Values{"client_assertion": {""}}, code: "CMN-100"},
		{name: "garbage", key: "secret", form: url.Values{"client_assertion": {"a.b"}}, code: "OAU-123"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newStranger(t, Config{ClientID: "app", ClientSecret: "secret", ClientKey: c.public})
				claims := map[string]any{"iss": "app", "sub": "app", "aud": "http://example.com/restapi/oauth/token", "exp": time.Now().Unix() + 60}
				for name, v := range c.claims {
					switch n := v.(type) {
					case nil:
						delete(claims, name)
					case int:
						claims[name] = time.Now().Unix() + int64(n)
					case float64:
						claims[name] = float64(time.Now().Unix()) + n
					default:
						claims[name] = v
					}
				}
				form := url.Values{
					"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT},
					"client_assertion_type": {assertionType}, "client_assertion": {signedJWT(t, c.key, claims)},
				}
				maps.Copy(form, c.form)
				got := a.send(formRequest("token", form))
				if c.code == "" {
					assert.Equal(t, 200, got.status, got.body)
					return
				}
				assert.Equal(t, 400, got.status)
				assert.Equal(t, c.code, got.codes(t)[1], got.body)
				if c.form == nil {
					assert.Equal(t, "invalid_client", got.json(t)["error"])
				}
				assert.NotContains(t, got.body, form.Get("client_assertion")+".")
			})
		})
	}
}

func TestSignedRevoke(t *testing.T) {
	a := newApp(t, Config{ClientID: "app", ClientSecret: "secret"})
	claims := map[string]any{"iss": "app", "sub": "app", "aud": "http://example.com/restapi/oauth/revoke", "exp": time.Now().Unix() + 60}
	form := url.Values{"token": {a.token}, "client_assertion_type": {assertionType}, "client_assertion": {signedJWT(t, "secret", claims)}}
	assert.Equal(t, 200, a.send(formRequest("revoke", form)).status)
	assert.Equal(t, 401, a.call(getOwn).status)
}

// TestPublicAppSignsWithItsKey: an app without a secret must not accept HS256 with an empty one.
func TestPublicAppSignsWithItsKey(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	a := newStranger(t, Config{ClientID: "app", Public: true, ClientKey: &key.PublicKey, Limits: Unlimited()})
	claims := map[string]any{"iss": "app", "sub": "app", "aud": "http://example.com/restapi/oauth/token", "exp": time.Now().Unix() + 60}
	form := url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}, "client_assertion_type": {assertionType}}
	form.Set("client_assertion", signedJWT(t, "", claims))
	assert.Equal(t, "OAU-345", a.send(formRequest("token", form)).codes(t)[1])
	form.Set("client_assertion", signedJWT(t, key, claims))
	assert.Equal(t, 200, a.send(formRequest("token", form)).status)
	m := a.call("GET /.well-known/openid-configuration").json(t)
	assert.Equal(t, []any{"private_key_jwt"}, m["token_endpoint_auth_methods_supported"])
	assert.Equal(t, []any{"ES256"}, m["token_endpoint_auth_signing_alg_values_supported"])
}

func FuzzAssertion(f *testing.F) {
	f.Add("a.b.c")
	f.Add(signedJWT(f, "secret", map[string]any{"iss": "app", "aud": []string{"x"}, "exp": 1e300}))
	f.Add(signedJWT(f, nil, map[string]any{"aud": 7, "nbf": -1}))
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(f, err)
	f.Add(signedJWT(f, key, map[string]any{}))
	f.Fuzz(func(t *testing.T, jwt string) {
		a, ok := parseAssertion(jwt)
		if !ok {
			return
		}
		for _, c := range []*client{{}, {secret: "another"}, {key: &key.PublicKey}} {
			if a.verify(c) == nil {
				require.NotNil(t, c.key, "no seed is signed with the secret")
			}
		}
		_ = a.checkClaims(time.Unix(0, 0), "x")
	})
}
