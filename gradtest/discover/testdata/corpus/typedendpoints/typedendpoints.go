// Package typedendpoints declares endpoints as values.
package typedendpoints

import (
	"net/http"
	"strings"
)

type endpoint struct {
	method  string
	pattern string
}

var (
	readDevice = endpoint{http.MethodGet, "/restapi/v1.0/account/{accountId}/device/{deviceId}"}
	editDevice = endpoint{http.MethodPut, "/restapi/v1.0/account/{accountId}/device/{deviceId}"}
	unused     = endpoint{http.MethodGet, "/restapi/v1.0/account/{accountId}/sites"}
)

func (e endpoint) url(id string) string {
	p := strings.ReplaceAll(e.pattern, "{accountId}", "~")
	return "https://platform.ringcentral.com" + strings.ReplaceAll(p, "{deviceId}", id)
}

func send(e endpoint, id string) {
	req, _ := http.NewRequest(e.method, e.url(id), nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run(id string) {
	send(readDevice, id) // want "readDevice"
	send(editDevice, id) // want "updateDevice"
	_ = unused
}
