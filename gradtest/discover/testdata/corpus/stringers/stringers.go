// Package stringers formats values that have methods.
package stringers

import (
	"fmt"
	"net/http"
)

type id int

func (i id) String() string { return fmt.Sprintf("%d", int(i)) }

type resource struct{ kind string }

func (r resource) String() string { return "/restapi/v1.0/account/~/" + r.kind }

// Run calls.
func Run(i id) {
	http.Get(fmt.Sprintf("https://platform.ringcentral.com%s", resource{"sites"}))                            // want "listSites"
	http.Get(fmt.Sprintf("https://platform.ringcentral.com/restapi/v1.0/account/~/extension/%v/call-log", i)) // want "readUserCallLog"
	http.Get(fmt.Sprint("https://platform.ringcentral.com", "/restapi/v1.0/account/~/extension/", i))         // want "readExtension"
}
