// Package unknownops calls what the catalogue does not have.
package unknownops

import (
	"net/http"
	"os"
)

// Run calls them.
func Run(id string) {
	http.Get(os.Getenv("BASE") + "/restapi/v1.0/glip/files")                                          // want-unknown "GET /restapi/v1.0/glip/files"
	http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/meeting/" + id + "/assistants") // want-unknown "GET /restapi/v1.0/account/~/meeting/{}/assistants"
	http.Post("https://platform.ringcentral.com/restapi/v1.0/account/~/presence", "", nil)            // want-unknown "POST /restapi/v1.0/account/~/presence"
}
