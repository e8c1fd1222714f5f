package gradtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// FromList returns a Prepare that sets a path parameter to a value of another operation's response, usually a list: the
// member at a path such as "records.0.id", in which a number is an index. The request is evidence like any other. Its own
// path parameters are those of the call.
//
//	{Op: rcapi.ReadMessage, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")}
//
// An endpoint that only reads looks the value up once a session, any other one before every call, since the call may have
// changed or removed what was found. A call whose value is not there fails and says so: the list may be empty.
func FromList(list rcapi.Operation, path, param string) func(*Call) {
	var mu sync.Mutex
	found := make(map[*target.Target]string) // an App may be used by several sessions at once
	return func(c *Call) {
		mu.Lock()
		value, known := found[c.target]
		mu.Unlock()
		if !known {
			value = c.member(list, c.fetch(list, nil).Body, path)
			if c.op.Reads() {
				mu.Lock()
				found[c.target] = value
				mu.Unlock()
			}
		}
		c.Params[param] = value
	}
}

// Delete returns a Cleanup that removes what the call created: it calls an operation with the member at a path of the
// call's response, such as "id", as a path parameter. Its other path parameters are those of the call. An answer 404 is no
// failure: then it is gone already.
//
//	{Op: rcapi.CreateContact, Body: contact, Cleanup: gradtest.Delete(rcapi.DeleteContact, "id", "contactId")}
func Delete(op rcapi.Operation, path, param string) func(*Call) {
	return func(c *Call) {
		if c.Answer == nil {
			c.fail("gradtest: Delete without a response: use it as the Cleanup of an endpoint without Do")
			return
		}
		c.fetch(op, map[string]string{param: c.member(c.op, c.Answer.Body, path)}, http.StatusNotFound)
	}
}

// fetch calls another operation with the call's path parameters and those of more. An answer that is neither a success nor
// accepted fails the call.
func (c *Call) fetch(op rcapi.Operation, more map[string]string, accepted ...int) *Answer {
	params := make(map[string]string)
	for _, name := range op.PathParams {
		for _, from := range []map[string]string{c.Params, more} {
			if value, ok := from[name]; ok {
				params[name] = value
			}
		}
	}
	path, err := op.Expand(params)
	if err != nil {
		c.fail("%v", err)
	}
	req, err := http.NewRequestWithContext(c.ctx, op.Method, c.target.URL+path, nil)
	if err != nil {
		c.fail("%v", err)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", userAgent)
	resp, err := c.client.Do(req)
	if err != nil {
		c.fail("%s: %v", op.ID, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		c.fail("the response of %s broke off: %v", op.ID, err)
	}
	if resp.StatusCode >= 300 && !slices.Contains(accepted, resp.StatusCode) {
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

// memberOf returns the string or number at a path such as records.0.id.
func memberOf(body []byte, path string) (string, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // ids may have more digits than a float64
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("it is not JSON: %w", err)
	}
	at := "the response"
	for name := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 {
				return "", fmt.Errorf("%s is a list: write the index of an item instead of %q", at, name)
			}
			if i >= len(in) {
				return "", fmt.Errorf("%s has %d items: create one first", at, len(in))
			}
			v = in[i]
		case map[string]any:
			inner, ok := in[name]
			if !ok {
				return "", fmt.Errorf("%s has no member %s", at, name)
			}
			v = inner
		default:
			return "", fmt.Errorf("%s has no members", at)
		}
		at = name
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	}
	return "", fmt.Errorf("%s is neither a string nor a number", at)
}

// fail fails the call and ends it.
func (c *Call) fail(format string, args ...any) {
	c.Errorf(format, args...)
	c.FailNow()
}
