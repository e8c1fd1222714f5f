package rctest

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// User is a user who can log in to the app, with their own sessions and rate limits. Empty fields are generated;
// [Handler.Users] returns the result.
type User struct {
	ExtensionID     string // digits, unique; 62264425 describes the first user, which exists in any case
	ExtensionNumber string // within the account; generated from 102 on
	Name            string // first and last name
	JWT             string // of the grant jwt-bearer; unique
	Username        string // of the password grant: an e-mail address or E.164 number, without the extension
	Password        string

	Permissions []string  // user permissions as in rcapi.Operation.Permission; nil: all
	JWTClients  []string  // client ids that may use the JWT credential; nil: every app
	JWTExpires  time.Time // expiry of the JWT credential; zero: never

	// // Refused is the error code with which every login of the user fails although the credentials are right; empty:
	// logins succeed. OAU-136, OAU-141 and OAU-142 are states of the extension or account, OAU-147 and OAU-148 a lock
	// after failed logins, OAU-167 a site that the app may not access, OAU-168 a required second factor (password grant
	// only), OAU-232 a deleted extension, OAU-236 a disabled one, and CMN-408 a user without the permission
	// ThirdPartyAppAccess.
	Refused string
}

// user is a User with every field set, and the rate-limit buckets.
type user struct {
	User
	extensionID string
	number      string // E.164
	email       string
	permit      map[string]bool // nil: everything
	buckets     [userLimits]*bucket
}

// newUser returns a user who shares the app's Auth bucket, since that limit is per client id.
func newUser(s *settings, who User, auth *bucket) *user {
	u := &user{User: who, extensionID: who.ExtensionID, number: numberOf(who), email: emailOf(who)}
	if who.Permissions != nil {
		u.permit = make(map[string]bool, len(who.Permissions))
		for _, p := range who.Permissions {
			u.permit[p] = true
		}
	}
	for i := range u.buckets {
		u.buckets[i] = newBucket(s.policies[i])
	}
	u.buckets[limitAuth] = auth
	return u
}

// Users returns the credentials of all users who can log in, first those of [Handler.Credentials].
func (h *Handler) Users() []Credentials {
	var out []Credentials
	for _, u := range h.users {
		c := h.credentials
		c.JWT, c.Username, c.Password, c.ExtensionID = u.JWT, u.Username, u.Password, u.ExtensionID
		out = append(out, c)
	}
	return out
}

// LogOut ends all sessions of a user, by extension id, as the platform does when the user logs out or changes the
// password. It returns the number of sessions ended.
func (h *Handler) LogOut(extensionID string) int {
	for _, u := range h.users {
		if u.extensionID == extensionID {
			return h.sessions.logOut(u)
		}
	}
	return 0
}

// lacks returns the permission that the user lacks for an operation, or an empty string. If any of several permissions
// is enough, it returns the first.
func (u *user) lacks(op rcapi.Operation) string {
	if op.Permission == "" || u.permit == nil {
		return ""
	}
	all := strings.Split(op.Permission, " OR ")
	for _, one := range all {
		if u.permit[strings.TrimSpace(one)] {
			return ""
		}
	}
	return strings.TrimSpace(all[0])
}

// permitted checks the user's permission, which the platform does after the app's scope.
func (x *exchange) permitted() *problem {
	if x.session == nil {
		return nil
	}
	if missing := x.session.user.lacks(x.route.op); missing != "" {
		return problemPermission(missing)
	}
	return nil
}

// loginErrors are the errors caused by the state of a user, one row each. The developer guide has 401 for some; they
// are 400 here, as in every recorded response.
var loginErrors = map[string]*oauthError{
	"OAU-136": oauth400("invalid_grant", "OAU-136", "The extension is in a state without log-in"),
	"OAU-141": oauth400("invalid_grant", "OAU-141", "The extension is in a state without log-in"),
	"OAU-142": oauth400("invalid_grant", "OAU-142", "The account is in a state without log-in"),
	"OAU-147": oauth400("invalid_grant", "OAU-147", "Locked after failed logons"),
	"OAU-148": oauth400("invalid_grant", "OAU-148", "Locked after failed logons"),
	"OAU-167": oauth403("invalid_client", "OAU-167", "Account access restricted by RealmId"),
	"OAU-168": oauth400("invalid_grant", "OAU-168", "Multi-factor authentication is required"),
	"OAU-232": oauth400("invalid_grant", "OAU-232", "Extension not found"),
	"OAU-236": oauth400("invalid_grant", "OAU-236", "Extension disabled or frozen"),
	"CMN-408": {
		kind: "invalid_client", code: "CMN-408", description: "[ThirdPartyAppAccess] permission required",
		extra: []attribute{{"permissionName", "ThirdPartyAppAccess"}},
	},
}

// loginError returns the error of a user whose credentials are right, or nil.
func (u *user) loginError(grantType string) *oauthError {
	if u.Refused == "OAU-168" && grantType != GrantPassword {
		return nil
	}
	return loginErrors[u.Refused]
}
