package rcauth

import (
	"fmt"
	"time"
)

// Fixes that several codes share.
const (
	fixClient   = "the server rejects the client credentials: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET"
	fixClientAt = fixClient + ", and that RC_SERVER_URL is the environment of the app"
	fixGrant    = "this grant is not enabled for the app: enable it in the developer console (JWT: \"JWT auth flow\")"
	fixPassword = "wrong user or password: check both, or use a JWT, because the platform has removed the password grant"
	fixLocked   = "the account is locked after failed sign-ins: wait, or have an administrator unlock it"
	fixInactive = "the extension or account is not active: use another user, or have an administrator enable it"
	fixSignIn   = ": sign in again"
)

// fixByCode has the fixes for the error codes of the token endpoint (developer guide, error table, and recorded
// answers).
var fixByCode = map[string]string{
	"OAU-153": "unknown client id, or the secret does not belong to it: " +
		"check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET, " +
		"and that RC_SERVER_URL is the environment in which the app was created",
	"OAU-146": "unknown client id: check RC_APP_CLIENT_ID",
	"OAU-120": fixClient,
	"OAU-121": fixClient,
	"OAU-123": "the server requires client authentication: set RC_APP_CLIENT_SECRET, " +
		"or make the app a public client in the developer console",
	"OAU-251": fixGrant,
	"OAU-112": fixGrant,
	"OAU-125": fixGrant,
	"OAU-250": "the server does not support this grant: use JWT, authorization code or refresh",
	"OAU-270": "client_credentials is for partners only: use a JWT",
	"OAU-345": "the signature of the JWT is invalid: copy the whole RC_USER_JWT " +
		"from the developer console of the same environment",
	"OAU-347": "the algorithm of the JWT is not supported: " +
		"create RC_USER_JWT in the developer console; do not sign one yourself",
	"OAU-165": "a sandbox app cannot sign in to production: " +
		"use the app's production credentials, or the URL of the sandbox",
	"OAU-140": fixPassword,
	"OAU-147": fixLocked,
	"OAU-148": fixLocked,
	"OAU-168": "the user has multi-factor authentication: use a JWT or the authorization code grant",
	"OAU-213": "the token was used, replaced or revoked" + fixSignIn,
	"OAU-211": "the token has been revoked" + fixSignIn,
	"OAU-210": "the refresh token has been used before" + fixSignIn + ", and keep only the newest one",
	"OAU-106": "the code is wrong or has been used: send the user to sign in again",
	"OAU-108": "the code has expired: send the user to sign in again, and exchange the code within a minute",
	"OAU-110": "the code was issued to another app: check RC_APP_CLIENT_ID",
	"OAU-109": "the redirect URI differs from the one of the sign-in: use exactly the registered one in both steps",
	"OAU-113": "no redirect URI is registered: add it to the app in the developer console",
	"OAU-111": "a form field was sent twice: send each field once",
	"OAU-136": fixInactive,
	"OAU-141": fixInactive,
	"OAU-142": fixInactive,
	"OAU-232": "the user's extension does not exist: use the JWT of another user",
	"OAU-236": "the user's extension is disabled: use the JWT of another user, or have an administrator enable it",
	"OAU-167": "the account cannot be used from this network: ask its administrator",
	"OAU-164": "the token belongs to another app: revoke it with that app's credentials",
	"CMN-408": "the user is not allowed to use third-party apps: have an administrator grant ThirdPartyAppAccess",
}

// fixByOAuth has the fixes for answers without a code, by the error of OAuth.
var fixByOAuth = map[string]string{
	"invalid_client":         fixClientAt,
	"unauthorized_client":    fixGrant,
	"invalid_scope":          "the app does not have a scope that was requested: add it in the developer console",
	"unsupported_grant_type": "the server does not support this grant: use JWT, authorization code or refresh",
	"access_denied":          "the user refused, or is not allowed to use this app: sign in again, or as another user",
	"expired_token":          "the credential has expired: create a new one",
}

// fixByGrant has the fixes for invalid_grant and other rejections of the credential.
var fixByGrant = map[string]string{
	"JWT": "the server rejects the JWT: check that RC_USER_JWT is complete, has not expired, " +
		"is of the same environment as RC_SERVER_URL and is allowed for this client id",
	"password": fixPassword,
	"refresh":  "the refresh token has been used or revoked, or has expired" + fixSignIn,
	"authorization code": "the code is wrong, used or expired, or belongs to another redirect URI or verifier: " +
		"send the user to sign in again",
	"revoke": "the token cannot be revoked: ignore this, and do not repeat it",
}

// Fix says what to do about a token request that was answered with status and an error code of the platform or of
// OAuth. For programs that send such a request by other means than this package.
func Fix(status int, code string) string {
	return fixFor(&Error{Status: status, Code: code, OAuth: code})
}

// fixFor returns the most precise fix for an answer that could be read.
func fixFor(e *Error) string {
	switch {
	case e.Status == 429 || e.Status == 503:
		return waitFix(e)
	case fixByCode[e.Code] != "":
		return fixByCode[e.Code]
	case fixByOAuth[e.OAuth] != "":
		return fixByOAuth[e.OAuth]
	case e.Status >= 500:
		return "the server failed: try again later"
	case e.Status == 401:
		return fixClientAt
	case fixByGrant[e.Grant] != "":
		return fixByGrant[e.Grant]
	}
	return "check the credentials"
}

func waitFix(e *Error) string {
	wait := e.RetryAfter
	if wait == 0 {
		wait = 30 * time.Second
	}
	if e.Status == 503 {
		return fmt.Sprintf("the server is overloaded or in maintenance: wait %v", wait)
	}
	return fmt.Sprintf("too many token requests (an app has 5 a minute) or too many sessions: wait %v, reuse the token, "+
		"and do not use this client id elsewhere in the meantime", wait)
}
