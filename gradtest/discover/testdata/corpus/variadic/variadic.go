// Package variadic joins segments.
package variadic

import (
	"net/http"
	"path"
	"strings"
)

func call(method string, segments ...string) {
	req, _ := http.NewRequest(method, "https://platform.ringcentral.com/restapi/v1.0/"+strings.Join(segments, "/"), nil)
	http.DefaultClient.Do(req)
}

func get(segments ...string) {
	http.Get("https://platform.ringcentral.com/" + path.Join(append([]string{"restapi", "v1.0"}, segments...)...))
}

// Run calls.
func Run(id string) {
	call("GET", "account", "~", "extension", id)          // want "readExtension"
	call("PUT", "account", "~", "extension", id)          // want "updateExtension"
	get("account", "~", "extension", id, "message-store") // want "listMessages"
}
