package reach

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func unused() { http.Post(base+"/extension/~/fax", "", nil) }

func alsoUnused() { http.Get(base + "/extension/~/address-book/contact") }
