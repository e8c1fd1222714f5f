// Package templates fills paths in several ways.
package templates

import (
	"net/http"
	"regexp"
	"strings"
	"text/template"
)

const root = "https://platform.ringcentral.com"

var (
	tmpl  = template.Must(template.New("t").Parse("/restapi/v1.0/account/{{.Account}}/recording/{{.ID}}"))
	param = regexp.MustCompile(`\{[^}]+\}`)
)

func fill(path string, params map[string]string) string {
	for k, v := range params {
		path = strings.ReplaceAll(path, "{"+k+"}", v)
	}
	return path
}

// Run calls.
func Run(id string) {
	var b strings.Builder
	tmpl.Execute(&b, map[string]string{"Account": "~", "ID": id})
	http.Get(root + b.String())                                                                                                   // want "readCallRecording"
	http.Get(root + strings.Replace("/restapi/v1.0/account/{accountId}/recording/{recordingId}/content", "{recordingId}", id, 1)) // want "readCallRecordingContent"
	http.Get(root + strings.NewReplacer("{a}", "~", "{e}", id).Replace("/restapi/v1.0/account/{a}/extension/{e}/presence"))       // want "readUserPresenceStatus"
	http.Get(root + param.ReplaceAllString("/restapi/v1.0/account/{id}/presence", "~"))                                           // want "readAccountPresence"
	http.Get(root + strings.ReplaceAll("/restapi/v1.0/account/:account/sites", ":account", "~"))                                  // want "listSites"
}

// Filled calls.
func Filled(id string) {
	http.Get(root + fill("/restapi/v1.0/account/{accountId}/device/{deviceId}", map[string]string{"accountId": "~", "deviceId": id})) // want "readDevice"
}
