// Package oapicodegen has code as oapi-codegen writes it.
package oapicodegen

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Client is a client.
type Client struct {
	Server string
	Client *http.Client
}

// NewClient returns a client.
func NewClient(server string) (*Client, error) {
	c := Client{Server: server}
	if !strings.HasSuffix(c.Server, "/") {
		c.Server += "/"
	}
	return &c, nil
}

// ReadMessage reads a message.
func (c *Client) ReadMessage(ctx context.Context, accountId, extensionId string, id int) (*http.Response, error) {
	req, err := NewReadMessageRequest(c.Server, accountId, extensionId, id)
	if err != nil {
		return nil, err
	}
	return c.Client.Do(req.WithContext(ctx))
}

// NewReadMessageRequest makes a request.
func NewReadMessageRequest(server, accountId, extensionId string, id int) (*http.Request, error) {
	pathParam0 := url.PathEscape(accountId)
	pathParam1 := url.PathEscape(extensionId)
	serverURL, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	operationPath := fmt.Sprintf("/restapi/v1.0/account/%s/extension/%s/message-store/%d", pathParam0, pathParam1, id)
	if operationPath[0] == '/' {
		operationPath = "." + operationPath
	}
	queryURL, err := serverURL.Parse(operationPath)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest("GET", queryURL.String(), nil) // want "readMessage"
	if err != nil {
		return nil, err
	}
	return req, nil
}
