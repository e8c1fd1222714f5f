// Package maptype has a map type with methods.
package maptype

import (
	"net/http"
	"strings"
)

type routes map[string]string

var all = routes{
	"recording": "/restapi/v1.0/account/{account}/recording/{id}",
	"device":    "/restapi/v1.0/account/{account}/device/{id}",
}

func (r routes) fill(name string, kv ...string) string {
	return "https://platform.ringcentral.com" + strings.NewReplacer(kv...).Replace(r[name])
}

// Run calls.
func Run(id string) {
	http.Get(all.fill("recording", "{account}", "~", "{id}", id)) // want "readCallRecording"
}
