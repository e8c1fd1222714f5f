package criteria

import (
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Needs are the calls that close what is open, each of them successful. One call serves as many ends as it can: those on
// Endpoints also count for volume and exercise the scope of their operation, and all of them dilute errors.
type Needs struct {
	Endpoints []EndpointNeed // the endpoints short of successes, in the order of Verdict.Endpoints
	Scopes    []rcapi.Scope  // scopes that none of those calls would exercise: one call each
	Any       int            // further calls for volume, to any endpoint
	Dilution  int            // further calls until the errors there already are a small enough share, to any endpoint; cheap, proven reads are best
	Total     int            // all of the above
	Wait      time.Time      // no number of calls would do before this moment: answers 429 have to leave the window; zero: none
	Drop      []rcapi.Scope  // declared scopes that no call can exercise: to be removed from the app
}

// EndpointNeed is how many successful calls an endpoint is short of.
type EndpointNeed struct {
	Name     string // of all declarations of the operation, joined by a comma
	Op       rcapi.Operation
	Declared bool // if not: declaring it or no longer calling it mends it too
	Calls    int
}

// Missing tells the calls still needed; it is the Needs of the verdict.
func Missing(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) Needs {
	b := newEvidence(p, want, records, now)
	return b.state().needs()
}

// None reports that nothing is needed.
func (n Needs) None() bool { return n.Total == 0 && n.Wait.IsZero() && len(n.Drop) == 0 }

func (s *state) needs() Needs {
	var n Needs
	f, planned := s.counting(), 0
	for i, t := range s.b.tallies {
		short := s.short(i)
		if short == 0 {
			continue
		}
		n.Endpoints = append(n.Endpoints, EndpointNeed{Name: t.name, Op: t.op, Declared: t.declared, Calls: short})
		planned += short
	}
	if s.b.policy.Scopes {
		for i, scope := range s.b.scopes {
			switch {
			case f.scopes[i] > 0:
			case !s.b.exercisable(scope):
				n.Drop = append(n.Drop, scope)
			case !slices.ContainsFunc(n.Endpoints, func(e EndpointNeed) bool { return e.Op.Exercises(scope) }):
				n.Scopes = append(n.Scopes, scope)
				planned++
			}
		}
	}
	n.Any = max(0, s.b.policy.Successes-f.volume-planned)
	planned += n.Any
	s.ratios(func(r Ratio) {
		r.Planned = planned
		n.Dilution = max(n.Dilution, r.Short())
	})
	n.Total = planned + n.Dilution
	if s.b.policy.NoRefusals && s.refused() > 0 {
		n.Wait = s.b.forgotten(func(c *call) bool { return c.refused })
	}
	return n
}

// forgotten is when the last of some calls has left every window where errors count; zero when there are none.
func (b *evidence) forgotten(which func(*call) bool) time.Time {
	last, found := time.Duration(0), false
	for i := range b.calls {
		if c := &b.calls[i]; which(c) && (!found || c.at > last) {
			last, found = c.at, true
		}
	}
	if !found {
		return time.Time{}
	}
	if t := b.now.Add(last); !b.policy.errorWindows().has(inRolling) {
		return Shelf(t)
	} else {
		return t.Add(rolling)
	}
}
