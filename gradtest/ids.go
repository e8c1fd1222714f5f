package gradtest

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// FromList returns a Prepare that sets a path parameter to a value of another operation's response, usually a list: the
// member at a path such as "records.0.id", in which a number is an index. The request is evidence like any other. Its
// own path parameters are those of the call. Instead of an index, a condition such as [type=User] in the path takes the
// first item whose member has that value, or is a list with it. At most one query is given; it is sent with the
// request. A parameter that the call's own path lacks is for the steps that follow, see [InOrder].
//
//	{Op: rcapi.ReadMessage, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")}
//
// An endpoint that only reads looks the value up once a session and path, any other one before every call, since the
// call may have changed or removed what was found. A call whose value is not there fails and says so: the list may be
// empty.
func FromList(list rcapi.Operation, path, param string, query ...url.Values) func(*Call) {
	var mu sync.Mutex
	type place struct {
		target *target.Target // an App may be used by several sessions at once
		path   string
	}
	found := make(map[place]string)
	return func(c *Call) {
		at := place{c.target, c.pathOf(list, side{})}
		mu.Lock()
		value, known := found[at]
		mu.Unlock()
		if !known {
			value = c.Value(list, path, query...)
			if c.op.Reads() {
				mu.Lock()
				found[at] = value
				mu.Unlock()
			}
		}
		c.set(param, value)
	}
}

// set sets a path parameter, or remembers a value that only the requests of other operations have in their path.
func (c *Call) set(param, value string) {
	if slices.Contains(c.op.PathParams, param) {
		c.Params[param] = value
		return
	}
	if c.aside == nil {
		c.aside = make(map[string]string)
	}
	c.aside[param] = value
}

// Delete returns a Cleanup that removes what the call created: it calls an operation with the member at a path of the
// call's response, such as "id", as a path parameter. With an empty path the parameter is the call's own, such as one
// that [FromNew] has set. Its other path parameters are those of the call. An answer 404 is no failure: then it is gone
// already.
//
//	{Op: rcapi.CreateContact, Body: contact, Cleanup: gradtest.Delete(rcapi.DeleteContact, "id", "contactId")}
func Delete(op rcapi.Operation, path, param string) func(*Call) {
	return func(c *Call) {
		var more map[string]string
		if path != "" {
			if c.Answer == nil {
				c.fail("gradtest: Delete without a response: use it as the Cleanup of an endpoint without Do")
				return
			}
			more = map[string]string{param: c.member(c.op, c.Answer.Body, path)}
		}
		c.fetch(op, side{params: more, accepted: []int{http.StatusNotFound}})
	}
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
