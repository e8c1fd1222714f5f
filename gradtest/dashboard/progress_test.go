package dashboard

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestActivity: what calls under way are shown as.
func TestActivity(t *testing.T) {
	now := time.Now()
	op := rcapi.ListMessages
	record := func(kind ledger.Kind, id string, at time.Time) ledger.Record {
		return ledger.Record{Kind: kind, ID: id, At: at, Op: op.ID, Method: op.Method, Path: op.Path, Groups: []string{"light"}}
	}
	reserved := func(id string, at time.Time) ledger.Record {
		r := record(ledger.Reserved, id, at)
		r.Latest = at.Add(time.Minute)
		return r
	}
	success := done(op, 200)
	success.ID, success.Claim = "flew", "claim1"
	a := activityIn([]ledger.Record{
		record(ledger.Claimed, "gone", now.Add(-2*time.Hour)), record(ledger.Claimed, "killed", now.Add(-16*time.Minute)),
		record(ledger.Waiting, "killed in the queue", now.Add(-16*time.Minute)),
		record(ledger.Claimed, "claim1", now.Add(-time.Minute)), record(ledger.Claimed, "claim2", now.Add(-time.Minute)),
		record(ledger.Claimed, "claim3", now.Add(-time.Minute)), record(ledger.Unclaimed, "claim3", now.Add(-30*time.Second)),
		reserved("flew", now.Add(-2*time.Second)), success,
		reserved("lost", now.Add(-10*time.Minute)),
		reserved("flies", now.Add(-time.Second)),
		record(ledger.Waiting, "waits", now), record(ledger.Waiting, "served", now), reserved("served", now.Add(20*time.Second)),
		record(ledger.Waiting, "gave up", now), record(ledger.Released, "gave up", now),
	}, now)
	p := newProgress(planOf(t), a, now)
	assert.Equal(t, []int{1, 1, 1}, []int{p.Booked, p.Queued, p.Flying})
	assert.True(t, p.Running)
	assert.Equal(t, []string{"2 calls wait for a slot of light, the next at " + now.Add(20*time.Second).UTC().Format("15:04:05") + " UTC"}, p.Waiting)
	assert.Contains(t, live(p), "A sweep is running: 1 booked, 1 queued, 1 in flight.")
	assert.Contains(t, live(Progress{Problem: "<disk>"}), "&lt;disk&gt;")
}

// TestTimeLeft: calls that have booked a slot for later are not planned once more after them.
func TestTimeLeft(t *testing.T) {
	now := time.Now()
	op := rcapi.ReadUserCallLog // ten a minute
	all := []ledger.Record{declaration("crm-sync", "graduation", op)}
	all[0].Declared.Endpoints[0].Calls = 24
	for range 10 {
		all = append(all, done(op, 200))
	}
	for i := range 10 {
		at := now.Add(time.Minute)
		all = append(all, ledger.Record{
			Kind: ledger.Reserved, ID: fmt.Sprint("later", i), At: at, Latest: at.Add(time.Minute), Op: op.ID, Method: op.Method, Path: op.Path, Groups: op.Groups(),
		})
	}
	s, _ := started(t, kept(t, all...)).state()
	p := s.Progress()
	assert.Equal(t, 14, p.Left)
	assert.InDelta(t, 120, p.Seconds, 5, "ten in a minute, and four a minute later")
}

func planOf(t *testing.T) planner.Plan {
	h := started(t, kept(t, scene()...))
	s, _ := h.state()
	return s.plan()
}
