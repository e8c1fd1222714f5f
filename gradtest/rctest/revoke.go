package rctest

import (
	"mime"
	"net/http"
)

// revoke is POST /restapi/oauth/revoke: it ends the session of an access or refresh token, given in the form or in the query.
// A token that has ended already is no fault; one that never was is.
func revoke(x *exchange) *problem {
	f := form{}
	if x.r.ContentLength != 0 || x.r.Header.Get("Content-Type") != "" {
		media, _, _ := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
		bare := media == "" && (x.r.Body == nil || x.r.Body == http.NoBody)
		if !bare {
			var fault *oauthFault
			if f, fault = readForm(x.r); fault != nil {
				if fault == faultContentType { // documented: 400, and not 415 as for tokens
					fault = faultForm
				}
				x.deny(fault)
				return nil
			}
		}
	}
	if fault := x.client(f); fault != nil {
		x.deny(fault)
		return nil
	}
	value := f["token"]
	if value == "" {
		value = x.r.URL.Query().Get("token")
	}
	switch {
	case value == "":
		x.deny(faultMissing("token"))
	case !x.h.sessions.revoke(value):
		x.deny(faultTokenNotFound)
	default:
		x.send(http.StatusOK, nil, nil)
	}
	return nil
}
