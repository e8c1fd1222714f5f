// Package ownclient is a client whose helper takes the verb and the path.
package ownclient

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
)

// Client calls the platform.
type Client struct {
	http *http.Client
	base string
}

// New returns a client of a server.
func New(base string) *Client { return &Client{http: http.DefaultClient, base: base} }

func (c *Client) do(ctx context.Context, method, path string, body io.Reader, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

// CallLog reads the call log.
func (c *Client) CallLog(ctx context.Context, ext string) (out any, err error) {
	return out, c.do(ctx, "GET", "/restapi/v1.0/account/~/extension/"+ext+"/call-log", nil, &out) // want "readUserCallLog"
}

// Send sends a message.
func (c *Client) Send(ctx context.Context, body io.Reader) error {
	return c.do(ctx, http.MethodPost, "/restapi/v1.0/account/~/extension/~/sms", body, nil) // want "createSMSMessage"
}

// Remove deletes a message.
func (c *Client) Remove(ctx context.Context, id string) error {
	const path = "/restapi/v1.0/account/~/extension/~/message-store/"
	return c.do(ctx, http.MethodDelete, path+id, nil, nil) // want "deleteMessage"
}
