// Package cli is the command gradtest, as a function: [Main] takes arguments and returns an exit status. Each subcommand
// is a thin client of the project's packages and has a file of its own; what they compute, those packages compute.
//
// # Output
//
// Standard output is for the answer: a table for people, or with --json one document for programs. Standard error is for
// what went wrong, one line each, and for the emulator's log. No secret is ever written, but for the credentials that the
// emulator makes up.
//
// # Exit status
//
//	0  ready, or done
//	1  not ready
//	2  error: the question could not be answered
package cli
