package window

import "time"

// slack is how far ahead of now a moment may lie and still be taken for one of the same clock: readings of several
// goroutines and processes are not taken in the order in which they are told.
const slack = time.Second

// penalty is the interval in which the platform refuses. The zero value is over.
type penalty struct {
	from, until time.Time
}

// restart begins a penalty at from. It never shortens one that is running.
func (p *penalty) restart(from time.Time, d time.Duration) {
	if until := from.Add(d); until.After(p.until) {
		p.from, p.until = from, until
	}
}

// clamp lets a penalty that began beyond edge, so under a clock ahead of ours, begin now.
func (p *penalty) clamp(now, edge time.Time) {
	if p.from.After(edge) {
		p.from, p.until = now, now.Add(p.until.Sub(p.from))
	}
}
