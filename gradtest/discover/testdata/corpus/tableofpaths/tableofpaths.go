// Package tableofpaths goes through tables.
package tableofpaths

import (
	"net/http"
	"os"
)

type row struct {
	verb, path string
}

var rows = []row{
	{"GET", "/restapi/v1.0/account/~/extension/~/call-log"},
	{"POST", "/restapi/v1.0/account/~/extension/~/sms"},
	{"DELETE", "/restapi/v1.0/account/~/extension/~/message-store"},
}

var byName = map[string]string{
	"presence": "/restapi/v1.0/account/~/extension/~/presence",
	"devices":  "/restapi/v1.0/account/~/extension/~/device",
}

func call(verb, path string) {
	req, _ := http.NewRequest(verb, os.Getenv("BASE")+path, nil)
	http.DefaultClient.Do(req)
}

// All calls every row.
func All() {
	for _, r := range rows {
		call(r.verb, r.path) // want "readUserCallLog" "createSMSMessage" "deleteMessageByFilter"
	}
	for i := range rows {
		_ = i
	}
}

// One calls a named one.
func One(name string) {
	call("GET", byName["presence"]) // want "readUserPresenceStatus"
	call("GET", byName[name])       // want "readUserPresenceStatus" "listExtensionDevices"
}

// Local goes through a local table, and a map.
func Local() {
	for _, p := range []string{"/restapi/v1.0/account/~/call-log", "/restapi/v1.0/account/~/presence"} {
		call(http.MethodGet, p) // want "readCompanyCallLog" "readAccountPresence"
	}
	for verb, p := range map[string]string{"GET": "/restapi/v1.0/subscription/1", "PUT": "/restapi/v1.0/subscription/2"} {
		call(verb, p) // want "readSubscription" "updateSubscription"
	}
	verbs := []string{"POST", "GET"}
	paths := []string{"/restapi/v1.0/account/~/extension/~/ring-out", "/restapi/v1.0/account/~/extension/~/ring-out/8"}
	for i := range verbs {
		call(verbs[i], paths[i]) // want "createRingOutCall" "readRingOutCallStatus"
	}
}
