package parsed

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Meetings() { http.Get(base + "/extension/~/calendar") }

func Unknown() { http.Get(base + "/extension/~/holidays") } // want "undeclared GET /restapi/v1.0/account/~/extension/~/holidays"
