// Command loadbench measures the speed of the emulator against a bare net/http handler that sends as many bytes:
//
//	go run ./tools/loadbench
//
// The operation is the GET of the extension, with limits off, over kept-alive connections and without pipelining. Three
// servers run as separate processes: the bare handler, the emulator as a library, and the program gradtest emulator
// with
// --quiet. They take turns, round by round, so that other load on the machine affects all of them alike. A figure is
// the median of the rounds; the share of bare is the median of the shares within one round. Load generator and server
// share the machine's cores, so the generator is kept cheap: it writes the same bytes each time and checks only status
// and length.
//
// Start-up time is measured in fresh processes, from start to the first 200 of the extension, login included. Resident
// memory is read from the kernel after the last round (Linux only). The emulator keeps 16 bytes for each call of the
// last two days, so it grows with -rounds and -time.
package main
