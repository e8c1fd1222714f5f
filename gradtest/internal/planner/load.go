package planner

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// replayed is how far back records can still hold a slot: longer than any window, penalty and time-out of the platform.
const replayed = 15 * time.Minute

// load computes how long the calls take group by group, given the slots in use and the penalties in force now.
func (p *draft) load(charged map[string]int) (groups []Group, longest time.Duration) {
	limits := make(map[string]window.Limit, len(charged))
	for _, name := range slices.Sorted(maps.Keys(charged)) {
		if charged[name] == 0 {
			continue
		}
		g := Group{Name: name, Calls: charged[name]}
		g.Limit, g.Learned = p.in.Limits(name)
		limits[name] = g.Limit
		groups = append(groups, g)
	}
	state := replay(p.in.Records, limits, p.in.Gone, p.in.Now)
	for i := range groups {
		groups[i].Duration = simulate(state, groups[i], p.in.Now)
		longest = max(longest, groups[i].Duration)
	}
	return groups, longest
}

// replay brings a window's state to where the records leave it.
func replay(records []ledger.Record, limits map[string]window.Limit, gone map[string]bool, now time.Time) *window.State {
	state := window.NewState(limits)
	booked := make(map[string]bool)
	left := make(map[string]bool) // slots of sessions that have ended
	for _, r := range records {
		if r.At.Before(now.Add(-replayed)) && r.Latest.Before(now.Add(-replayed)) {
			continue
		}
		claim := window.Call{ID: r.ID, Groups: r.Groups, Op: r.Op}
		switch r.Kind {
		case ledger.Reserved:
			if r.Latest.After(r.At) {
				claim.Timeout = r.Latest.Sub(r.At)
			}
			state.Reserve(claim, r.At)
			booked[r.ID] = true
			if gone[r.Owner] {
				left[r.ID] = true
			}
		case ledger.Released:
			delete(left, r.ID)
			state.Release(r.ID)
		case ledger.Settled, ledger.Done:
			delete(left, r.ID)
			if !booked[r.ID] && !r.Sent.IsZero() { // a store whose gate keeps no reservations in it
				state.Reserve(claim, r.Sent)
			}
			state.Settle(r.ID, window.Answer{At: r.At, Latest: r.Latest, Signal: r.Signal})
		}
	}
	for id := range left {
		state.Settle(id, window.Answer{At: now, Latest: now.Add(arrival)})
	}
	return state
}

// arrival is how long after the death of its process a request can still reach the server; the gate waits as long.
const arrival = 2 * time.Second

// simulate sends the calls of one group one after the other, each answered at once, and returns when the last one left.
func simulate(state *window.State, g Group, now time.Time) time.Duration {
	if g.Limit.Calls == 0 {
		return 0
	}
	at := now
	for i := range g.Calls {
		c := window.Call{ID: fmt.Sprintf("planned-%s-%d", g.Name, i), Groups: []string{g.Name}}
		for {
			next, known := state.Next(at, c)
			if known {
				at = later(at, next)
				break
			}
			if !next.After(at) { // only an answer to a call in flight would tell: assume it now
				break
			}
			at = next
		}
		state.Reserve(c, at)
		state.Settle(c.ID, window.Answer{At: at})
	}
	return at.Sub(now)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
