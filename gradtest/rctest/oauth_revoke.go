package rctest

import (
	"net/http"
)

// revoke is POST /restapi/oauth/revoke: it ends the session of an access or refresh token, given in the form or in the query.
// A token that has ended already is no fault; one that never was is.
func revoke(x *exchange) *problem {
	f, fault := readForm(x.r)
	if fault == faultContentType {
		fault = faultForm // documented: 400, and not 415 as for tokens
		if body, err := readBody(x.r, formLimit); err == nil && len(body) == 0 {
			f, fault = form{}, nil // all of it is in the query
		}
	}
	if fault != nil {
		x.deny(fault)
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
	c, fault := x.client(f)
	switch {
	case fault != nil:
	case f["token"] == "":
		fault = faultMissing("token")
	case !c.own && x.h.sessions.issued(f["token"]):
		fault = faultOtherClient
	case !c.own || !x.h.sessions.revoke(f["token"]):
		fault = faultTokenNotFound
	}
	if fault != nil {
		x.deny(fault)
		return nil
	}
	x.send(http.StatusOK, nil, nil)
	return nil
}
