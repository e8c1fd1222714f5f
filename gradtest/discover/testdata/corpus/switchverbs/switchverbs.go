// Package switchverbs switches over methods and kinds.
package switchverbs

import (
	"fmt"
	"net/http"
)

const root = "https://platform.ringcentral.com/restapi/v1.0"

func send(method, path string) (*http.Response, error) {
	switch method {
	case "GET":
		return http.Get(root + path)
	case "POST":
		return http.Post(root+path, "application/json", nil)
	}
	return nil, fmt.Errorf("no method %s", method)
}

func pathOf(kind string) string {
	switch kind {
	case "log":
		return "/account/~/call-log"
	case "presence":
		return "/account/~/presence"
	case "queues":
		return "/account/~/call-queues"
	}
	return ""
}

type level int

const (
	company level = iota
	user
)

func logPath(l level) string {
	if l == user {
		return "/account/~/extension/~/call-log"
	}
	return "/account/~/call-log"
}

// Run calls.
func Run() {
	send("GET", "/account/~/extension")             // want "listExtensions"
	send("POST", "/account/~/extension/~/ring-out") // want "createRingOutCall"
	send("GET", pathOf("presence"))                 // want "readAccountPresence"
	send("GET", logPath(user))                      // want "readUserCallLog"
	send("GET", logPath(company))                   // want "readCompanyCallLog"
}
