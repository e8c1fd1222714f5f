package rcauth

import (
	"fmt"
	"time"
)

// fixByCode is what to do about the codes of a token endpoint (developer guide, error table, and captures).
var fixByCode = map[string]string{
	"OAU-153": "the server does not know the client id, or the secret is not its own: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET, and that RC_SERVER_URL is the environment the app was made in",
	"OAU-146": "the server does not know the client id: check RC_APP_CLIENT_ID",
	"OAU-120": "the server does not take the client's credentials: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET",
	"OAU-121": "the server does not take the client's credentials: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET",
	"OAU-123": "the server wants client authentication: set RC_APP_CLIENT_SECRET, or make the app a public client in the developer console",
	"OAU-251": "this grant is not enabled for the app: enable it in the developer console (for a JWT: \"JWT auth flow\")",
	"OAU-112": "this grant is not enabled for the app: enable it in the developer console (for a JWT: \"JWT auth flow\")",
	"OAU-125": "this grant is not enabled for the app: enable it in the developer console (for a JWT: \"JWT auth flow\")",
	"OAU-250": "the server does not know this grant: use JWT, authorization code or refresh",
	"OAU-270": "client_credentials is for partners: use a JWT",
	"OAU-345": "the JWT's signature does not hold: copy RC_USER_JWT whole from the developer console of the same environment",
	"OAU-347": "the JWT's algorithm is not supported: make RC_USER_JWT in the developer console, do not sign one yourself",
	"OAU-165": "a sandbox app cannot sign in to production: use the app's production credentials, or the sandbox's URL",
	"OAU-140": "the user or the password is wrong: check them, and use a JWT, since the password grant has been removed",
	"OAU-147": "the account is locked after failed sign-ins: wait, or have an administrator unlock it",
	"OAU-148": "the account is locked after failed sign-ins: wait, or have an administrator unlock it",
	"OAU-168": "the user has multi-factor authentication: use a JWT or the authorization code",
	"OAU-213": "the token is not known any more (used, replaced or revoked): sign in again",
	"OAU-211": "the token has been revoked: sign in again",
	"OAU-210": "the refresh token was used before: sign in again, and keep the newest one only",
	"OAU-106": "the code is wrong or used: send the user to sign in again",
	"OAU-108": "the code has expired: send the user to sign in again, and exchange the code within a minute",
	"OAU-110": "the code was given to another app: check RC_APP_CLIENT_ID",
	"OAU-109": "the redirect URI is not the one of the sign-in: use the registered one, to the letter, in both steps",
	"OAU-113": "no redirect URI is registered: add it to the app in the developer console",
	"OAU-111": "a form field was sent twice: send each once",
	"OAU-136": "the extension or account is not active: use another user, or have an administrator enable it",
	"OAU-141": "the extension or account is not active: use another user, or have an administrator enable it",
	"OAU-142": "the extension or account is not active: use another user, or have an administrator enable it",
	"OAU-232": "the user's extension does not exist: use the JWT of another user",
	"OAU-236": "the user's extension is disabled: use the JWT of another user, or have an administrator enable it",
	"OAU-167": "the account may not be used from here: ask its administrator",
	"OAU-164": "the token belongs to another app: revoke it with that app's credentials",
	"CMN-408": "the user may not use third-party apps: have an administrator grant ThirdPartyAppAccess",
}

// fixByOAuth is for answers without a code, by OAuth's error.
var fixByOAuth = map[string]string{
	"invalid_client":         "the server does not take the client's credentials: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET, and that RC_SERVER_URL is their environment",
	"unauthorized_client":    "this grant is not enabled for the app: enable it in the developer console (for a JWT: \"JWT auth flow\")",
	"invalid_scope":          "a scope was asked for that the app does not have: add it in the developer console",
	"unsupported_grant_type": "the server does not know this grant: use JWT, authorization code or refresh",
	"access_denied":          "the user refused, or may not use this app",
	"expired_token":          "the credential has expired: make a new one",
}

// fixByGrant is for invalid_grant and other refusals of the credential itself.
var fixByGrant = map[string]string{
	"JWT":                "the server does not take the JWT: check that RC_USER_JWT is whole, has not expired, is of the same environment as RC_SERVER_URL and is allowed for this client id",
	"password":           "the user or the password is wrong: check them, and use a JWT, since the password grant has been removed",
	"refresh":            "the refresh token is used up, revoked or expired: sign in again",
	"authorization code": "the code is wrong, used or expired, or belongs to another redirect URI or verifier: send the user to sign in again",
	"revoke":             "the token cannot be revoked: ignore this, and do not repeat it",
}

// fixFor picks the most precise advice for an answer that could be read.
func fixFor(e *Error) string {
	switch {
	case e.Status == 429 || e.Status == 503:
		return waitFix(e)
	case fixByCode[e.Code] != "":
		return fixByCode[e.Code]
	case fixByOAuth[e.OAuth] != "":
		return fixByOAuth[e.OAuth]
	case e.Status >= 500:
		return "the server has failed: try again later"
	case e.Status == 401:
		return "the server does not take the client's credentials: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET, and that RC_SERVER_URL is their environment"
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
	return fmt.Sprintf("too many token requests (5 a minute for an app, or too many sessions): wait %v, reuse the token, and let nothing else use this client id meanwhile", wait)
}
