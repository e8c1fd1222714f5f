package world

import "time"

// How long after its creation a task is in progress, and completed.
const (
	TaskStarts   = 500 * time.Millisecond
	TaskFinishes = 2 * time.Second
)

// SettleTask brings a report's status up to date.
func (w *World) SettleTask(t *Resource, at time.Time) (finished bool) {
	age := at.Sub(t.Created)
	switch {
	case t.Doc["status"] == "Completed":
		return true
	case age >= TaskFinishes:
		w.Update(t, Object{"status": "Completed", "finishTime": t.Created.Add(TaskFinishes)}, at)
		return true
	case age >= TaskStarts:
		w.Update(t, Object{"status": "InProgress"}, at)
	}
	return false
}
