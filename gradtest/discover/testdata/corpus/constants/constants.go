// Package constants composes constants.
package constants

import "net/http"

const (
	host     = "https://platform.ringcentral.com"
	api      = host + "/restapi/" + version
	version  = "v1.0"
	acct     = api + "/account/~"
	ext      = acct + "/extension/~"
	callLog  = ext + "/call-log"
	presence = acct + "/presence"
)

// Path is a path.
type Path string

// Paths.
const (
	Devices Path = "/device"
	Grants  Path = "/grant"
)

// URL returns the address.
func (p Path) URL() string { return ext + string(p) }

// Run calls.
func Run() {
	http.Get(callLog)       // want "readUserCallLog"
	http.Get(presence)      // want "readAccountPresence"
	http.Get(Devices.URL()) // want "listExtensionDevices"
	http.Get(Grants.URL())  // want "listExtensionGrants"
}
