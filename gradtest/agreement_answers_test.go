package gradtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestVerdictsAgreeOnAnswers holds the local verdict against the emulator's after each kind of answer: JSON, media, a
// part of media, none, and batches with and without a failure.
func TestVerdictsAgreeOnAnswers(t *testing.T) {
	scopes := []rcapi.Scope{rcapi.ScopeReadMessages, rcapi.ScopeEditMessages}
	onStage(t, rctest.Config{Scopes: scopes, Limits: rctest.Unlimited()}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ListMessages}, gradtest.Endpoint{Op: rcapi.DeleteMessage, Params: map[string]string{"messageId": "1"}})
		session := gradtest.Start(t, app)
		const store = "/restapi/v1.0/account/~/extension/~/message-store"
		good := 0
		call := func(method, path, ranged string, status int, counts bool) []byte {
			req, err := http.NewRequestWithContext(t.Context(), method, session.URL()+path, nil)
			require.NoError(t, err)
			if ranged != "" {
				req.Header.Set("Range", ranged)
			}
			resp, err := session.Client().Do(req)
			require.NoError(t, err)
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			what := fmt.Sprintf("%s %s %s: %s %s", method, path, ranged, resp.Header.Get("Content-Type"), body)
			require.Equal(t, status, resp.StatusCode, what)
			if counts {
				good++
			}
			assert.Equal(t, good, session.Verdict().Successes, what)
			assert.Equal(t, good, s.Verdict().Successes, what)
			return body
		}
		var list struct {
			Records []struct {
				ID          json.Number
				Attachments []struct{ ID json.Number }
			}
		}
		require.NoError(t, json.Unmarshal(call("GET", store, "", 200, true), &list))
		require.Greater(t, len(list.Records), 2)
		var content string
		for _, r := range list.Records {
			for _, a := range r.Attachments {
				content = fmt.Sprintf("%s/%s/content/%s", store, r.ID, a.ID)
			}
		}
		call("GET", content, "", 200, true)
		call("GET", content, "bytes=0-1", 206, false)
		a, b := list.Records[0].ID, list.Records[1].ID
		call("GET", fmt.Sprintf("%s/%s,%s", store, a, b), "", 207, true)
		call("GET", fmt.Sprintf("%s/%s,999", store, a), "", 207, false)
		call("DELETE", fmt.Sprintf("%s/%s", store, a), "", 204, true)
	})
}
