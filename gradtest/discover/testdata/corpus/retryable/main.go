// Package main uses hashicorp's retrying client.
package main

import (
	"net/http"
	"os"

	"github.com/hashicorp/go-retryablehttp"
)

const host = "https://platform.ringcentral.com"

type api struct{ c *retryablehttp.Client }

func (a *api) send(method, path string, body any) (*http.Response, error) {
	req, err := retryablehttp.NewRequest(method, host+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	return a.c.Do(req)
}

func main() {
	a := &api{retryablehttp.NewClient()}
	a.send(http.MethodPut, "/restapi/v1.0/account/~/extension/~/presence", []byte("{}")) // want "updateUserPresenceStatus"
	retryablehttp.Get(host + "/restapi/v1.0/account/~/call-log")                         // want "readCompanyCallLog"
	a.c.Get(host + "/restapi/v1.0/account/~/sites")                                      // want "listSites"
	a.c.Post(host+"/restapi/v1.0/subscription", "application/json", []byte("{}"))        // want "createSubscription"
}
