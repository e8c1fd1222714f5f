package rctest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"sync"
	"time"
)

// keyring is the key that signs ID tokens. It is generated on first use, because that takes longer than the rest of the
// start together and most apps never need it. Why no JOSE library is used: see oauth_assertion.go.
type keyring struct {
	once sync.Once
	id   string
	key  *rsa.PrivateKey
}

func (k *keyring) open() (id string, key *rsa.PrivateKey) {
	k.once.Do(func() {
		k.key, _ = rsa.GenerateKey(rand.Reader, 2048) // crypto/rand does not fail
		k.id = randomText(16)
	})
	return k.id, k.key
}

// sign returns a JWT of the claims.
func (k *keyring) sign(claims map[string]any) string {
	id, key := k.open()
	part := func(v any) string {
		b, _ := json.Marshal(v) // maps of strings and numbers always marshal
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(map[string]any{"alg": "RS256", "typ": "JWT", "kid": id}) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	signature, _ := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:]) // the key is long enough
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// jwks handles GET /restapi/oauth/jwks.
func jwks(x *exchange) *problem {
	id, key := x.h.keys.open()
	t := &jsonText{b: make([]byte, 0, 512)}
	t.open('{')
	t.array("keys")
	t.open('{')
	t.string("kty", "RSA")
	t.string("use", "sig")
	t.string("alg", "RS256")
	t.string("kid", id)
	t.string("n", base64.RawURLEncoding.EncodeToString(key.N.Bytes()))
	t.string("e", base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()))
	t.end()
	t.done()
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}

// idToken returns an ID token of the user for the app.
func (x *exchange) idToken(who *user, from *code, p pair) string {
	claims := map[string]any{
		"iss": x.base(), "sub": who.extensionID, "aud": x.h.credentials.ClientID,
		"exp": x.at.Add(time.Hour).Unix(), "iat": x.at.Unix(), "auth_time": from.issued.Unix(),
		"name": who.Name, "email": who.email, "phone_number": who.number,
	}
	if from.nonce != "" {
		claims["nonce"] = from.nonce
	}
	sum := sha256.Sum256([]byte(p.access.value))
	claims["at_hash"] = base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
	return x.h.keys.sign(claims)
}
