// Package boolflags chooses paths by flags.
package boolflags

import "net/http"

type client struct {
	base string
	v2   bool
}

func (c client) numbers(detailed bool) {
	path := "/restapi/v1.0/account/~/phone-number"
	if c.v2 {
		path = "/restapi/v2/accounts/~/phone-numbers"
	}
	if detailed {
		path += "?view=Detailed"
	}
	http.Get(c.base + path) // want "listAccountPhoneNumbers" "listAccountPhoneNumbersV2"
}

func log(company bool) string {
	if company {
		return "/restapi/v1.0/account/~/call-log"
	}
	return "/restapi/v1.0/account/~/extension/~/call-log"
}

// Run calls.
func Run(v2 bool) {
	client{"https://platform.ringcentral.com", v2}.numbers(true)
	http.Get("https://platform.ringcentral.com" + log(true)) // want "readCompanyCallLog"
}
