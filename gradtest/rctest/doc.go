// Package rctest is an emulator of the RingCentral platform, in the style of net/http/httptest.
//
// # Starting
//
// In a test, [NewServer] starts an emulator that stops when the test ends. The zero [Config] emulates the platform as
// documented, with one user, generated credentials and every app scope:
//
//	server := rctest.NewServer(t)
//	app := crm.New(server.URL, server.ClientID, server.ClientSecret, server.JWT)
//
// Outside tests, use [Start]. [NewHandler] returns the emulator as an http.Handler, without a listener.
//
// A shorter rate-limit window makes a sweep faster and changes nothing else: rctest.Config{Window: time.Second}.
// [Unlimited] switches the limits off.
//
// # Data
//
// An emulator starts with a small company: three extensions, the first of which belongs to the user, with phone
// numbers, devices, contacts and a few messages and calls. [Config.World] changes that, from Go values or from a file
// ([ReadWorld]). [Config.Users] adds users who can log in. [Handler.Path] returns a path whose ids exist.
//
// # Time
//
// The emulator reads time.Now and has no other clock, so in a testing/synctest bubble its time is virtual. A bubble
// also needs an in-memory network: pass its listener as [Config.Listener] and use [Server.Client].
//
// [Handler.Advance] and [Handler.SetTime] shift the emulator's clock without changing the test's. Tokens expire,
// penalty intervals end and evidence ages at once.
//
// # Inspecting calls
//
// [Handler.Calls] lists recent requests, [Handler.Operation] counts those of one operation. [Handler.Verdict] reports
// whether the app would graduate. The verdict uses only what the server observed and shares no rules with the packages
// that pace, record and evaluate calls on the client side, so that a mistake in one of them shows up as a disagreement.
//
// # Faults
//
// [Handler.Fail] tests how an app handles errors of the platform:
//
//	server.Fail(rctest.Fault{Operation: rcapi.ListMessages.ID, Status: 503, Times: 2})
//	server.Fail(rctest.Fault{Drop: true, Probability: 0.05, Seed: 1})
//
// A [Fault] can return any error status, expire tokens, revoke scopes, delay responses, and truncate, mislabel or drop
// them. A random fault hits the same calls in every run if the calls come in the same order. NewServer fails the test
// if a fault was never used. A response that a fault changed carries [FaultHeader] and is never evidence, neither in
// the emulator's verdict nor in a ledger.
//
// # Control endpoints
//
// Programs in other languages control the emulator under /emulator/, in JSON whose members are named like the Go
// fields. GET /emulator/ lists the endpoints. They need no token, count against no limit and are not recorded as calls.
// Browsers cannot use them from pages of other origins. [Config.NoControls] removes them.
// Requests that are addressed to another host than this machine are refused, see [Config.Hosts].
//
// # The console page
//
// Until March 2024 an app applied for production on the page Status & Review of the developer console, whose figures
// lagged behind. The emulator serves such a page at /emulator/console, and the same data at /emulator/console.json. It
// shows the app's stage, the requirements, and the counts per endpoint and permission, both as the console would show
// them and current. [Config.AnalyticsDelay] sets the lag. The button is enabled once the lagging figures meet every
// requirement, as it was on the platform.
//
// [Handler.Console] returns the same data and [Handler.Apply] presses the button. Over HTTP that is POST
// /emulator/console/apply: 200 with the console, or 409 with a list of what is missing. Reviews take place Monday to
// Friday and cover the requests of the business day before; holidays are not emulated. From 00:00 UTC of the review
// day, by the emulator's clock, the app is in production. Every request is approved, and the address and credentials
// stay the same.
//
// # Scope of the emulation
//
// All 646 operations of the catalogue return their documented status and content type, in the shape of the public
// specification. OAuth, app scopes, user permissions, rate limits, messages, calls, team messaging, subscriptions and
// the rest of the account keep state. Requests are validated against the specification. docs/emulator.md in the
// repository lists in detail what is emulated, what is not, and where a behavior is in no public source and had to be
// invented.
//
// Where the sources of the platform's behavior disagree, the emulator takes the stricter reading, so that code that
// passes here is likely to pass there: every request to the token endpoint uses quota, even a failed one, and a request
// with an unknown path counts as Medium.
package rctest
