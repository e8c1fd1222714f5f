// Package recorder records the calls of a program in any language, which knows nothing of gradtest: the library behind
// the command's verb record.
//
// A [Recorder] is an HTTP server in front of the platform. [Recorder.Environ] points a program at it, by the variables
// in which programs look for the platform's address, and [Run] does all of it for one program:
//
//	summary, status, err := recorder.Run(recorder.Config{}, recorder.Program{Args: []string{"node", "app.mjs"}})
//
// # What passes
//
// HTTP/1.1 with keep-alive, and HTTP/2 without TLS (h2c, prior knowledge). Requests and answers are handed on as they
// are and as they arrive, of any length: chunked, compressed, multipart, with trailers. WebSocket connections pass
// through. Any number of connections may be open at once. The program authorizes itself, and its requests for tokens
// pass like any other.
//
// # Where to
//
// Upstream is the server that Config.Upstream or RC_SERVER_URL names, or else an emulator in this process. Then the
// program gets the emulator's credentials in its environment, and no account is needed.
//
// # What is kept
//
// Each attempt is a record of the ledger, as package wire makes it: it counts as evidence of the app that
// RC_APP_CLIENT_ID names. Records of the emulator are kept in memory unless Config.Dir names a directory; they count
// for no real app. [Summary] is what a recorder saw: operations in the order of their first call, statuses, app scopes
// and groups, paths that the catalogue lacks, and where the program broke the rate limits. Tokens, secrets, bodies,
// query values and ids are in none of it.
//
// # Pace
//
// By default nothing is delayed. With Config.Pace each call waits for its slot in the limits, which it shares with
// every other program on the same ledger.
//
// # Programs with a fixed address
//
// With Config.Proxy the recorder is also a proxy for HTTPS_PROXY. It opens the TLS connections to RingCentral's hosts
// with a certificate authority that exists for this one run, and tunnels all others. The program must trust the
// authority: its certificate is written to a file that the usual variables name. Its key never leaves the process, and
// it can sign for nothing but RingCentral's hosts and the upstream.
package recorder
