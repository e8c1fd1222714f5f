package rctest

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// User is somebody who can log in to the app, with sessions and rate limits of its own. Fields that are empty are made
// up; [Handler.Users] tells what came of it.
type User struct {
	ExtensionID     string // digits, unlike those of the other users; that of the user there is anyway (62264425) describes that one
	ExtensionNumber string // within the account; made up: 102 and on
	Name            string // first and last name
	JWT             string // of the grant jwt-bearer, unlike those of the other users
	Username        string // of the password grant: an e-mail address or E.164 number, without the extension
	Password        string

	Permissions []string  // user permissions as in rcapi.Operation.Permission; nil: all
	JWTClients  []string  // client ids that the JWT credential is limited to; nil: every app
	JWTExpires  time.Time // when the JWT credential ends; zero: never

	// Refused is the error code with which the platform turns the user away although the credentials are right; empty: it
	// does not. OAU-136, OAU-141 and OAU-142 are states of extension or account, OAU-147 and OAU-148 a lock after failed
	// logons, OAU-167 a site that the app may not enter, OAU-168 a second factor (password grant only), OAU-232 an
	// extension that is gone, OAU-236 one that is disabled, CMN-408 a user without the permission ThirdPartyAppAccess.
	Refused string
}

// user is a User made complete, with the buckets of this app.
type user struct {
	User
	extensionID string
	number      string // E.164
	email       string
	permit      map[string]bool // nil: everything
	buckets     [userLimits]*bucket
}

// newUser shares the app's Auth bucket: that one is kept per client id.
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

// Users returns the credentials of everybody who can log in, the user of [Handler.Credentials] first.
func (h *Handler) Users() []Credentials {
	var out []Credentials
	for _, u := range h.users {
		c := h.credentials
		c.JWT, c.Username, c.Password, c.ExtensionID = u.JWT, u.Username, u.Password, u.ExtensionID
		out = append(out, c)
	}
	return out
}

// LogOut ends all sessions of the user with an extension id, as the platform does when the user logs out or changes the
// password. It returns how many there were.
func (h *Handler) LogOut(extensionID string) int {
	for _, u := range h.users {
		if u.extensionID == extensionID {
			return h.sessions.logOut(u)
		}
	}
	return 0
}

// lacks returns the permission that the user would need for an operation; empty: none is missing. Of several of which
// one would do it is the first.
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

// permitted is the check of the user's permission, which comes after that of the app's scope.
func (x *exchange) permitted() *problem {
	if x.session == nil {
		return nil
	}
	if missing := x.session.user.lacks(x.route.op); missing != "" {
		return problemPermission(missing)
	}
	return nil
}

// loginErrors are the rows of the platform's table that a user's state provokes. Those that the developer guide has as
// 401 are 400, as in every capture.
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
	"CMN-408": {kind: "invalid_client", code: "CMN-408", description: "[ThirdPartyAppAccess] permission required",
		extra: []attribute{{"permissionName", "ThirdPartyAppAccess"}}},
}

// loginError is the refusal of a user whose credentials are right.
func (u *user) loginError(grantType string) *oauthError {
	if u.Refused == "OAU-168" && grantType != GrantPassword {
		return nil
	}
	return loginErrors[u.Refused]
}
