package noapp

import "net/http"

func Extension() { http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~") }
