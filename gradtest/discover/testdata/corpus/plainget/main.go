// Package main fetches one page with net/http.
package main

import (
	"fmt"
	"net/http"
)

func main() {
	resp, err := http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/call-log?perPage=50") // want "readUserCallLog"
	fmt.Println(resp, err)
}
