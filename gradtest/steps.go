package gradtest

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// InOrder returns a Prepare or Cleanup that runs several, one after the other, such as the ids of a path from left to
// right. It ends with the first that fails. A path parameter that one of them sets is known to those that follow, also
// if only their requests have it:
//
//	{Op: rcapi.ReadTaskNew, Prepare: gradtest.InOrder(
//		gradtest.FromList(rcapi.ListGlipTeamsNew, "records.0.id", "chatId"),
//		gradtest.FromNew(rcapi.CreateTaskNew, task, "id", "taskId"),
//	)}
func InOrder(steps ...func(*Call)) func(*Call) {
	return func(c *Call) {
		for _, step := range steps {
			step(c)
		}
	}
}

// FromNew returns a Prepare that creates something and sets a path parameter to the member of the response at a path,
// such as "id". It does so before every call, so each call has a resource of its own; [Delete] with an empty path as
// the Cleanup removes it. The request is evidence like any other. Its own path parameters are those of the call. The
// body is as in [Endpoint.Body], or a func(*Call) any that returns one. At most one query is given.
//
// A sweep does not know what Prepare will call. If create costs money and is an endpoint too, set the Exempt of that
// endpoint: these calls are all that it needs, and the sweep would pay for others.
//
//	{Op: rcapi.DeleteContact, Prepare: gradtest.FromNew(rcapi.CreateContact, contact, "id", "contactId")}
func FromNew(create rcapi.Operation, body any, path, param string, query ...url.Values) func(*Call) {
	return func(c *Call) { c.set(param, c.New(create, body, path, query...)) }
}

// SendBack returns a Prepare that makes an update change nothing: it reads the present state and takes these members of
// it as the body. A member that the state lacks is left out; if it lacks all, the call fails. Its path parameters are
// those of the call.
//
//	{Op: rcapi.UpdateAccountBusinessAddress, Prepare: gradtest.SendBack(rcapi.ReadAccountBusinessAddress, "company")}
func SendBack(read rcapi.Operation, members ...string) func(*Call) {
	return func(c *Call) {
		var state map[string]json.RawMessage
		if err := json.Unmarshal(c.fetch(read, side{}).Body, &state); err != nil {
			c.fail("the response of %s is not a JSON object: %v", read.ID, err)
			return
		}
		body := make(map[string]json.RawMessage)
		for _, name := range members {
			if v, ok := state[name]; ok {
				body[name] = v
			}
		}
		if len(body) == 0 {
			c.fail("the response of %s has no %s", read.ID, strings.Join(members, ", "))
		}
		c.Body = body
	}
}
