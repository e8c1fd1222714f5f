package rctest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"strings"
)

// OtherApp is an additional app. It can authenticate and nothing else: no user logs in to it, so every code and token
// that it presents belongs to another app.
type OtherApp struct {
	ClientID     string
	ClientSecret string // empty: a public app
	Sandbox      bool   // registered for the sandbox: authentication fails with OAU-165
}

// client is an app that token requests may come from.
type client struct {
	id      string
	secret  string // empty: a public app
	key     crypto.PublicKey
	own     bool // the emulated app
	sandbox bool
}

// app finds an app by its client id, or returns nil.
func (s *settings) app(id string) *client {
	for i := range s.apps {
		if s.apps[i].id == id {
			return &s.apps[i]
		}
	}
	return nil
}

// methods returns the app's authentication methods and signature algorithms, as named in the discovery document.
func (c *client) methods() (methods, algorithms []string) {
	if c.secret == "" {
		methods = []string{"none"}
	} else {
		methods, algorithms = []string{"client_secret_basic", "client_secret_jwt"}, []string{"HS256"}
	}
	switch c.key.(type) {
	case *rsa.PublicKey:
		return append(methods, "private_key_jwt"), append(algorithms, "RS256")
	case *ecdsa.PublicKey:
		return append(methods, "private_key_jwt"), append(algorithms, "ES256")
	}
	return methods, algorithms
}

// client authenticates the app that sends the request: by Basic, by a signed assertion, or for a public app by
// client_id in the form. SDKs may send client_id in addition to the first two; it must then be the same.
func (x *exchange) client(f form) (*client, *oauthError) {
	var c *client
	var denial *oauthError
	header := strings.TrimSpace(x.r.Header.Get("Authorization"))
	signed := f["client_assertion"] != "" || f["client_assertion_type"] != ""
	switch {
	case header != "" && (signed || f["client_secret"] != ""):
		return nil, oauthTwoClients
	case header != "":
		c, denial = x.basic(header)
	case signed:
		c, denial = x.signed(f)
	default:
		c, denial = x.public(f["client_id"])
	}
	switch {
	case denial != nil:
		return nil, denial
	case f["client_id"] != "" && f["client_id"] != c.id:
		return nil, x.h.oauthUnknownClient(f["client_id"])
	case c.sandbox:
		return nil, x.h.oauthSandbox(c.id)
	}
	return c, nil
}

func (x *exchange) basic(header string) (*client, *oauthError) {
	scheme, value, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return nil, oauthNoClient
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	id, secret, found := strings.Cut(string(decoded), ":")
	if err != nil || !found || id == "" {
		return nil, oauthNoClient
	}
	c := x.h.app(id)
	if c == nil {
		if plain, err := url.QueryUnescape(id); err == nil {
			c = x.h.app(plain)
		}
	}
	if c == nil || c.secret == "" || !same(secret, c.secret) {
		return nil, x.h.oauthUnknownClient(id)
	}
	return c, nil
}

func (x *exchange) public(id string) (*client, *oauthError) {
	c := x.h.app(id)
	switch {
	case id == "":
		return nil, oauthNoClient
	case c == nil:
		return nil, x.h.oauthUnknownClient(id)
	case c.secret != "":
		return nil, oauthNoClient
	}
	return c, nil
}

// signed authenticates an app by the assertion in the form.
func (x *exchange) signed(f form) (*client, *oauthError) {
	switch {
	case f["client_assertion"] == "":
		return nil, oauthMissing("client_assertion")
	case f["client_assertion_type"] != assertionType:
		return nil, oauthValue("client_assertion_type")
	}
	a, ok := parseAssertion(f["client_assertion"])
	if !ok {
		return nil, oauthAssertion("The client assertion is not a JWT")
	}
	c := x.h.app(a.claims.Issuer)
	if c == nil {
		return nil, x.h.oauthUnknownClient(a.claims.Issuer)
	}
	if denial := a.verify(c); denial != nil {
		return nil, denial
	}
	base := x.base()
	return c, a.checkClaims(x.at, base, base+"/restapi/oauth/token", base+x.r.URL.Path)
}

// same compares a credential as sent and, because OAuth requires form encoding and the platform's SDKs omit it,
// unescaped.
func same(got, want string) bool {
	if subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1 {
		return true
	}
	plain, err := url.QueryUnescape(got)
	return err == nil && subtle.ConstantTimeCompare([]byte(plain), []byte(want)) == 1
}
