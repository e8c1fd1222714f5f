// Package rcapi is the catalogue of the RingCentral platform: its operations, app scopes and usage-plan groups.
//
// # Operations
//
// Every operation of the public specification is a variable named for its operationId: [ReadUserCallLog] is
// readUserCallLog. [All], [Search], [Lookup] and [Nearest] find operations by name, [Match] and [MatchRequest] by what
// is sent. What the catalogue lacks is made with [Parse] and joined to it with [NewCatalogue].
//
// # Groups and buckets
//
// A call is charged to the buckets of [Operation.Groups]; [Limits] has the documented defaults. The platform tells the
// figures that hold for an app in the headers of its answers.
//
// # Scopes
//
// A [Scope] has the spelling of the token response. [Scope.Canonical] knows the other names in use, [Scope.Includes] what
// comes with a scope, [Scope.Exercisable] and [Cheapest] how the use of a scope can be shown.
//
// # Facts alone
//
// The generated files hold names, paths, statuses and permissions, and no sentence of the specification. To write them
// anew, have a copy of RingCentral's public OpenAPI specification and run, in this folder,
//
//	RC_SPEC=PATH go generate .
//
// which also writes the shapes of requests and answers that the emulator goes by. The tests compare both with the
// specification when RC_SPEC is set.
package rcapi

//go:generate go run github.com/graduationkit/ringcentral/gradtest/internal/rcapigen -spec $RC_SPEC -out . -shapes ../internal/shape
