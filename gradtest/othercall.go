package gradtest

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Value calls another operation, usually a list, and returns a string or number of its response as in [FromList]. It is
// for values in a body. Without the value the call fails and ends.
func (c *Call) Value(op rcapi.Operation, path string, query ...url.Values) string {
	return c.member(op, c.fetch(op, side{query: query}).Body, path)
}

// New calls another operation with a body, and returns a string or number of its response, such as the id of what it
// has created. Without the value the call fails and ends.
func (c *Call) New(op rcapi.Operation, body any, path string, query ...url.Values) string {
	return c.member(op, c.fetch(op, side{body: body, query: query}).Body, path)
}

// side is what a request of another operation carries.
type side struct {
	params   map[string]string // besides those of the call
	query    []url.Values
	body     any
	accepted []int // statuses besides those of a success
}

// pathOf returns the path of another operation, with the parameters of the call. Without one of them the call fails.
func (c *Call) pathOf(op rcapi.Operation, with side) string {
	params := make(map[string]string)
	for _, name := range op.PathParams {
		for _, from := range []map[string]string{c.aside, c.Params, with.params} {
			if value, ok := from[name]; ok {
				params[name] = value
			}
		}
	}
	path, err := op.Expand(params)
	if err != nil {
		c.fail("%v", err)
	}
	return path
}

// fetch calls another operation with the call's path parameters and those of more. An answer that is neither a success
// nor accepted fails the call.
func (c *Call) fetch(op rcapi.Operation, with side) *Answer {
	path := c.pathOf(op, with)
	for _, q := range with.query {
		path += "?" + q.Encode()
	}
	if made, ok := with.body.(func(*Call) any); ok {
		with.body = made(c)
	}
	data, contentType, err := encode(with.body)
	if err != nil {
		c.fail("%v", err)
	}
	req, err := http.NewRequestWithContext(c.ctx, op.Method, c.target.URL+path, bytes.NewReader(data))
	if err != nil {
		c.fail("%v", err)
	}
	req.Header.Set("Accept", "application/json")
	setDefault(req.Header, "Content-Type", contentType)
	req.Header.Set("User-Agent", userAgent)
	leave, err := c.writing.enter(c.ctx, op)
	if err != nil {
		c.fail("%s: %v", op.ID, err)
		return nil
	}
	defer leave()
	resp, err := c.client.Do(req)
	if err != nil {
		c.fail("%s: %v", op.ID, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		c.fail("the response of %s broke off: %v", op.ID, err)
	}
	if resp.StatusCode >= 300 && !slices.Contains(with.accepted, resp.StatusCode) {
		c.fail("%s was answered %s", op.ID, resp.Status)
	}
	return &Answer{Status: resp.StatusCode, Header: resp.Header, Body: body}
}

// member returns a string or number in the JSON that an operation has answered; without it the call fails.
func (c *Call) member(op rcapi.Operation, body []byte, path string) string {
	value, err := memberOf(body, path)
	if err != nil {
		c.fail("the response of %s has no %s: %v", op.ID, path, err)
	}
	return value
}

// fail fails the call and ends it.
func (c *Call) fail(format string, args ...any) {
	c.Errorf(format, args...)
	c.FailNow()
}
