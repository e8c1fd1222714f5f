package embeddedapp

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Log() { http.Get(base + "/extension/~/call-log") }

func SMS() { http.Post(base+"/extension/~/sms", "", nil) } // want "undeclared createSMSMessage"
