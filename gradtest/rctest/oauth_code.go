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

// codes are the authorization codes that have been handed out. The zero value is ready for use.
type codes struct {
	mu    sync.Mutex
	open  map[digest]*code
	order []digest // oldest first
}

// code is one of them, with what the authorization request said.
type code struct {
	user      *user
	redirect  string
	challenge string // PKCE; empty: none
	method    string
	nonce     string
	openID    bool // scope openid was asked for
	issued    time.Time

	used    bool     // somebody tried to redeem it
	again   bool     // twice
	session *session // what it yielded
}

func (c *codes) issue(f form, who *user, now time.Time) string {
	value := "U0pDMTFQMDFQQVMwMA" + randomText(24)
	key := digestOf(value)
	got := &code{
		user: who, redirect: f["redirect_uri"], challenge: f["code_challenge"], method: f["code_challenge_method"], nonce: f["nonce"], issued: now,
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

// redeem takes a code back, whatever comes of it: a code is good for one try. Whoever tries again has stolen it or was stolen
// from, so the session ends that it yielded; OAuth advises that, and of the platform it is not known.
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

// take finds a code and, for the app that it belongs to, uses it up; first is false for one that is, and yielded the session
// that came of it.
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

// settle remembers what a code yielded. If somebody tried it a second time meanwhile, that ends at once.
func (c *codes) settle(got *code, n *session, all *sessions) {
	c.mu.Lock()
	got.session = n
	again := got.again
	c.mu.Unlock()
	if again {
		all.cancel(n)
	}
}

// verify is the check of PKCE. A verifier for a code without challenge is a fault too: somebody took the challenge away.
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
