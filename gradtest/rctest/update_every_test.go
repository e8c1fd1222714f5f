package rctest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// updates are the PUT operations of which something says what becomes of the members that a request leaves out: "full",
// they are removed, or "partial", they stay. The specification says nothing of the other operations (unstated); there
// they stay too. TestUpdates, TestUserCallQueuesAreReplaced and the tests of SCIM users and of cards try the full ones.
var updates = map[string]struct{ kind, words string }{
	rcapi.UpdateContact.ID:             {"full", "full resource update"},
	rcapi.UpdateSwitch.ID:              {"full", "If [...] parameter is missing, its value is removed"},
	rcapi.UpdateUserCallQueues.ID:      {"full", "This is a full update request"},
	rcapi.ScimUpdateUser2.ID:           {"full", "Update/Replace User"},
	rcapi.UpdateGlipAdaptiveCardNew.ID: {"full", "not said; the request has the type of a whole card as in the creation"},
	rcapi.UpdateIVRMenu.ID:             {"partial", "Omitted fields are not changed"},
	rcapi.UpdateSiteIvrSettings.ID:     {"partial", "Omitted fields are not changed"},
}

// TestEveryUpdate calls each PUT operation whose resource can be read at the same path, with a small body. Unless the
// update is a full one, all members that the body leaves out stay as they were.
func TestEveryUpdate(t *testing.T) {
	tried := 0
	for _, op := range rest() {
		if op.Method != http.MethodPut || updates[op.ID].kind == "full" {
			continue
		}
		t.Run(op.ID, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			r := a.example(t, op)
			request, body := bodyOf(t, op, r)
			sent, ok := body.(map[string]any)
			read := a.call("GET " + r.URL.Path)
			if !ok || read.status != http.StatusOK || !strings.Contains(read.header.Get("Content-Type"), "json") {
				return // no JSON, or a resource that cannot be read there
			}
			tried++
			before := read.json(t)
			for i := 0; len(sent) == 0 && i < len(request.Members); i++ {
				m := request.Members[i]
				switch v := before[m.Name].(type) {
				case string, bool, float64:
					if !m.ReadOnly && m.Name != "id" {
						sent[m.Name] = v
					}
				}
			}
			text, err := json.Marshal(sent)
			require.NoError(t, err)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(string(text))), int64(len(text))
			got := a.send(r)
			require.Less(t, got.status, 300, got.body)
			after := a.call("GET " + r.URL.Path).json(t)
			for name, v := range before {
				if _, in := sent[name]; !in && !strings.HasSuffix(name, "Time") {
					assert.Equal(t, v, after[name], name)
				}
			}
		})
	}
	assert.Greater(t, tried, 30)
	for id, stated := range updates {
		op, ok := rcapi.Lookup(id)
		assert.True(t, ok && op.Method == http.MethodPut && stated.words != "", id)
	}
	t.Logf("%d updates tried", tried)
}
