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
	if fault == nil {
		fault = x.client(f)
	}
	if fault == nil {
		fault = x.h.enabled(f["grant_type"])
	}
	if fault != nil {
		x.deny(fault)
		return nil
	}
	life, fault := lifetimes(f)
	if fault != nil {
		x.deny(fault)
		return nil
	}
	if !slices.Contains(x.h.grants, GrantRefresh) {
		life.refresh = 0
	}
	p, fault := x.h.grant(f, life, x.at)
	if fault != nil {
		x.deny(fault)
		return nil
	}
	x.w.Header()["Cache-Control"] = noStore
	x.send(http.StatusOK, typeJSON, p.render(x.at))
	return nil
}

func (h *Handler) enabled(grant string) *oauthFault {
	switch {
	case grant == "":
		return faultMissing("grant_type")
	case slices.Contains(h.grants, grant):
		return nil
	case slices.Contains(knownGrants, grant), slices.Contains(otherGrants, grant):
		return faultGrant
	}
	return faultGrantType
}

// grant is what each grant type asks for.
func (h *Handler) grant(f form, life ttl, now time.Time) (pair, *oauthFault) {
	if f["grant_type"] == GrantRefresh {
		if f["refresh_token"] == "" {
			return pair{}, faultMissing("refresh_token")
		}
		return h.sessions.refresh(f["refresh_token"], life, now)
	}
	scopes, ok := h.scopes.narrow(f["scope"])
	if !ok {
		return pair{}, faultScope
	}
	var fault *oauthFault
	switch f["grant_type"] {
	case GrantJWT:
		fault = h.assertion(f["assertion"])
	case GrantPassword:
		fault = h.owner(f)
	case GrantCode:
		fault = h.codes.redeem(f, now)
	}
	if fault != nil {
		return pair{}, fault
	}
	return h.sessions.begin(h.user, scopes, f["endpoint_id"], life, now), nil
}

// assertion knows one JWT credential. What else looks like a JWT is taken for one with a bad signature.
func (h *Handler) assertion(jwt string) *oauthFault {
	switch {
	case jwt == "":
		return faultMissing("assertion")
	case same(jwt, h.credentials.JWT):
		return nil
	}
	if algorithm, ok := jwtAlgorithm(jwt); ok && algorithm != "RS256" {
		return faultAlgorithm
	}
	return faultSignature
}

// owner checks user name and password. The extension may follow the number after an asterisk or have its own field.
func (h *Handler) owner(f form) *oauthFault {
	name, extension, _ := strings.Cut(f["username"], "*")
	if extension == "" {
		extension = f["extension"]
	}
	switch {
	case name == "" || f["password"] == "":
		return faultOwnerMissing
	case extension != "" && extension != extensionNumber, name != h.credentials.Username, !same(f["password"], h.credentials.Password):
		return faultOwner
	}
	return nil
}

// render is the token response. Of a pair that is handed out again, the seconds that are left.
func (p pair) render(now time.Time) []byte {
	s := p.access.session
	t := &text{b: make([]byte, 0, 768+len(s.scopes.text))}
	t.open('{')
	t.string("access_token", p.access.value)
	t.string("token_type", "bearer")
	t.int("expires_in", int(p.access.expires.Sub(now)/time.Second))
	if p.refresh != nil {
		t.string("refresh_token", p.refresh.value)
		t.int("refresh_token_expires_in", int(p.refresh.expires.Sub(now)/time.Second))
	}
	t.string("scope", s.scopes.text)
	t.string("owner_id", s.user.extensionID)
	t.string("endpoint_id", s.endpointID)
	t.string("session_id", s.id)
	t.end()
	return t.b
}
