package world

import "time"

// How long after its creation a task is in progress, and completed.
const (
	taskStarts   = 500 * time.Millisecond
	taskFinishes = 2 * time.Second
)

// settleTask brings a report to where it is at a moment.
func (w *World) settleTask(t *thing, at time.Time) (finished bool) {
	age := at.Sub(t.made)
	switch {
	case t.doc["status"] == "Completed":
		return true
	case age >= taskFinishes:
		w.update(t, Object{"status": "Completed", "finishTime": t.made.Add(taskFinishes)}, at)
		return true
	case age >= taskStarts:
		w.update(t, Object{"status": "InProgress"}, at)
	}
	return false
}
