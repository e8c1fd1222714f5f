package wire

import (
	"encoding/json"
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// tokenPath is the path of token requests.
const tokenPath = "/restapi/oauth/token"

// granted returns the app scopes that the response to a token request grants, sorted; nil if it does not say. Of the
// body only names that the platform is known to have are kept: anything else in their place could be a secret.
func granted(resp *http.Response) (names []string) {
	body, _ := peek(resp, successPeek)
	var token struct {
		Scope string `json:"scope"`
	}
	if json.Unmarshal(body.plain, &token) != nil {
		return nil
	}
	for _, s := range rcapi.ParseScopes(token.Scope) {
		if s.Known() {
			names = append(names, string(s))
		}
	}
	return names
}
