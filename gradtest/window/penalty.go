package window

import "time"

// slack is how far ahead of now a time may be and still count as read from the same clock: goroutines and processes
// do not report their clock readings in the order of reading.
const slack = time.Second

// penalty is the interval in which the platform refuses calls. The zero value is over.
type penalty struct {
	from, until time.Time
}

// restart begins a penalty at from. It never shortens one in force.
func (p *penalty) restart(from time.Time, d time.Duration) {
	if until := from.Add(d); until.After(p.until) {
		p.from, p.until = from, until
	}
}

// clamp makes a penalty that began after edge, under a clock ahead of ours, begin now.
func (p *penalty) clamp(now, edge time.Time) {
	if p.from.After(edge) {
		p.from, p.until = now, now.Add(p.until.Sub(p.from))
	}
}
