package rctest

import (
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"strings"
)

// client checks that the app itself sends the request: by Basic, or for a public app by client_id in the form. A client_id
// beside Basic must be the same; SDKs send both.
func (x *exchange) client(f form) *oauthFault {
	want := x.h.credentials
	scheme, value, _ := strings.Cut(strings.TrimSpace(x.r.Header.Get("Authorization")), " ")
	if scheme == "" {
		switch id := f["client_id"]; {
		case id == "":
			return faultNoClient
		case id != want.ClientID:
			return faultClient(id)
		case !x.h.public:
			return faultNoClient
		}
		return nil
	}
	if !strings.EqualFold(scheme, "Basic") {
		return faultNoClient
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	id, secret, found := strings.Cut(string(decoded), ":")
	switch {
	case err != nil || !found || id == "":
		return faultNoClient
	case !same(id, want.ClientID):
		return faultClient(id)
	case x.h.public || !same(secret, want.ClientSecret):
		return faultClient(id)
	case f["client_id"] != "" && f["client_id"] != want.ClientID:
		return faultClient(f["client_id"])
	}
	return nil
}

// same compares a credential as it stands and, since OAuth asks for that and the platform's SDKs do not do it, unescaped.
func same(got, want string) bool {
	if subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1 {
		return true
	}
	plain, err := url.QueryUnescape(got)
	return err == nil && subtle.ConstantTimeCompare([]byte(plain), []byte(want)) == 1
}
