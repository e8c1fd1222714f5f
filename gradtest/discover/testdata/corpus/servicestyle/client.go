// Package main is a client in the style of go-github: services, NewRequest and a base URL that references resolve against.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const defaultBaseURL = "https://platform.ringcentral.com/restapi/v1.0/"

type Client struct {
	client  *http.Client
	BaseURL *url.URL
	common  service

	CallLog  *CallLogService
	Messages *MessagesService
}

type service struct{ client *Client }

type CallLogService service
type MessagesService service

func NewClient(hc *http.Client) *Client {
	if hc == nil {
		hc = http.DefaultClient
	}
	base, _ := url.Parse(defaultBaseURL)
	c := &Client{client: hc, BaseURL: base}
	c.common.client = c
	c.CallLog = (*CallLogService)(&c.common)
	c.Messages = (*MessagesService)(&c.common)
	return c
}

func (c *Client) NewRequest(method, urlStr string, body any) (*http.Request, error) {
	if !strings.HasSuffix(c.BaseURL.Path, "/") {
		return nil, fmt.Errorf("BaseURL must have a trailing slash, but %q does not", c.BaseURL)
	}
	u, err := c.BaseURL.Parse(urlStr)
	if err != nil {
		return nil, err
	}
	var buf io.ReadWriter
	if body != nil {
		buf = &bytes.Buffer{}
		if err := json.NewEncoder(buf).Encode(body); err != nil {
			return nil, err
		}
	}
	return http.NewRequest(method, u.String(), buf)
}

func (c *Client) Do(ctx context.Context, req *http.Request, v any) error {
	resp, err := c.client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}
