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

// OtherApp is an app beside the emulated one. It can say who it is, and that is all: no user logs in to it, so that codes and
// tokens are always another app's.
type OtherApp struct {
	ClientID     string
	ClientSecret string // empty: a public app
	Sandbox      bool   // registered for the sandbox, and turned away with OAU-165 where it authenticates
}

// client is an app that token requests may come from.
type client struct {
	id      string
	secret  string // empty: a public app
	key     crypto.PublicKey
	own     bool // the emulated app
	sandbox bool
}

// app finds the app of a client id.
func (s *settings) app(id string) *client {
	for i := range s.apps {
		if s.apps[i].id == id {
			return &s.apps[i]
		}
	}
	return nil
}

// methods are the ways in which the app can say who it is, as the discovery document names them, and how it signs.
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

// client finds the app that sends the request: by Basic, by an assertion that it signed, or for a public app by client_id in
// the form. A client_id beside them must be the same; SDKs send both.
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

// signed is the app whose assertion stands in the form.
func (x *exchange) signed(f form) (*client, *oauthError) {
	switch {
	case f["client_assertion"] == "":
		return nil, oauthMissing("client_assertion")
	case f["client_assertion_type"] != assertionType:
		return nil, oauthValue("client_assertion_type")
	}
	a, ok := parseAssertion(f["client_assertion"])
	if !ok {
		return nil, oauthAssertion("The client assertion is no JWT")
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

// same compares a credential as it stands and, since OAuth asks for that and the platform's SDKs do not do it, unescaped.
func same(got, want string) bool {
	if subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1 {
		return true
	}
	plain, err := url.QueryUnescape(got)
	return err == nil && subtle.ConstantTimeCompare([]byte(plain), []byte(want)) == 1
}
