// Package configfile reads its server from a file.
package configfile

import (
	"cmp"
	"encoding/json"
	"flag"
	"net/http"
	"os"
)

type config struct {
	Server  string `json:"server"`
	Account string `json:"account"`
}

func load() (c config) {
	data, err := os.ReadFile("config.json")
	if err != nil {
		return c
	}
	json.Unmarshal(data, &c)
	if c.Server == "" {
		c.Server = "https://platform.ringcentral.com"
	}
	return c
}

var server string

func init() { flag.StringVar(&server, "server", "https://platform.ringcentral.com", "server") }

// Run calls.
func Run() {
	c := load()
	http.Get(c.Server + "/restapi/v1.0/account/" + c.Account + "/presence")                           // want "readAccountPresence"
	http.Get(server + "/restapi/v1.0/account/~/call-log")                                             // want "readCompanyCallLog"
	http.Get(cmp.Or(os.Getenv("RC"), "https://platform.ringcentral.com") + "/restapi/v1.0/account/~") // want "readAccountInfo"
	base := os.Getenv("RC_SERVER_URL")
	if base == "" {
		base = "https://platform.devtest.ringcentral.com"
	}
	http.Get(base + "/restapi/v1.0/account/~/sites") // want "listSites"
}
