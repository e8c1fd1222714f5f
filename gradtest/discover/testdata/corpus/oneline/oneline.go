// Package oneline writes method and path in one string.
package oneline

import (
	"net/http"
	"strings"
)

func call(spec string) {
	method, path, _ := strings.Cut(spec, " ")
	req, _ := http.NewRequest(method, "https://platform.ringcentral.com"+path, nil)
	http.DefaultClient.Do(req)
}

func callFields(spec string) {
	f := strings.Fields(spec)
	if len(f) != 2 {
		return
	}
	req, _ := http.NewRequest(f[0], "https://platform.ringcentral.com"+f[1], nil)
	http.DefaultClient.Do(req)
}

func callSplit(spec string) {
	parts := strings.SplitN(spec, " ", 2)
	req, _ := http.NewRequest(parts[0], "https://platform.ringcentral.com"+parts[1], nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run(id string) {
	call("GET /restapi/v1.0/account/~/presence")                           // want "readAccountPresence"
	callFields("PUT /restapi/v1.0/account/~/extension/~/presence")         // want "updateUserPresenceStatus"
	callSplit("DELETE /restapi/v1.0/account/~/extension/~/ring-out/" + id) // want "deleteRingOutCall"
}
