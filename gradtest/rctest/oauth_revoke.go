package rctest

import (
	"net/http"
)

// revoke handles POST /restapi/oauth/revoke, which ends the session of an access or refresh token. The token may be in
// the form or in the query. Revoking a session that has already ended succeeds; an unknown token is an error.
func revoke(x *exchange) *problem {
	f, denial := readForm(x.r)
	if denial == oauthContentType {
		denial = oauthForm // documented as 400, unlike 415 for tokens
		if body, err := readBody(x.r, formLimit); err == nil && len(body) == 0 {
			f, denial = form{}, nil // everything is in the query
		}
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	if x.r.URL.RawQuery != "" {
		query := x.r.URL.Query()
		for _, name := range []string{"token", "client_id"} {
			if f[name] == "" {
				f[name] = query.Get(name)
			}
		}
	}
	c, denial := x.client(f)
	switch {
	case denial != nil:
	case f["token"] == "":
		denial = oauthMissing("token")
	case !c.own && x.h.sessions.issued(f["token"]):
		denial = oauthOtherClient
	case !c.own || !x.h.sessions.revoke(f["token"]):
		denial = oauthTokenNotFound
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	x.send(http.StatusOK, nil, nil)
	return nil
}
