package redisstore

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// settlement is the end of a call that its record shows, so that Append can settle it in the same round trip.
type settlement struct {
	gate    *gate
	id      string
	answer  window.Answer
	request request
}

// settlements returns those of the records whose calls are in flight.
func (s *Store) settlements(records []ledger.Record) (all []settlement) {
	s.mu.Lock()
	gates := s.gates
	s.mu.Unlock()
	for _, r := range records {
		if r.Kind != ledger.Done {
			continue
		}
		for _, g := range gates {
			if epoch, ok := g.inFlight(r.ID); ok {
				a := window.Answer{At: r.At, Latest: r.Latest, Signal: r.Signal}
				t := settlement{g, r.ID, a, g.settling(window.Call{ID: r.ID, Groups: r.Groups, Op: r.Op}, a, epoch)}
				t.request.since = time.Now() // the record's time was read from a clock that may have been set since
				all = append(all, t)
			}
		}
	}
	return all
}

func (t *settlement) call() (scriptCall, error) { return t.gate.scriptCall(settleScript, t.request) }

// done takes in the script's reply.
func (t *settlement) done(reply any) error {
	if _, err := t.gate.accept(reply); err != nil {
		return err
	}
	g := t.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.admitted, t.id)
	g.ended[t.id] = t.answer
	return nil
}

// inFlight returns the epoch in which a call was admitted, if it is in flight.
func (g *gate) inFlight(id string) (epoch string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	epoch, ok = g.admitted[id]
	return epoch, ok
}

// settledBefore reports whether Append has settled the call with the same answer.
func (g *gate) settledBefore(id string, a window.Answer) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	before, ok := g.ended[id]
	delete(g.ended, id)
	return ok && before.Signal == a.Signal && before.Latest.Equal(a.Latest)
}
