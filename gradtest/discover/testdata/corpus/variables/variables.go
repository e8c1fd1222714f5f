// Package variables keeps addresses in variables of the package.
package variables

import (
	"fmt"
	"net/http"
	"os"
)

var (
	base    = "https://platform.ringcentral.com"
	logURL  = base + "/restapi/v1.0/account/~/call-log"
	sitesAt = fmt.Sprintf("%s/restapi/v1.0/account/~/sites", base)
)

func init() {
	if s := os.Getenv("BASE"); s != "" {
		base = s
	}
}

// Run calls.
func Run() {
	http.Get(logURL)                                       // want "readCompanyCallLog"
	http.Get(sitesAt)                                      // want "listSites"
	http.Get(base + "/restapi/v1.0/account/~/call-queues") // want "listCallQueues"
}
