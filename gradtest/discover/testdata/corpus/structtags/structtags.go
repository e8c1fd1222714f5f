// Package structtags has a service map of structs in structs.
package structtags

import "net/http"

type routes struct {
	Messages struct{ List, Send string }
	Calls    map[string]string
}

var r = routes{Calls: map[string]string{"log": "/restapi/v1.0/account/~/call-log"}}

func init() {
	r.Messages.List = "/restapi/v1.0/account/~/extension/~/message-store"
	r.Messages.Send = "/restapi/v1.0/account/~/extension/~/sms"
}

// Run calls.
func Run() {
	const base = "https://platform.ringcentral.com"
	http.Get(base + r.Messages.List)         // want "listMessages"
	http.Post(base+r.Messages.Send, "", nil) // want "createSMSMessage"
	http.Get(base + r.Calls["log"])          // want "readCompanyCallLog"
}
