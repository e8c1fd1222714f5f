// Package namedresults returns method and path together.
package namedresults

import "net/http"

func route(kind string) (method, path string) {
	switch kind {
	case "send":
		return "POST", "/restapi/v1.0/account/~/extension/~/sms"
	case "list":
		method, path = "GET", "/restapi/v1.0/account/~/extension/~/message-store"
	default:
		method = "DELETE"
		path = "/restapi/v1.0/account/~/extension/~/message-store"
	}
	return
}

// Run calls.
func Run(kind string) {
	m, p := route(kind)
	req, _ := http.NewRequest(m, "https://platform.ringcentral.com"+p, nil) // want "createSMSMessage" "listMessages" "deleteMessageByFilter"
	http.DefaultClient.Do(req)
	m, p = route("send")
	req, _ = http.NewRequest(m, "https://platform.ringcentral.com"+p, nil) // want "createSMSMessage"
	http.DefaultClient.Do(req)
}
