// Package buildurl builds URLs with a helper of many options.
package buildurl

import (
	"net/http"
	"net/url"
	"os"
	"strings"
)

const (
	production = "https://platform.ringcentral.com"
	fragment   = "restapi/v1.0"
)

func joinAbsolute(elems ...string) string {
	var parts []string
	for i, e := range elems {
		if i > 0 {
			e = strings.TrimLeft(e, "/")
		}
		parts = append(parts, strings.TrimRight(e, "/"))
	}
	return strings.Join(parts, "/")
}

func buildURL(server, path string, addRest bool, query url.Values) string {
	u := server
	if len(u) == 0 {
		u = production
	}
	if addRest {
		u = joinAbsolute(u, fragment, path)
	} else {
		u = joinAbsolute(u, path)
	}
	if q := query.Encode(); q != "" {
		u += "?" + q
	}
	return u
}

// Run calls.
func Run() {
	http.Get(buildURL("", "/account/~/extension/~/call-log/", true, nil))                                    // want "readUserCallLog"
	http.Post(buildURL(os.Getenv("SERVER"), "account/~/extension/~/fax", true, nil), "multipart/mixed", nil) // want "createFaxMessage"
	http.Get(buildURL(production, "/team-messaging/v1/chats", false, url.Values{"type": {"Team"}}))          // want "listGlipChatsNew"
}
