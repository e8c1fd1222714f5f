// Package reqclient uses req.
package reqclient

import "github.com/imroc/req/v3"

// Run makes requests.
func Run(id string) {
	c := req.C().SetBaseURL("https://platform.ringcentral.com")
	c.R().Get("/restapi/v1.0/account/~/extension/~/device")                    // want "listExtensionDevices"
	c.R().SetPathParam("id", id).Get("/restapi/v1.0/account/~/recording/{id}") // want "readCallRecording"
	c.R().Send("POST", "/restapi/v1.0/account/~/extension/~/mms")              // want "createMMS"
	c.Get("/restapi/v1.0/account/~/presence").Do()                             // want "readAccountPresence"
	req.MustGet("https://platform.ringcentral.com/restapi/v1.0/account/~")     // want "readAccountInfo"
	req.MustGet("https://api.othervendor.io/restapi/v1.0/account/~")
}
