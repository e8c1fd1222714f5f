// Package localfunc defines helpers in functions.
package localfunc

import "net/http"

// Run calls.
func Run(n int) {
	path := func(kind string) string { return "https://platform.ringcentral.com/restapi/v1.0/account/~/" + kind }
	get := func(kind string) { http.Get(path(kind)) }
	get("presence")    // want "readAccountPresence"
	get("call-queues") // want "listCallQueues"
	kind := "sites"
	if n > 3 {
		kind = "call-log"
	}
	get(kind) // want "listSites" "readCompanyCallLog"
}
