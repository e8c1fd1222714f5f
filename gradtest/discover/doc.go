// Package discover finds the operations of the RingCentral platform that Go code calls, without running it.
//
// # How
//
// [Scan] type-checks the packages of a module and looks for the functions that send HTTP requests: those of net/http,
// fasthttp, resty, req and sling. From each it goes backwards to all values that its method and URL can have: through
// concatenation, formatting and path joining, through the parameters of helpers to their call sites, through struct
// fields, tables, maps, closures, interfaces, generics and JSON that is embedded with go:embed. Clients that an app has
// written itself, SDKs and generated clients need no table, since they end in net/http.
//
// A call is reported at the outermost call that decides which operation is called: where the path or the method becomes
// a constant.
//
// In the same way it finds what the code declares as a gradtest.App, see [Result.Apps]; package drift compares the two.
//
// # What it does not know
//
// Nothing is guessed. A call whose method or path depends on a value that only the running program has is
// [Unresolved], with what is known of it. A path of the platform that the catalogue lacks is [Unknown]. A URL at
// another company's host is not reported, and neither is a path that is not recognisably one of the platform: without a
// known host it must begin like one, such as /restapi/.
//
// What a program calls when it runs, in any language, is for package recorder.
package discover
