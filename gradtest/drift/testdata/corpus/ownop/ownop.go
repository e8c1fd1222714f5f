package ownop

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Secret() { http.Get(base + "/secret") }
