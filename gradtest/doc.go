// Package gradtest takes an app on the RingCentral platform through the platform's graduation bar: more than 20
// successful API calls, at least 5 on every endpoint that the app uses, every declared app scope exercised, and
// authentication errors under 5 % of the traffic, all since 00:00 UTC yesterday.
//
// # Use
//
// Declare the app once, as data: its scopes and the endpoints it uses. [Run] turns the declaration into a test suite.
// The suite calls each endpoint as often as is still missing, stays inside the platform's rate limits, keeps every call
// as evidence, and judges the evidence rule by rule. [Start] lets existing tests make calls that count. [Sweep] does
// the work of Run outside go test. [Plan] returns what would be sent, and sends nothing.
//
//	var app = gradtest.App{
//		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
//		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
//	}
//
//	func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
//
// # Target
//
// Without credentials everything runs on the embedded emulator, offline. That proves the suite; it is no evidence for
// the real app. Set RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT to send the traffic to a
// server. The older names RC_CLIENT_ID, RC_JWT and RINGCENTRAL_… work as well. The evidence is then kept in the
// directory .gradtest at the root of the package's module, separately for each host and client id. More variables:
//
//	GRADTEST_DIR               another directory for the evidence, on a disk of this machine: machines whose clocks differ
//	                           must not share one, they share through Redis
//	GRADTEST_REDIS             redis:// or rediss:// URL: evidence, limits and token are shared through Redis (see
//	                           package redisstore); needs the build tag gradtest_redis, as in GOFLAGS=-tags=gradtest_redis
//	GRADTEST_TARGET            emulator or live: forces one
//	GRADTEST_ALLOW_PRODUCTION  1: a production host may be the target
//	GRADTEST_REPEAT            1: send all calls, not only the missing ones
//	GRADTEST_DECLARE           set by gradtest plan, status and scopes, which run the tests for their declaration alone
//	GRADTEST_RECORD            1: package replay records its cassettes instead of playing them
//
// The build tag gradtest_live leaves the emulator out of test binaries, for suites that only run against a server. The
// emulator is most of what importing this package costs: go run ./tools/weight prints the figures.
//
// Run, Start, Sweep and Plan read the environment when they are called.
//
// # Evidence
//
// Every attempt on the wire is a record: path template, status, times, error code, request id. A record never holds an
// id, a phone number, a query value, a body or a token. A call counts once its record is on disk, and the record is
// written before the app receives the response. So nothing that counted can be lost, and nothing that was lost counts.
// A run sends only what the ledger lacks, and the next run continues one that was interrupted.
//
// Evidence is kept per client id. An app with tests in several packages therefore needs one declaration, in a package
// that all of them import. A second declaration would find the calls of the first, and miss them among its own
// endpoints.
//
// # Errors are expensive
//
// One error costs twenty good calls. So the first call of each endpoint, the canary, goes alone, reads before writes. A
// 401 or 403 stops its endpoint and names the missing scope or permission. A failed token request stops the sweep. A
// call that could fail is not made when one more error would exceed the error budget. Server errors and time-outs are
// repeated after a pause, client errors never.
package gradtest
