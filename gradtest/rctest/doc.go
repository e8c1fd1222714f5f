// Package rctest is an emulator of the RingCentral platform, shaped like net/http/httptest.
//
// # Starting
//
// In a test, a server that closes with it; the zero [Config] is the platform as documented:
//
//	server := rctest.NewServer(t)
//	app := crm.New(server.URL, server.ClientID, server.ClientSecret, server.JWT)
//
// Outside tests, [Start]; without a network, [NewHandler], which is an http.Handler. Shorter windows make a sweep shorter,
// and only that: rctest.Config{Window: time.Second}. [Unlimited] takes the limits away.
//
// # Virtual time
//
// The emulator asks time.Now and has no other clock. In a testing/synctest bubble it needs a network that is made of
// channels: give its listener as [Config.Listener] and use [Server.Client].
//
// [Handler.Advance] and [Handler.SetTime] move the emulator's clock alone, where the test's own stays as it is: a token expires, a
// penalty ends, a verdict ages without anybody waiting.
//
// # Asking it
//
// [Handler.Calls] lists what was asked and answered, [Handler.Operation] what was asked of one operation. [Handler.Verdict] says
// whether the app would graduate, from what the server itself saw and by code of its own: it shares none with the packages that
// pace, record and judge on the client's side, so that agreement between the two means something.
//
// # Having it fail
//
// What an app does when the platform does not do its part is tested by asking for it:
//
//	server.Fail(rctest.Fault{Operation: rcapi.ListMessages.ID, Status: 503, Times: 2})
//	server.Fail(rctest.Fault{Drop: true, Probability: 0.05, Seed: 1})
//
// [Fault] has refusals, maintenance, expired tokens, revoked scopes, delays, and answers that are broken in several ways. The same
// calls fail in every run. A fault that no call met fails the test: see [NewServer]. An answer that a fault had a part in is
// never evidence, neither here nor in a ledger, which knows it by [FaultHeader].
//
// # From other languages
//
// Under /emulator/ the emulator has endpoints of its own, in JSON and by the names of the Go fields: calls, verdict, faults, clock,
// limits. That address lists them. They need no token, meet no limit and are no calls; pages of other origins in a
// browser cannot use them. [Config.NoControls] takes them away.
//
// # What is emulated
//
//   - OAuth: the grants jwt-bearer, password, refresh_token and authorization_code (with and without PKCE; the user agrees at
//     once), Basic and public clients, bounds of the lifetimes, rotation, five sessions per user, revoke, user info, discovery;
//     refusals as the platform words and numbers them.
//   - Bearer tokens, app scopes with what they include, the scope that webhook subscriptions need.
//   - Rate limits: a sliding window per user, app and group, one Auth bucket for the app, the penalty that each request during it
//     starts anew, the X-Rate-Limit headers, Retry-After. Beside them, and without those headers: messages per user (MSG-305), and,
//     when they are set, limits of the account (CMN-302) and of the network address (CMN-310); identical writes in flight
//     (CMN-304). [Config.Limits] and [Handler.SetLimit] change each of them.
//   - All operations of the catalogue answer with their documented status, canonical addresses and, for lists, paging. Account,
//     extensions, numbers, messages, call log, subscriptions and ring-out have members that apps look at.
//   - Error bodies as they are on the wire, those of SCIM and of the gateway included.
//
// # What is not
//
//   - Nothing that is made is kept: any id can be read, changed and deleted, lists are always the same.
//   - Most answers have the form of the real ones and not all of their members. Request bodies have to be JSON if they say so;
//     what the JSON says is not checked.
//   - One user, one app, one account. User permissions are not checked: the user may do everything.
//   - A session that is never used after a refresh keeps its old refresh token for ten seconds, where the platform gives it an hour.
//   - Redirect addresses are not registered. No ID tokens, no signed client assertions, no partners' grants.
//   - Webhooks are neither validated nor called, event filters need no scope, nothing listens for WebSockets or SIP.
//   - Limits of single services other than messages and subscriptions, batch answers 207, byte ranges, localisation.
//
// Where the sources of the platform's behaviour differ, the stricter reading is taken, so that what passes here has a good
// chance there: every request to the token endpoint uses quota, the failed ones too; a request whose path is unknown to a
// service is booked as Medium.
package rctest
