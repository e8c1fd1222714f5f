package appended

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Log() { http.Get(base + "/extension/~/call-log") }

func Messages() { http.Get(base + "/extension/~/message-store") }

func SMS() { http.Post(base+"/extension/~/sms", "", nil) }

func RingOut() { http.Post(base+"/extension/~/ring-out", "", nil) } // want "undeclared createRingOutCall"
