// Package main adds queries under conditions, and cuts them off again.
package main

import (
	"net/http"
	"net/url"
	"os"
	"strings"
)

func endpoint(u string) string {
	if i := strings.Index(u, "?"); i >= 0 {
		return u[:i]
	}
	return u
}

func bare(u string) string {
	head, _, _ := strings.Cut(u, "?")
	return head
}

func main() {
	u := os.Getenv("BASE") + "/restapi/v1.0/account/~/extension/~/call-log"
	params := url.Values{}
	if len(os.Args) > 1 {
		params.Set("dateFrom", os.Args[1])
	}
	if len(params) > 0 {
		u += "?" + params.Encode()
	}
	http.Get(u)                                                                                   // want "readUserCallLog"
	http.Get(endpoint(u))                                                                         // want "readUserCallLog"
	http.Get(bare(os.Getenv("BASE") + "/restapi/v1.0/account/~/call-log?page=1"))                 // want "readCompanyCallLog"
	http.Get(strings.Split(os.Getenv("BASE")+"/restapi/v1.0/account/~/extension?page=1", "?")[0]) // want "listExtensions"
	http.Get(os.Getenv("BASE") + "/restapi/v1.0/account/~/presence" + params.Encode())            // want "readAccountPresence"
}
