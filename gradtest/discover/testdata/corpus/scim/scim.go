// Package scim provisions users at the platform.
package scim

import "net/http"

const base = "https://platform.ringcentral.com"

// Run provisions.
func Run(id string) {
	http.Get(base + "/scim/v2/Users?count=10")                         // want "scimSearchViaGet2"
	http.Post(base+"/scim/v2/Users", "application/json", nil)          // want "scimCreateUser2"
	req, _ := http.NewRequest("PATCH", base+"/scim/v2/Users/"+id, nil) // want "scimPatchUser2"
	http.DefaultClient.Do(req)
}
