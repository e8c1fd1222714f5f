// Package newhttprequest fills a request step by step.
package newhttprequest

import (
	"net/http"
	"net/url"
	"os"
)

// Run calls.
func Run() error {
	req := new(http.Request)
	req.Method = http.MethodPost
	u, err := url.Parse(os.Getenv("BASE") + "/restapi/v1.0/account/~/extension/~/ring-out")
	if err != nil {
		return err
	}
	req.URL = u // want "createRingOutCall"
	_, err = http.DefaultClient.Do(req)
	return err
}
