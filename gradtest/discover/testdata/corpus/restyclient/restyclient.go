// Package restyclient uses resty.
package restyclient

import (
	"os"

	"github.com/go-resty/resty/v2"
)

// Run makes requests.
func Run(id string) {
	c := resty.New().SetBaseURL("https://platform.ringcentral.com/restapi/v1.0")
	c.R().SetHeader("Accept", "application/json").Get("/account/~/extension/~/call-log") // want "readUserCallLog"
	c.R().SetBody("{}").Post("/account/~/extension/~/sms")                               // want "createSMSMessage"
	c.R().SetPathParam("id", id).Get("/account/~/extension/{id}")                        // want "readExtension"
	c.R().SetPathParams(map[string]string{"m": id}).
		Delete("/account/~/extension/~/message-store/{m}") // want "deleteMessage"
	c.R().Execute(resty.MethodPut, "/account/~/extension/~/presence") // want "updateUserPresenceStatus"

	other := resty.New()
	other.SetBaseURL("https://api.othervendor.io/restapi/v1.0")
	other.R().Get("/account/~/extension/~/call-log")

	env := resty.New()
	env.BaseURL = os.Getenv("BASE")
	env.R().Patch("/team-messaging/v1/chats/" + id + "/posts/9")                    // want "patchGlipPostNew"
	env.R().Get("https://platform.ringcentral.com/restapi/v1.0/account/~/presence") // want "readAccountPresence"
}
