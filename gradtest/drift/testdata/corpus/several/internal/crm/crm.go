// Package crm is a client of the app's own.
package crm

import "net/http"

type Client struct{ base string }

func New(base string) *Client { return &Client{base: base + "/restapi/v1.0"} }

func (c *Client) do(method, path string) (*http.Response, error) {
	req, err := http.NewRequest(method, c.base+"/account/~/extension/~"+path, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func (c *Client) Extension() { c.do("GET", "") }
func (c *Client) Log()       { c.do("GET", "/call-log") } // want "undeclared readUserCallLog"
func (c *Client) Send()      { c.do("POST", "/sms") }

// Fax is dead: no command calls it.
func (c *Client) Fax() { c.do("POST", "/fax") }
