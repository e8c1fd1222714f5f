// Package otherhosts calls other companies' APIs whose paths look alike.
package otherhosts

import (
	"fmt"
	"net/http"
	"os"
)

const crm = "https://api.example-crm.com"

// Run calls them.
func Run(id string) {
	http.Get(crm + "/restapi/v1.0/account/" + id + "/extension")
	http.Get(crm + "/v1/accounts/~/call-log")
	http.Get(fmt.Sprintf("https://%s.zendesk.example/api/v2/users/%s.json", os.Getenv("TENANT"), id))
	http.Get(os.Getenv("JIRA") + "/rest/api/2/issue/" + id)
	http.Get(os.Getenv("IDP") + "/scim/v2/Users")
	http.Get("https://engage.ringcentral.com/voice/api/v1/admin/accounts")
	http.Get("http://localhost:8080/healthz")
	http.Post("https://hooks.ringcentral.com/webhook/v2/"+id, "application/json", nil)
}
