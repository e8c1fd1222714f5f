package recorder

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// usage is what the calls of one group used.
type usage struct {
	sent    []moment
	refused int
	first   moment // the first that was refused
}

// moment is when a call of an operation was sent.
type moment struct {
	at time.Time
	by string
}

// use takes in a call of a group.
func (t *tally) use(group string, r ledger.Record) {
	group = strings.ToLower(group)
	u := t.groups[group]
	if u == nil {
		u = new(usage)
		t.groups[group] = u
	}
	m := moment{r.Sent, cmp.Or(r.Op, r.Method+" "+r.Path)}
	u.sent = append(u.sent, m)
	if r.Signal.Group != group {
		return
	}
	if r.Signal.Refused {
		if u.refused++; u.first.at.IsZero() || m.at.Before(u.first.at) {
			u.first = m
		}
	}
	if r.Signal.Limit > 0 {
		l := t.limits[group]
		l.Calls = r.Signal.Limit
		if r.Signal.Window > 0 {
			l.Per = r.Signal.Window
		}
		t.limits[group] = l
	}
}

// used returns the use of each limit, the most exceeded first.
func (t *tally) used() []Group {
	all := []Group{}
	for name, u := range t.groups {
		limit, listed := t.limits[name]
		if !listed {
			limit = t.limits[window.Unlisted]
		}
		g := Group{Name: name, Calls: len(u.sent), Limit: limit.Calls, Refused: u.refused}
		g.Window = cmp.Or(limit.Per, time.Minute)
		slices.SortStableFunc(u.sent, func(a, b moment) int { return a.at.Compare(b.at) })
		over := u.first
		var n int
		if g.Most, g.Over, n = busiest(u.sent, g.Limit, g.Window); g.Over > 0 {
			if first := u.sent[n]; over.at.IsZero() || first.at.Before(over.at) {
				over = first
			}
		}
		g.At, g.By = over.at.UTC(), over.by
		if over.at.IsZero() {
			g.At = time.Time{}
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Over, a.Over), cmp.Compare(b.Refused, a.Refused), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// busiest returns the number of calls in the busiest window, how many were sent when the limit was used up, and the
// first of those. sent is sorted. A call that is exactly one window older no longer counts.
func busiest(sent []moment, limit int, per time.Duration) (most, over, first int) {
	first = -1
	for begin, i := 0, 0; i < len(sent); i++ {
		for sent[i].at.Sub(sent[begin].at) >= per {
			begin++
		}
		n := i - begin + 1
		most = max(most, n)
		if limit > 0 && n > limit {
			if over++; first < 0 {
				first = i
			}
		}
	}
	return most, over, first
}
