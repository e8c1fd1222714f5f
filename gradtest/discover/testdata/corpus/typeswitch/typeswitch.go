// Package typeswitch finds the path by the type of the request.
package typeswitch

import "net/http"

type (
	listQueues struct{}
	addExt     struct{ name string }
	removeExt  struct{ id string }
)

func route(r any) (string, string) {
	switch v := r.(type) {
	case listQueues:
		return "GET", "/restapi/v1.0/account/~/call-queues"
	case *addExt:
		return "POST", "/restapi/v1.0/account/~/extension"
	case removeExt:
		return "DELETE", "/restapi/v1.0/account/~/extension/" + v.id
	}
	return "", ""
}

func send(r any) {
	method, path := route(r)
	req, _ := http.NewRequest(method, "https://platform.ringcentral.com"+path, nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	send(listQueues{})       // want "listCallQueues"
	send(&addExt{name: "a"}) // want "createExtension"
}
