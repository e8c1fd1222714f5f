// Package main makes requests with and without a context.
package main

import (
	"context"
	"net/http"
)

const server = "https://platform.devtest.ringcentral.com"

func main() {
	ctx := context.Background()
	r1, _ := http.NewRequest("GET", server+"/restapi/v1.0/account/~", nil)                                               // want "readAccountInfo"
	r2, _ := http.NewRequestWithContext(ctx, http.MethodPut, server+"/restapi/v1.0/account/~/extension/~/presence", nil) // want "updateUserPresenceStatus"
	r3, _ := http.NewRequest("", server+"/restapi/v1.0/subscription", nil)                                               // want "listSubscriptions"
	for _, r := range []*http.Request{r1, r2, r3} {
		http.DefaultClient.Do(r)
	}
}
