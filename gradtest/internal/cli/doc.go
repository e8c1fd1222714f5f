// Package cli is the command gradtest, as a function: [Main] takes arguments and returns an exit status. Each
// subcommand has its own file and is a thin client of the project's packages.
//
// # Output
//
// The result goes to standard output: a table, or with --json one JSON document, whose members docs/json.md lists.
// Errors go to standard error, one line each, and so does the emulator's log. No secret is ever written, except the
// credentials that the emulator generates.
//
// # Exit status
//
//	0  ready, or done
//	1  not ready
//	2  error
package cli
