// Package rcapi is the catalogue of the RingCentral platform: its operations, app scopes and usage-plan groups.
//
// # Operations
//
// Every operation of the public specification is a variable named after its operationId: [ReadUserCallLog] is
// readUserCallLog. [All], [Search], [Lookup] and [Nearest] find operations by name, [Match] and [MatchRequest] by
// request. [Parse] and [Describe] describe an operation that the catalogue lacks, and [NewCatalogue] adds it.
//
// # Editions
//
// The catalogue has all operations of four editions of the specification, from 2021 to today; see [Edition]. An
// operation knows the editions that have it ([Operation.Editions]), how an older one described it ([Operation.At]), and
// what replaces one that is gone ([Operation.Replacement]).
//
// # Groups
//
// The platform limits the rate of calls by group. [Groups] is the table of all groups and their documented limits,
// and [Operation.Groups] returns the ones that a call is charged to. The limits of a particular app are in the
// headers of the platform's answers.
//
// # Scopes
//
// A [Scope] has the spelling of the token response; [Scope.Canonical] knows the other names in use. A scope may
// include others ([Scope.Includes]). [Operation.Exercises] reports whether a successful call shows that the app uses
// a scope, and [Cheapest] suggests an operation for it.
//
// # Generated files
//
// The generated files contain names, paths, statuses and permissions, and no text of the specification. To regenerate
// them, run this in this folder with copies of RingCentral's public OpenAPI specification, one for each edition:
//
//	RC_SPEC=2021-03=PATH:2023-05=PATH:2024-03-05=PATH:2026-08=PATH go generate .
//
// This also writes the request and response shapes that the emulator uses. The tests compare both with each edition
// that RC_SPEC lists.
package rcapi

//go:generate go run github.com/graduationkit/ringcentral/gradtest/internal/rcapigen -spec $RC_SPEC -out . -shapes ../internal/shape
