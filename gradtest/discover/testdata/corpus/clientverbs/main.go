// Package main uses the verbs of http.Client.
package main

import (
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	c := &http.Client{}
	base := os.Getenv("RC_SERVER_URL")
	c.Get(base + "/restapi/v1.0/account/~/extension/~/message-store")                                   // want "listMessages"
	c.Head(base + "/restapi/v1.0/account/~/extension/~")                                                // want-unknown "HEAD /restapi/v1.0/account/~/extension/~"
	c.Post(base+"/restapi/v1.0/account/~/extension/~/sms", "application/json", strings.NewReader("{}")) // want "createSMSMessage"
	c.PostForm(base+"/restapi/oauth/token", url.Values{"grant_type": {"password"}})                     // want-auth "getToken"
	http.Post(base+"/restapi/v1.0/account/~/extension/~/ring-out", "application/json", nil)             // want "createRingOutCall"
	http.PostForm(base+"/restapi/oauth/revoke", nil)                                                    // want-auth "revokeToken"
	http.Head("https://www.othervendor.io/restapi/v1.0/account/~/extension/~")                          // another company
}
