package rctest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// knownGrants are the grant types that the emulator supports.
var knownGrants = []string{GrantJWT, GrantCode, GrantRefresh, GrantPassword}

// otherGrants are grant types that the platform has for partners and internal apps. The emulator refuses them by name.
var otherGrants = []string{
	"partner_jwt", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code", "ivr_pin", "otp", "guest",
}

// issueToken handles POST /restapi/oauth/token.
func issueToken(x *exchange) *problem {
	f, denial := readForm(x.r)
	var c *client
	if denial == nil {
		c, denial = x.client(f)
	}
	if denial == nil {
		denial = x.h.enabled(c, f["grant_type"])
	}
	var life ttl
	if denial == nil {
		life, denial = lifetimes(f)
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	if !slices.Contains(x.h.grants, GrantRefresh) {
		life.refresh = 0
	}
	if f["grant_type"] == GrantRefresh {
		return x.refresh(c, f, life)
	}
	return x.login(c, f, life)
}

func (h *Handler) enabled(c *client, grant string) *oauthError {
	switch {
	case grant == "":
		return oauthMissing("grant_type")
	case !c.own && (grant == GrantJWT || grant == GrantPassword):
		return oauthGrant
	case slices.Contains(h.grants, grant):
		return nil
	case grant == "client_credentials":
		return oauthPartnerGrant
	case slices.Contains(knownGrants, grant), slices.Contains(otherGrants, grant):
		return oauthGrant
	}
	return oauthGrantType
}

// refresh continues a session with the same scopes.
func (x *exchange) refresh(c *client, f form, life ttl) *problem {
	denial := oauthTokenNotFound // the response if another app presents it
	var p pair
	switch {
	case f["refresh_token"] == "":
		denial = oauthMissing("refresh_token")
	case c.own:
		p, denial = x.h.sessions.refresh(f["refresh_token"], life, x.at)
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	x.grant(p, "")
	return nil
}

// login opens a session.
func (x *exchange) login(c *client, f form, life ttl) *problem {
	h := x.h
	scopes, openID, denial := h.scopes.narrow(f["scope"])
	var who *user
	var granted *code
	if denial == nil {
		switch f["grant_type"] {
		case GrantJWT:
			who, denial = h.assertion(f["assertion"], x.at)
		case GrantPassword:
			who, denial = h.owner(f)
		case GrantCode:
			if granted, denial = x.redeem(c, f); granted != nil {
				who = granted.user
			}
		}
	}
	if denial == nil {
		denial = who.loginError(f["grant_type"])
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	p, ok := h.sessions.begin(who, scopes, f["endpoint_id"], life, x.at)
	if !ok {
		return problemRate
	}
	idToken := ""
	if granted != nil {
		h.codes.settle(granted, p.access.session, h.sessions)
		if granted.openID || openID {
			idToken = x.idToken(who, granted, p)
		}
	}
	x.grant(p, idToken)
	return nil
}

// assertion finds the user of a JWT credential. Any other JWT is reported as having an invalid signature.
func (h *Handler) assertion(jwt string, now time.Time) (*user, *oauthError) {
	if jwt == "" {
		return nil, oauthMissing("assertion")
	}
	var found *user
	for _, u := range h.users {
		if same(jwt, u.JWT) {
			found = u
		}
	}
	switch {
	case found == nil:
		if algorithm, ok := jwtAlgorithm(jwt); ok && algorithm != "RS256" {
			return nil, oauthAlgorithm
		}
		return nil, oauthSignature
	case !found.JWTExpires.IsZero() && !now.Before(found.JWTExpires):
		return nil, oauthJWTExpired
	case found.JWTClients != nil && !slices.Contains(found.JWTClients, h.credentials.ClientID):
		return nil, oauthJWTClient
	}
	return found, nil
}

// owner finds the user of a user name and password. The extension number may follow the name after an asterisk or be in
// the field extension; together with it, the company's main number is a user name of every user.
func (h *Handler) owner(f form) (*user, *oauthError) {
	name, extension, _ := strings.Cut(f["username"], "*")
	if extension == "" {
		extension = f["extension"]
	}
	if name == "" || f["password"] == "" {
		return nil, oauthOwnerMissing
	}
	var found *user
	for _, u := range h.users {
		named := name == u.Username || name == mainNumber && extension != ""
		if same(f["password"], u.Password) && named && (extension == "" || extension == u.ExtensionNumber) {
			found = u
		}
	}
	if found == nil {
		return nil, oauthOwner
	}
	return found, nil
}

// grant sends the token response. If a pair is returned again, its lifetimes are the remaining seconds.
func (x *exchange) grant(p pair, idToken string) {
	x.w.Header()["Cache-Control"] = noStore
	x.send(http.StatusOK, typeJSON, p.render(x.at, idToken))
}

func (p pair) render(now time.Time, idToken string) []byte {
	s := p.access.session
	t := &jsonText{b: make([]byte, 0, 768+len(s.scopes.text)+len(idToken))}
	left := func(until time.Time) int { return max(0, int(until.Sub(now)/time.Second)) }
	t.open('{')
	t.string("access_token", p.access.value)
	t.string("token_type", "bearer")
	t.int("expires_in", left(p.access.expires))
	if p.refresh != nil {
		t.string("refresh_token", p.refresh.value)
		t.int("refresh_token_expires_in", left(p.refresh.expires))
	}
	t.string("scope", s.scopes.text)
	t.string("owner_id", s.user.extensionID)
	t.string("endpoint_id", s.endpointID)
	t.string("session_id", s.id)
	if !s.until.IsZero() {
		t.int("session_expires_in", left(s.until))
		t.time("session_expiration_time", s.until)
	}
	if s.idle > 0 {
		t.int("session_idle_timeout", int(s.idle/time.Second))
	}
	if idToken != "" {
		t.string("id_token", idToken)
	}
	t.end()
	return t.b
}
