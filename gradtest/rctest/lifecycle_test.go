package rctest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// itemOf finds the operation that a method is on the things of a collection.
func itemOf(method, collection string) (rcapi.Operation, bool) {
	for op := range rcapi.All() {
		rest, ok := strings.CutPrefix(op.Path, collection+"/{")
		if ok && op.Method == method && strings.HasSuffix(rest, "}") && !strings.Contains(rest, "/") {
			return op, true
		}
	}
	return rcapi.Operation{}, false
}

// TestLifecycle makes everything that can be made, and checks that it is there until it is removed: read by its id, in
// its list, changed, and not found afterwards.
func TestLifecycle(t *testing.T) {
	seen := 0
	for _, create := range rest() {
		read, readable := itemOf("GET", create.Path)
		remove, removable := itemOf("DELETE", create.Path)
		if create.Method != http.MethodPost || !readable && !removable {
			continue
		}
		t.Run(create.ID, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			r := a.example(t, create)
			made := a.send(r)
			require.Contains(t, create.Success, made.status, made.body)
			if !answersWithID(create, made.status) {
				return // it is about a task or several resources
			}
			seen++
			id := idIn(t, made)
			item := strings.SplitN(r.URL.Path, "?", 2)[0] + "/" + id
			if readable {
				got := a.call("GET " + item)
				require.Equal(t, 200, got.status, got.body)
				assert.Equal(t, id, idIn(t, got), "%s: %s", read.ID, got.body)
			}
			if list, ok := rcapi.Match("GET", create.Path); ok && !strings.Contains(create.Path, "/message-threads/") {
				got := a.send(a.example(t, list))
				assert.Contains(t, got.body, id, "%s lists what was made", list.ID)
			}
			if !removable {
				return
			}
			got := a.call("DELETE " + item)
			require.Contains(t, remove.Success, got.status, got.body)
			if readable {
				assert.Equal(t, 404, a.call("GET "+item).status, "gone")
			}
			assert.Equal(t, 404, a.call("DELETE "+item).status, "gone")
		})
	}
	assert.Greater(t, seen, 30)
}

// answersWithID reports whether the response to a creation has the id.
func answersWithID(op rcapi.Operation, status int) bool {
	for _, answer := range shape.Of(op.ID).Responses {
		if answer.Status != status {
			continue
		}
		for _, c := range answer.Contents {
			if _, ok := c.Shape.Member("id"); ok {
				return true
			}
		}
	}
	return false
}

// idIn is the id in an answer, whichever form it has.
func idIn(t *testing.T, got answer) string {
	t.Helper()
	var m struct {
		ID json.RawMessage `json:"id"`
	}
	require.NoError(t, json.Unmarshal([]byte(got.body), &m), got.body)
	require.NotEmpty(t, m.ID, got.body)
	return strings.Trim(string(m.ID), `"`)
}
