// Package headerswitch has many conditions on the way that decide nothing.
package headerswitch

import (
	"context"
	"io"
	"net/http"
	"os"
)

type client struct {
	base, token, agent string
	debug              bool
}

func (c *client) do(ctx context.Context, method, path string, body io.Reader, contentType string) (*http.Response, error) {
	if ctx == nil {
		ctx = context.Background()
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if c.agent != "" {
		req.Header.Set("User-Agent", c.agent)
	}
	return http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	c := &client{base: os.Getenv("BASE"), agent: "app"}
	c.do(nil, "GET", "restapi/v1.0/account/~/extension/~/favorite", nil, "")                  // want "listFavoriteContacts"
	c.do(nil, "PUT", "/restapi/v1.0/account/~/extension/~/favorite", nil, "application/json") // want "updateFavoriteContactList"
}
