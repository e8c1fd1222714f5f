// Package typedrequests has a type for every request.
package typedrequests

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Request describes a call.
type Request interface {
	Method() string
	Path() string
	Query() url.Values
}

type sendSMS struct{ To string }

func (sendSMS) Method() string    { return http.MethodPost }
func (sendSMS) Path() string      { return "/restapi/v1.0/account/~/extension/~/sms" }
func (sendSMS) Query() url.Values { return nil }

type readMessage struct{ ID string }

func (readMessage) Method() string { return http.MethodGet }
func (r *readMessage) Path() string {
	return "/restapi/v1.0/account/~/extension/~/message-store/" + r.ID
}
func (readMessage) Query() url.Values { return url.Values{"x": {"y"}} }

type neverSent struct{}

func (neverSent) Method() string    { return "DELETE" }
func (neverSent) Path() string      { return "/restapi/v1.0/account/~/call-recordings" }
func (neverSent) Query() url.Values { return nil }

// Do sends a request and decodes the answer.
func Do[T any](ctx context.Context, c *http.Client, r Request) (out T, err error) {
	u := "https://platform.ringcentral.com" + r.Path()
	if q := r.Query(); len(q) > 0 {
		u += "?" + q.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.Method(), u, nil)
	if err != nil {
		return out, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	return out, json.NewDecoder(resp.Body).Decode(&out)
}

// Run calls.
func Run(ctx context.Context, id string) {
	Do[map[string]any](ctx, http.DefaultClient, sendSMS{"+1"})          // want "createSMSMessage"
	Do[struct{ ID int }](ctx, http.DefaultClient, &readMessage{ID: id}) // want "readMessage"
	_ = neverSent{}
}
