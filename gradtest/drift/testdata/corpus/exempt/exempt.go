package exempt

import "net/http"

const rc = "https://platform.ringcentral.com/restapi"

func All() {
	http.PostForm(rc+"/oauth/token", nil)
	http.Get(rc + "/v1.0/account/~/extension/~")
	http.Post(rc+"/v1.0/account/~/telephony/call-out", "", nil)
	http.Get("https://api.vendor.io/restapi/v1.0/account/~/extension/~/call-log")
}
