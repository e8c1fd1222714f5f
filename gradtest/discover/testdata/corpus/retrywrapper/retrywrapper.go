// Package retrywrapper hands finished requests to wrappers.
package retrywrapper

import (
	"net/http"
	"time"
)

func withRetry(req *http.Request) (*http.Response, error) {
	for i := range 3 {
		if resp, err := http.DefaultClient.Do(req); err == nil && resp.StatusCode != 429 {
			return resp, nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return http.DefaultClient.Do(req)
}

func newRequest(method, path string) *http.Request {
	req, err := http.NewRequest(method, "https://platform.ringcentral.com"+path, nil)
	if err != nil {
		panic(err)
	}
	req.Header.Set("Accept", "application/json")
	return req
}

type tokens struct{ next http.RoundTripper }

func (t tokens) RoundTrip(r *http.Request) (*http.Response, error) {
	c := new(http.Request)
	*c = *r
	c.Header = r.Header.Clone()
	return t.next.RoundTrip(c)
}

// Run calls.
func Run() {
	withRetry(newRequest("GET", "/restapi/v1.0/account/~/extension/~/message-store"))  // want "listMessages"
	withRetry(newRequest("POST", "/restapi/v1.0/account/~/extension/~/company-pager")) // want "createInternalTextMessage"
	c := &http.Client{Transport: tokens{http.DefaultTransport}}
	c.Do(newRequest(http.MethodGet, "/restapi/v1.0/account/~/recording/4/content")) // want "readCallRecordingContent"
}
