package gradtest

import (
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
