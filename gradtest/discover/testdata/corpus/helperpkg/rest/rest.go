// Package rest is the client of another package.
package rest

import "net/http"

// Client calls.
type Client struct{ Base string }

// Call calls.
func (c *Client) Call(method, path string) error {
	req, err := http.NewRequest(method, c.Base+path, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Ping is used by nothing.
func (c *Client) Ping() error { return c.Call("GET", "/restapi/v1.0/dictionary/timezone") } // want-dead "listTimezones"
