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
// [Handler.Advance] and [Handler.SetTime] move the emulator's clock alone, where the test's own stays as it is: a token
// expires, a penalty ends, a verdict ages without anybody waiting.
//
// # What is there
//
// A new emulator is a small company: three extensions, the first of which is the user's, with numbers, devices, contacts,
// a few messages and calls. [Config.World] says otherwise, from Go values or, by [ReadWorld], from a file; [Config.Users]
// adds people who can log in. [Handler.Path] finds the path of something that an operation can speak of.
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
// [Fault] has refusals, maintenance, expired tokens, revoked scopes, delays, and answers that are broken in several ways.
// The same calls fail in every run. A fault that no call met fails the test: see [NewServer]. An answer that a fault had a
// part in is never evidence, neither here nor in a ledger, which knows it by [FaultHeader].
//
// # From other languages
//
// Under /emulator/ the emulator has endpoints of its own, in JSON and by the names of the Go fields: calls, verdict,
// faults, clock, limits, users. That address lists them. They need no token, meet no limit and are no calls; pages of
// other origins in a browser cannot use them. [Config.NoControls] takes them away.
//
// # The console's view
//
// Before March 2024 an app applied for production on the developer console's page Status & Review, whose figures came late. The
// emulator has that page, at /emulator/console of its address for browsers, and at /emulator/console.json for programs:
// the progress of the app, its requirements, and the counts per endpoint, per permission and of errors, as the console shows
// them and beside it as they are by now. [Config.AnalyticsDelay] says how late; a call is in the figures from the next update
// on. The button is enabled when the figures that lag are green, as it was there.
//
// [Handler.Console] is the same in Go, and [Handler.Apply] presses the button. From programs in other languages that is
// POST /emulator/console/apply: 200 with the console, or 409 with the list of what is missing. The answer follows the
// review calendar: reviews run Monday to Friday for the requests of the business day before, a weekend waits. From 00:00
// UTC of that day, by the emulator's clock, the app is in production, where nothing else changes: address and credentials
// stay. Nobody reviews what figures cannot say, no request is refused, and holidays are not known.
//
// # What is emulated
//
//   - OAuth: the grants jwt-bearer, password, refresh_token and authorization_code, the latter with and without PKCE (S256 and
//     plain; a public app must use it), each switched by [Config.Grants]; apps that show who they are by Basic, by a signed
//     assertion (client_secret_jwt by HS256, private_key_jwt by RS256 or ES256) or, without a secret, by client_id; bounds of the
//     lifetimes, endpoint and session ids; revoke by either token in form or query; user info, key set, ID tokens for codes of
//     scope openid, tokens for WebSockets, both discovery documents.
//   - Rotation: a refresh token is good once and its access token dies with it, first corrupted (OAU-129), after ten seconds not
//     found (OAU-213); until ten seconds after the new pair's first use, or for an hour if it is not used, the old refresh token
//     yields the same pair again.
//   - Sessions: five per user, with the oldest giving way or the sixth refused ([Config.RefuseLogins]); idle and absolute
//     time-outs; [Handler.LogOut].
//   - The browser's step: the user agrees at once, or on a page ([Config.Consent]); registered redirect addresses
//     ([Config.RedirectURIs]); the parameters of the guide, of which brand_id and ui_locales change nothing and scope only asks for
//     an ID token. prompt=none before anybody has agreed answers login_required, a name from OpenID Connect.
//   - Several users ([Config.Users]), each with credentials, rate limits and sessions of its own, user permissions, and states in
//     which the platform turns somebody away.
//   - Refusals as the platform words and numbers them: 400, and 403 for codes, redirects and sites, with error and
//     error_description and the same in errors. In no source and so invented: what becomes of JWT credentials that are expired or
//     for other apps, the codes of client assertions that are not good except for their signature and algorithm, and that a code
//     presented twice ends the session which it yielded.
//   - Bearer tokens, app scopes with what they include, the scope that webhook subscriptions need.
//   - Rate limits: a sliding window per user, app and group, one Auth bucket for the app, the penalty that each request during it
//     starts anew, the X-Rate-Limit headers, Retry-After. Beside them, and without those headers: messages per user (MSG-305), and,
//     when they are set, limits of the account (CMN-302) and of the network address (CMN-310); identical writes in flight
//     (CMN-304). [Config.Limits] and [Handler.SetLimit] change each of them.
//   - All 520 operations of the catalogue answer with their documented status and content type, in the shape that the public
//     specification has for them, in every success that is given. What nothing is known of is made up from [Config.Seed], always the
//     same for the same thing. Lists are paged in the style of their part of the platform.
//   - Requests are held against the specification: what is missing (CMN-100), what cannot be (CMN-101) and what is no JSON (CMN-103)
//     is refused by name, all of it at once.
//   - What is made can be read, listed, changed and deleted, and is gone after; ids that name nothing are CMN-102. With an extension or
//     a chat goes what lies in it. Several ids in a path, where the platform takes them, are a batch answered 207, in both forms.
//   - Messages (SMS, MMS, pager, fax, voicemail) with conversations, attachments, states that proceed in time, synchronization;
//     templates, consents, high-volume batches, threads. A message to a number of the account arrives there.
//   - Calls: ring-out and call control make sessions that ring, are answered, held, parked, transferred, recorded and end, and
//     then stand in the call log; presence follows from them. Time passes for calls when somebody looks.
//   - Extensions, directory, phone numbers, devices, contacts, queues and their members, answering rules, permissions, dictionaries,
//     number parser, team messaging, SCIM; the rest by what its operations have in common.
//   - Subscriptions by webhook, with the validation of the address, the scopes of the filters, and notifications on change
//     ([Handler.Deliveries]). Names reserved for examples, such as hook.example, are taken as good and nothing is sent to them; a loopback
//     address need not have https.
//   - A second party: [Handler.ReceiveSMS], [Handler.ReceiveVoicemail], [Handler.ReceiveFax], [Handler.ReceiveCall].
//   - Error bodies as they are on the wire, those of SCIM and of the gateway included.
//
// # What is not
//
//   - What several parts of the platform have to do with each other beyond what is said above: an answering rule changes no call, a role
//     no permission, a queue rings nobody, a device is never online, nothing is billed.
//   - Where nothing more is known of an operation, its effect is what its method and path tell: a bulk operation of such a part may
//     answer well and change nothing.
//   - Of team messaging: guests from outside, the contents of files, and posts through incoming webhooks; names of events and codes of
//     refusals are not in the sources and made up. The results of AI jobs are not sent to their webhooks, the password of a bridge
//     is not asked for, of analytics only what the call log knows is true, and lists have the usual page sizes.
//   - Of messages: delivery that fails, blocked numbers, retention, shared mailboxes. Of calls: what is heard, and voicemail by
//     itself when nobody answers.
//   - Meaning of values beyond type, format and bounds, except where the parts above have rules: an address need not exist.
//   - One account, and one app that users log in to; [Config.OtherApps] can say who they are and no more. All of them share the
//     app's Auth bucket.
//   - The grants of partners and internal apps (partner_jwt, client_credentials, device_code, ivr_pin, otp, guest) and the implicit
//     one: known, and refused. A user's state stays as the config has it: wrong passwords do not lock anybody out.
//   - Of the token endpoint's failures: OAU-210 for a used refresh token (it is OAU-213), the codes that the guide's table alone
//     has for an app that is not known or may not do something (OAU-112, OAU-120, OAU-121, OAU-125, OAU-146), and the overload,
//     503, which has to be asked for as a fault. Access tokens are not bound to an address, client assertions may be sent twice,
//     and the scope of a refresh is not looked at.
//   - Nothing listens for WebSockets or SIP, and so there are no subscriptions but by webhook. A notification is sent once; events of which
//     the sections above say nothing are accepted as filters and never happen. Bodies of notifications are made after the guide's examples in
//     part.
//   - Limits of single services other than messages and subscriptions; localisation; ETags.
//
// Where the sources of the platform's behaviour differ, the stricter reading is taken, so that what passes here has a good
// chance there: every request to the token endpoint uses quota, the failed ones too; a request whose path is unknown to a
// service is booked as Medium.
package rctest
