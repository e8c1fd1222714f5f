// Package main uses heimdall.
package main

import (
	"net/http"
	"time"

	"github.com/gojek/heimdall/v7/httpclient"
)

func main() {
	c := httpclient.NewClient(httpclient.WithHTTPTimeout(time.Second))
	const base = "https://platform.ringcentral.com/restapi/v1.0"
	c.Get(base+"/account/~/extension/~", http.Header{})                   // want "readExtension"
	c.Delete(base+"/subscription/abc", nil)                               // want "deleteSubscription"
	req, _ := http.NewRequest("GET", base+"/account/~/phone-number", nil) // want "listAccountPhoneNumbers"
	c.Do(req)
}
