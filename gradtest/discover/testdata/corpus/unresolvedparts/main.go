// Package main has calls that only the running program knows.
package main

import (
	"net/http"
	"os"
)

func main() {
	base := "https://platform.ringcentral.com"
	path := os.Args[1]
	http.Get(base + path)                                                                           // want-unresolved "{}"
	req, _ := http.NewRequest(os.Args[2], base+"/restapi/v1.0/account/~/extension/~/presence", nil) // want-unresolved "/restapi/v1.0/account/~/extension/~/presence"
	http.DefaultClient.Do(req)
	http.Get(os.Getenv("API") + "/account/~/extension/~/call-log") // want-unresolved "/account/~/extension/~/call-log"
	http.Get(base + "/restapi/v1.0/account/~/" + path)             // want-unresolved "/restapi/v1.0/account/~/{}"
}
