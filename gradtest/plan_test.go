package gradtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestPlanIsWhatASweepSends: the emulator counts as many calls as the plan says, by endpoint, and the sweep takes as
// long.
func TestPlanIsWhatASweepSends(t *testing.T) {
	contact := gradtest.Endpoint{
		Op: rcapi.CreateContact, Body: map[string]any{"firstName": "Ann"},
		Cleanup: func(c *gradtest.Call) {
			var made struct{ ID int }
			require.NoError(c, c.Decode(&made))
			req, err := http.NewRequestWithContext(c.Context(), http.MethodDelete,
				fmt.Sprintf("%s/restapi/v1.0/account/~/extension/~/address-book/contact/%d", c.URL(), made.ID), nil)
			require.NoError(c, err)
			resp, err := c.Client().Do(req)
			require.NoError(c, err)
			resp.Body.Close()
		},
	}
	for _, tc := range []struct {
		name      string
		endpoints []gradtest.Endpoint
	}{
		{"one", []gradtest.Endpoint{{Op: rcapi.ReadExtension}}},
		{"two groups", []gradtest.Endpoint{{Op: rcapi.ReadUserCallLog, Calls: 25}, {Op: rcapi.ReadExtension}}},
		{"one operation twice", []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadExtension, Name: "again"}, {Op: rcapi.ListMessages}}},
		{"with code", []gradtest.Endpoint{contact, {Op: rcapi.ReadExtension, Calls: 20}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			onStage(t, rctest.Config{Scopes: scopesOf(tc.endpoints)}, func(t *testing.T, s *stage) {
				first := true
				for _, more := range []int{0, 7} { // the second time the plan knows what the code sends
					for i := range tc.endpoints {
						if more > 0 {
							tc.endpoints[i].Calls = max(tc.endpoints[i].Calls, 5) + more
						}
					}
					app := s.app(tc.endpoints...)
					plan, err := gradtest.Plan(app)
					require.NoError(t, err)
					before, began := len(apiCalls(s.Server)), time.Now()
					_, err = gradtest.Sweep(t.Context(), app)
					require.NoError(t, err)
					sent := len(apiCalls(s.Server)) - before
					if first && tc.name == "with code" {
						assert.Zero(t, plan.Side, "nothing has been seen yet")
						assert.GreaterOrEqual(t, sent, plan.Calls)
					} else {
						assert.Equal(t, plan.Calls+plan.Side, sent)
						assert.InDelta(t, plan.Duration.Seconds(), time.Since(began).Seconds(), 0.05*plan.Duration.Seconds()+3)
					}
					first = false
				}
			})
		})
	}
}

// apiCalls are the calls that the emulator saw, authorization requests left out.
func apiCalls(s *rctest.Server) (calls []rctest.Call) {
	for _, c := range s.Calls() {
		if !strings.HasPrefix(c.Path, "/restapi/oauth/") {
			calls = append(calls, c)
		}
	}
	return calls
}
