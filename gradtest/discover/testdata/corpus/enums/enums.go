// Package enums describes endpoints by numbers.
package enums

import "net/http"

type endpoint int

const (
	accountInfo endpoint = iota
	createRingOut
	readPresence
)

var paths = [...]string{
	accountInfo:   "/restapi/v1.0/account/~",
	createRingOut: "/restapi/v1.0/account/~/extension/~/ring-out",
	readPresence:  "/restapi/v1.0/account/~/extension/~/presence",
}

var methods = map[endpoint]string{accountInfo: "GET", createRingOut: "POST", readPresence: "GET"}

func call(e endpoint) {
	req, _ := http.NewRequest(methods[e], "https://platform.ringcentral.com"+paths[e], nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	call(accountInfo)   // want "readAccountInfo"
	call(createRingOut) // want "createRingOutCall"
}
