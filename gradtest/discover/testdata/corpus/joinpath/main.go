// Package main joins paths in three ways.
package main

import (
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
)

func main() {
	base := os.Getenv("SERVER")
	id := os.Args[1]
	u, _ := url.JoinPath(base, "restapi", "v1.0", "account", "~", "extension", id, "device")
	http.Get(u)                                                                                       // want "listExtensionDevices"
	http.Get(base + path.Join("/restapi/v1.0", "account/~", "extension", "/~/", "favorite"))          // want "listFavoriteContacts"
	http.Get(base + "/" + strings.Join([]string{"restapi", "v1.0", "account", "~", "presence"}, "/")) // want "readAccountPresence"
	parsed, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	http.Get(parsed.JoinPath("restapi/v1.0/account/~/call-log").String()) // want "readCompanyCallLog"
}
