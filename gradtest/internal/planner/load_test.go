package planner_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestPlanAfterAKill: the slots of a process that was killed are free one window after its death was seen, and not
// after the time-out of its calls.
func TestPlanAfterAKill(t *testing.T) {
	now := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	in := planner.Input{
		Policy: criteria.Graduation, Now: now,
		Endpoints: []planner.Endpoint{{Name: "log", Op: rcapi.ReadUserCallLog, Calls: 1}},
		Selected:  func(name string) bool { return name == "log" },
		Limits:    func(string) (window.Limit, bool) { return window.Limit{Calls: 10, Per: time.Minute}, true },
	}
	in.Policy.Successes, in.Policy.PerEndpoint = 1, 1
	for i := range 10 {
		in.Records = append(in.Records, ledger.Record{
			Kind: ledger.Reserved, ID: fmt.Sprint(i), At: now.Add(-time.Second), Latest: now.Add(59 * time.Second),
			Groups: []string{"heavy"}, Op: rcapi.ReadUserCallLog.ID, Owner: "killed",
		})
	}
	assert.Greater(t, planner.New(in).Duration, 100*time.Second, "as long as it may be alive")
	in.Gone = map[string]bool{"killed": true}
	assert.Equal(t, 62*time.Second, planner.New(in).Duration)
}
