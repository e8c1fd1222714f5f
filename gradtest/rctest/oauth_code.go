package rctest

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"sync"
	"time"
)

const (
	codeLife  = 60 * time.Second
	codesKept = 1000
)

// codes holds the authorization codes issued. The zero value is ready for use.
type codes struct {
	mu    sync.Mutex
	open  map[digest]*code
	order []digest // oldest first
}

// code is an authorization code with the data of its authorization request.
type code struct {
	user      *user
	redirect  string
	challenge string // PKCE; empty: none
	method    string
	nonce     string
	openID    bool // scope openid was asked for
	issued    time.Time

	used    bool     // presented once
	again   bool     // presented more than once
	session *session // created with it; nil: none yet
}

func (c *codes) issue(f form, who *user, now time.Time) string {
	value := "U0pDMTFQMDFQQVMwMA" + randomText(24)
	key := digestOf(value)
	got := &code{
		user: who, redirect: f["redirect_uri"], challenge: f["code_challenge"], method: f["code_challenge_method"],
		nonce: f["nonce"], issued: now,
	}
	for name := range strings.FieldsSeq(f["scope"]) {
		got.openID = got.openID || name == "openid"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = make(map[digest]*code)
	}
	c.open[key] = got
	c.order = append(c.order, key)
	if len(c.order) > codesKept {
		delete(c.open, c.order[0])
		c.order = append([]digest(nil), c.order[1:]...)
	}
	return value
}

// redeem exchanges a code. Every attempt uses the code up, even a failed one. A second attempt means that the code was
// stolen, so it ends the session that the first created, as OAuth recommends; what the platform does is not known.
func (x *exchange) redeem(c *client, f form) (*code, *oauthError) {
	if f["code"] == "" {
		return nil, oauthMissing("code")
	}
	got, first, yielded := x.h.codes.take(f["code"], c.own)
	switch {
	case got == nil:
		return nil, oauthCodeInvalid
	case !c.own:
		return nil, oauthCodeOther
	case !first:
		if yielded != nil {
			x.h.sessions.cancel(yielded)
		}
		return nil, oauthCodeInvalid
	case x.at.Sub(got.issued) >= codeLife:
		return nil, oauthCodeExpired
	case f["redirect_uri"] == "":
		return nil, oauthMissing("redirect_uri")
	case f["redirect_uri"] != got.redirect:
		return nil, oauthRedirect
	}
	return got, got.verify(f["code_verifier"])
}

// take finds a code and, if it belongs to the app, uses it up. If it was used before, first is false and yielded is the
// session created with it.
func (c *codes) take(value string, own bool) (got *code, first bool, yielded *session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	got = c.open[digestOf(value)]
	if got == nil || !own {
		return got, false, nil
	}
	first = !got.used
	got.used, got.again = true, !first
	return got, first, got.session
}

// settle records the session created with a code. If the code was presented again meanwhile, it ends the session.
func (c *codes) settle(got *code, n *session, all *sessions) {
	c.mu.Lock()
	got.session = n
	again := got.again
	c.mu.Unlock()
	if again {
		all.cancel(n)
	}
}

// verify checks PKCE. A verifier for a code without challenge is an error too: the challenge may have been stripped.
func (c *code) verify(verifier string) *oauthError {
	switch {
	case c.challenge == "" && verifier == "":
		return nil
	case c.challenge == "":
		return oauthVerifier
	case verifier == "":
		return oauthMissing("code_verifier")
	}
	derived := verifier
	if c.method == "S256" {
		sum := sha256.Sum256([]byte(derived))
		derived = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if subtle.ConstantTimeCompare([]byte(derived), []byte(c.challenge)) != 1 {
		return oauthVerifier
	}
	return nil
}
