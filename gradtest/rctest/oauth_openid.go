package rctest

import (
	"net/http"
	"slices"
	"strings"
)

// discovery handles GET /.well-known/openid-configuration.
func discovery(x *exchange) *problem {
	base := x.base()
	t := &jsonText{b: make([]byte, 0, 1024)}
	t.open('{')
	t.string("issuer", base)
	t.string("authorization_endpoint", base+"/restapi/oauth/authorize")
	t.string("token_endpoint", base+"/restapi/oauth/token")
	t.string("revocation_endpoint", base+"/restapi/oauth/revoke")
	t.string("userinfo_endpoint", base+"/restapi/oauth/userinfo")
	t.string("jwks_uri", base+"/restapi/oauth/jwks")
	t.strings("scopes_supported", "openid", "profile", "email") // OpenID scopes only; the platform lists no app scopes
	t.strings("response_types_supported", "code")
	t.strings("response_modes_supported", "query")
	t.strings("grant_types_supported", x.h.grants...)
	t.strings("subject_types_supported", "public")
	t.strings("id_token_signing_alg_values_supported", "RS256")
	t.strings("userinfo_signing_alg_values_supported") // responses are plain JSON
	methods, algorithms := x.h.apps[0].methods()
	methods = slices.DeleteFunc(methods, func(m string) bool { return m == "none" }) // the platform has no name for it
	for _, endpoint := range []string{"token", "revocation"} {
		t.strings(endpoint+"_endpoint_auth_methods_supported", methods...)
		if algorithms != nil {
			t.strings(endpoint+"_endpoint_auth_signing_alg_values_supported", algorithms...)
		}
	}
	t.strings("code_challenge_methods_supported", "S256", "plain")
	t.strings("display_values_supported", "page", "popup", "touch", "mobile")
	t.strings("claims_supported", "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce",
		"account_id", "email", "email_verified", "given_name", "family_name")
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}

// userInfo handles GET /restapi/oauth/userinfo.
func userInfo(x *exchange) *problem {
	t := &jsonText{b: make([]byte, 0, 256)}
	t.open('{')
	who := x.session.user
	given, family, _ := strings.Cut(who.Name, " ")
	t.string("sub", who.extensionID)
	t.string("name", who.Name)
	t.string("given_name", given)
	t.string("family_name", family)
	t.string("account_id", x.h.credentials.AccountID)
	t.string("email", who.email)
	t.bool("email_verified", true)
	t.string("phone_number", who.number)
	t.string("locale", "en-US")
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}

// webSocketToken handles POST /restapi/oauth/wstoken. Nothing listens at the address that it returns.
func webSocketToken(x *exchange) *problem {
	t := &jsonText{b: make([]byte, 0, 256)}
	t.open('{')
	t.string("uri", "wss"+x.base()[len(x.scheme()):]+"/ws")
	t.string("ws_access_token", randomText(32))
	t.int("expires_in", 30)
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}
