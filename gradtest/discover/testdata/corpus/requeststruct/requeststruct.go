// Package requeststruct hands request structs on.
package requeststruct

import (
	"net/http"
	"os"
)

type request struct {
	Method string
	Path   string
	Query  map[string]string
}

func execute(r request) (*http.Response, error) {
	u := os.Getenv("BASE") + r.Path
	req, err := http.NewRequest(r.Method, u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func executePointer(r *request) (*http.Response, error) {
	if r.Method == "" {
		r.Method = "GET"
	}
	return execute(*r)
}

// Run makes requests.
func Run() {
	execute(request{Method: "GET", Path: "/restapi/v1.0/account/~/extension/~/message-store"})   // want "listMessages"
	execute(request{Method: "PUT", Path: "/restapi/v1.0/account/~/extension/~/message-store/3"}) // want "updateMessage"
	executePointer(&request{Path: "/restapi/v1.0/account/~/call-queues"})                        // want "listCallQueues"
	executePointer(&request{Path: "/restapi/v1.0/account/~/extension/~/fax", Method: "POST"})    // want "createFaxMessage"
	r := request{Path: "/restapi/v1.0/account/~/extension/~/company-pager"}
	r.Method = http.MethodPost
	execute(r) // want "createInternalTextMessage"
}
