// Package main changes parsed URLs and finished requests.
package main

import (
	"net/http"
	"net/url"
	"os"
)

func main() {
	u, err := url.Parse(os.Getenv("RC_SERVER_URL"))
	if err != nil {
		os.Exit(1)
	}
	u.Path = "/restapi/v1.0/account/~/extension/~/address-book/contact"
	q := u.Query()
	q.Set("perPage", "100")
	u.RawQuery = q.Encode()
	http.Get(u.String()) // want "listContacts"

	ref, _ := u.Parse("/restapi/v1.0/dictionary/fax-cover-page")
	http.Get(ref.String())                                                                     // want "listFaxCoverPages"
	http.Get(u.ResolveReference(&url.URL{Path: "/restapi/v1.0/account/~/device/77"}).String()) // want "readDevice"

	req, _ := http.NewRequest("GET", os.Getenv("RC_SERVER_URL"), nil) // want "readCallRecording"
	req.URL.Path = "/restapi/v1.0/account/~/recording/12"
	http.DefaultClient.Do(req)

	del, _ := http.NewRequest("GET", os.Getenv("RC_SERVER_URL")+"/restapi/v1.0/account/~/extension/~/message-store/5", nil) // want "deleteMessage"
	del.Method = "DELETE"
	http.DefaultClient.Do(del)
}
