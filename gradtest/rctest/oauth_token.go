package rctest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// knownGrants are the grants that the emulator can do.
var knownGrants = []string{GrantJWT, GrantCode, GrantRefresh, GrantPassword}

// otherGrants exist on the platform for partners and internal apps: known, and switched on for nobody here.
var otherGrants = []string{
	"partner_jwt", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code", "ivr_pin", "otp", "guest",
}

// issueToken is POST /restapi/oauth/token.
func issueToken(x *exchange) *problem {
	f, fault := readForm(x.r)
	var c *client
	if fault == nil {
		c, fault = x.client(f)
	}
	if fault == nil {
		fault = x.h.enabled(c, f["grant_type"])
	}
	var life ttl
	if fault == nil {
		life, fault = lifetimes(f)
	}
	if fault != nil {
		x.deny(fault)
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

func (h *Handler) enabled(c *client, grant string) *oauthFault {
	switch {
	case grant == "":
		return faultMissing("grant_type")
	case !c.own && (grant == GrantJWT || grant == GrantPassword):
		return faultGrant
	case slices.Contains(h.grants, grant):
		return nil
	case grant == "client_credentials":
		return faultPartners
	case slices.Contains(knownGrants, grant), slices.Contains(otherGrants, grant):
		return faultGrant
	}
	return faultGrantType
}

// refresh continues a session. Its scopes stay as they are.
func (x *exchange) refresh(c *client, f form, life ttl) *problem {
	fault := faultTokenNotFound // what another app presents
	var p pair
	switch {
	case f["refresh_token"] == "":
		fault = faultMissing("refresh_token")
	case c.own:
		p, fault = x.h.sessions.refresh(f["refresh_token"], life, x.at)
	}
	if fault != nil {
		x.deny(fault)
		return nil
	}
	x.grant(p, "")
	return nil
}

// login opens a session.
func (x *exchange) login(c *client, f form, life ttl) *problem {
	h := x.h
	scopes, openID, fault := h.scopes.asked(f["scope"])
	var who *user
	var granted *code
	if fault == nil {
		switch f["grant_type"] {
		case GrantJWT:
			who, fault = h.assertion(f["assertion"], x.at)
		case GrantPassword:
			who, fault = h.owner(f)
		case GrantCode:
			if granted, fault = x.redeem(c, f); granted != nil {
				who = granted.user
			}
		}
	}
	if fault == nil {
		fault = who.turnedAway(f["grant_type"])
	}
	if fault != nil {
		x.deny(fault)
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

// assertion finds the user of a JWT credential. What else looks like a JWT is taken for one with a bad signature.
func (h *Handler) assertion(jwt string, now time.Time) (*user, *oauthFault) {
	if jwt == "" {
		return nil, faultMissing("assertion")
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
			return nil, faultAlgorithm
		}
		return nil, faultSignature
	case !found.JWTExpires.IsZero() && !now.Before(found.JWTExpires):
		return nil, faultJWTExpired
	case found.JWTClients != nil && !slices.Contains(found.JWTClients, h.credentials.ClientID):
		return nil, faultJWTClient
	}
	return found, nil
}

// owner finds the user of a name and password. The extension may follow the number after an asterisk or have its own field;
// with it, the company's number does for everybody.
func (h *Handler) owner(f form) (*user, *oauthFault) {
	name, extension, _ := strings.Cut(f["username"], "*")
	if extension == "" {
		extension = f["extension"]
	}
	if name == "" || f["password"] == "" {
		return nil, faultOwnerMissing
	}
	var found *user
	for _, u := range h.users {
		named := name == u.Username || name == mainNumber && extension != ""
		if same(f["password"], u.Password) && named && (extension == "" || extension == u.ExtensionNumber) {
			found = u
		}
	}
	if found == nil {
		return nil, faultOwner
	}
	return found, nil
}

// grant answers with the token response. Of a pair that is handed out again it has the seconds that are left.
func (x *exchange) grant(p pair, idToken string) {
	x.w.Header()["Cache-Control"] = noStore
	x.send(http.StatusOK, typeJSON, p.render(x.at, idToken))
}

func (p pair) render(now time.Time, idToken string) []byte {
	s := p.access.session
	t := &text{b: make([]byte, 0, 768+len(s.scopes.text)+len(idToken))}
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
