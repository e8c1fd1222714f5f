// Package main fills url.URL values.
package main

import (
	"net/http"
	"net/url"
)

func main() {
	u := url.URL{Scheme: "https", Host: "platform.ringcentral.com", Path: "/restapi/v1.0/account/~/extension"}
	u.RawQuery = url.Values{"status": {"Enabled"}}.Encode()
	http.Get(u.String()) // want "listExtensions"

	p := &url.URL{Scheme: "https", Host: "platform.ringcentral.com"}
	p.Path = "/restapi/v1.0/subscription"
	http.Get(p.String()) // want "listSubscriptions"

	req := &http.Request{
		Method: http.MethodPost,
		URL:    &url.URL{Scheme: "https", Host: "platform.ringcentral.com", Path: "/restapi/v1.0/client-info/sip-provision"}, // want "createSIPRegistration"
	}
	http.DefaultClient.Do(req)

	other := url.URL{Scheme: "https", Host: "api.othervendor.io", Path: "/restapi/v1.0/account/~/extension"}
	http.Get(other.String())
}
