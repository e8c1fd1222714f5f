// Package gradtest takes an app on the RingCentral platform through the platform's graduation bar: more than 20 successful API
// calls, at least 5 on every endpoint the app uses, every declared app scope exercised, authentication errors under
// 5 % of the traffic, all of it since 00:00 UTC yesterday.
//
// # Use
//
// An app is declared once, as data: its scopes and the endpoints it uses. [Run] makes a test suite of it that calls
// each endpoint as often as is still missing, inside the platform's rate limits, keeps every call as evidence and
// judges the evidence rule by rule. [Start] lets existing tests make calls that count. [Sweep] does what Run does
// outside of go test, and [Plan] tells what would be sent, and sends nothing.
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
// Without credentials everything runs on the embedded emulator, offline; that proves the suite and is no evidence for the
// real app. With RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT set (RC_CLIENT_ID, RC_JWT and the
// RINGCENTRAL_… names of older apps do as well) the traffic goes to that server, and the evidence into the directory
// .gradtest at the root of the package's module, apart by host and client id. Further variables:
//
//	GRADTEST_DIR               another directory for the evidence
//	GRADTEST_REDIS             redis:// or rediss:// URL: evidence, limits and token are shared through Redis (see
//	                           package redisstore); needs the build tag gradtest_redis, as in GOFLAGS=-tags=gradtest_redis
//	GRADTEST_TARGET            emulator or live: forces one
//	GRADTEST_ALLOW_PRODUCTION  1: a production host may be the target
//	GRADTEST_REPEAT            1: send all calls, not just those that are missing
//
// The environment is read by Run, Start, Sweep and Plan, never before.
//
// # Evidence
//
// Every attempt on the wire is a record: template, status, times, error code, request id; never an id, a number, a
// query value, a body or a token. A call counts once its record is on disk and before its answer reaches the app, so
// that nothing counted can be lost and nothing lost is counted. A run sends only what the ledger lacks, and a run that
// is interrupted is continued by the next.
//
// Evidence is that of a client id. So an app whose tests are in several packages has one declaration, in a package that all
// of them import: a second one would find what the first has called, and miss it among its own endpoints.
//
// # Errors are dear
//
// Twenty good calls pay for less than one error. So the first call of each endpoint goes alone, reads before writes;
// a 401 or 403 stops its endpoint and names the scope or permission that is missing; a failed token request stops the
// sweep; a call that could fail is not made when one more error would break the ratio. Server errors and time-outs are
// repeated with back-off, client errors never.
package gradtest
