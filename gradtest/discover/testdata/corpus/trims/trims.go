// Package trims normalises slashes.
package trims

import (
	"net/http"
	"os"
	"strings"
)

func join(base, path string) string {
	return strings.TrimRight(base, "/") + "/" + strings.TrimLeft(path, "/")
}

// Run calls.
func Run() {
	http.Get(join(os.Getenv("BASE"), "restapi/v1.0/account/~/presence"))                                       // want "readAccountPresence"
	http.Get(join("https://platform.ringcentral.com/", "/restapi/v1.0/account/~/sites"))                       // want "listSites"
	http.Get("https://" + strings.TrimSuffix(os.Getenv("HOST"), "/") + "/restapi/v1.0/account/~/call-queues/") // want "listCallQueues"
	http.Get(strings.TrimSpace(" https://platform.ringcentral.com/restapi/v1.0/account/~ "))                   // want "readAccountInfo"
}
