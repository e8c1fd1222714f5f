// Package loops builds a path in a loop: what it is, only the running program knows.
package loops

import "net/http"

// Run calls.
func Run(segments []string) {
	u := "https://platform.ringcentral.com/restapi/v1.0"
	for _, s := range segments {
		u += "/" + s
	}
	http.Get(u) // want-unresolved "/restapi/v1.0{}"
}
