// Command loadbench measures the speed of the emulator against a bare net/http handler that answers as many bytes:
//
//	go run ./gradtest/internal/loadbench
//
// The operation is the GET of the extension, with limits off, over kept-alive connections and without pipelining. Three
// servers run as processes of their own: the bare handler, the emulator as a library, and the program gradtest emulator,
// quiet. They take turns, round by round, so that what else the machine does falls on all of them alike; a figure is the
// median of the rounds, and the share of bare the median of the shares within one round. The generator writes the same
// bytes over and over and looks at no more of an answer than its status and its length, since what it costs is taken from
// the server: both share the machine's cores.
//
// Start-up is measured in fresh processes and includes the login, and ends with the extension's first 200. Resident memory
// is what the kernel says of the emulator's process when all rounds are over (Linux only); the emulator keeps 16 bytes for
// each call of two days, so it grows with -rounds and -time.
package main
