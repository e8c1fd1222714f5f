// Package crm is a small app on the platform. It does not know gradtest; its unit tests in crm_test.go use it.
package crm

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// Client reads data of a phone system for a customer database.
type Client struct {
	http *http.Client
	base string
}

// New returns a client for the server at base. hc must authorize the requests.
func New(hc *http.Client, base string) *Client { return &Client{http: hc, base: base} }

// CallRecord is one call of the call log.
type CallRecord struct {
	ID        string `json:"id"`
	StartTime string `json:"startTime"`
	Direction string `json:"direction"`
}

// Calls reads the first page of the user's call log.
func (c *Client) Calls(ctx context.Context) ([]CallRecord, error) {
	var page struct {
		Records []CallRecord `json:"records"`
	}
	err := c.get(ctx, "/restapi/v1.0/account/~/extension/~/call-log?perPage=10", &page)
	return page.Records, err
}

// Owner returns the name of the user whose data is read.
func (c *Client) Owner(ctx context.Context) (string, error) {
	var extension struct {
		Name string `json:"name"`
	}
	err := c.get(ctx, "/restapi/v1.0/account/~/extension/~", &extension)
	return extension.Name, err
}

func (c *Client) get(ctx context.Context, path string, v any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("crm: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("crm: the server returned %s", resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(v); err != nil {
		return fmt.Errorf("crm: %w", err)
	}
	return nil
}
