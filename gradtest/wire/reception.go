package wire

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
)

// faultCode marks the refusal of an injected fault, which says nothing about the token for long.
const faultCode = "fault"

// otherReasons are the error codes of a 401 that is not about the access token (developer guide, error table).
var otherReasons = map[string]bool{
	"OAU-151": true, // the authorization method is not supported there
	"OAU-127": true, // the app's release
	"CMN-405": true, // login to the extension required
}

// reception is what an answer says about the token it was sent with.
func reception(status int, code string, fault bool) accepted {
	switch {
	case status == http.StatusUnauthorized && otherReasons[code]:
		return yes
	case status == http.StatusUnauthorized && (code == "" || fault):
		return doubted
	case status == http.StatusUnauthorized:
		return no
	case status/100 == 2, status/100 == 4 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout:
		return yes
	}
	return unknown
}

// keyOf returns the key of a request's bearer token; false: it has none.
func keyOf(origin, authorization string) (tokenKey, bool) {
	scheme, token, ok := strings.Cut(authorization, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return tokenKey{}, false
	}
	return sha256.Sum256([]byte(origin + "\x00" + token)), true
}

// RejectedError means that a request was not sent because the platform has rejected its access token before.
type RejectedError struct {
	Code string // error code of the rejection
}

// Error says what is wrong and how to fix it.
func (e *RejectedError) Error() string {
	return fmt.Sprintf("the platform has rejected this access token (401 %s), so nothing more is sent with it: %s", e.Code, TokenFix(e.Code))
}

// TokenFix says what a 401 with an error code means for the access token, and what to do.
func TokenFix(code string) string {
	switch code {
	case "AGW-401", "AGW-402":
		return "the request has no usable Authorization header: send \"Bearer\" and the access token"
	case "OAU-128", "TokenExpired":
		return "the token has expired: get a new one, from a source that renews it, such as those of package rcauth"
	case "OAU-213", "OAU-211":
		return "the token was revoked, or another login of the same user ended its session (a user has about five): get a new one"
	case "OAU-129":
		return "the token was replaced by a refresh, or is incomplete: use the newest one"
	}
	return "the token is not one of this server: check that RC_SERVER_URL is the environment that issued it, and get a new one"
}
