// Package main uses ringcentral-go.
package main

import (
	"os"
	"strings"

	"github.com/ringcentral/ringcentral-go"
)

func main() {
	rc := ringcentral.RestClient{Server: os.Getenv("RC_SERVER_URL")}
	rc.Authorize(ringcentral.GetTokenRequest{GrantType: "password"})            // want-auth "getToken"
	rc.Get("/restapi/v1.0/account/~/extension/~/call-log")                      // want "readUserCallLog"
	rc.Post("/restapi/v1.0/account/~/extension/~/sms", strings.NewReader("{}")) // want "createSMSMessage"
	rc.Put("/restapi/v1.0/account/~/extension/~/presence", nil)                 // want "updateUserPresenceStatus"
	rc.Patch("/team-messaging/v1/chats/1/posts/2", nil)                         // want "patchGlipPostNew"
	rc.Delete("/restapi/v1.0/subscription/" + os.Args[1])                       // want "deleteSubscription"
	rc.Request("GET", "/restapi/v1.0/account/~", "", nil)                       // want "readAccountInfo"
	rc.Revoke()                                                                 // want-auth "revokeToken"
}
