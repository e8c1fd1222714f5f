package sortedmap

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Log() { http.Get(base + "/extension/~/call-log") }

func Sites() { http.Get(base + "/sites") } // want "undeclared listSites"
