package literal

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func SMS() { http.Post(base+"/extension/~/sms", "", nil) } // want "undeclared createSMSMessage"
