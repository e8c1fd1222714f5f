package dashboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// ProgressSchema names the form of a [Progress].
const ProgressSchema = "gradtest/progress/v1"

// Progress is how far the app is, and what running sweeps are doing. Lists are never null.
type Progress struct {
	Schema  string    `json:"schema"`
	At      time.Time `json:"at"`
	Running bool      `json:"running"`  // calls are booked, queued or in flight
	Done    int       `json:"done"`     // successes that count towards what the policy needs
	Left    int       `json:"left"`     // calls that a sweep still has to send
	Seconds float64   `json:"seconds"`  // the least that the rate limits allow for them, network not counted
	Booked  int       `json:"booked"`   // calls that a process will make
	Queued  int       `json:"queued"`   // calls that wait for a slot
	Flying  int       `json:"inFlight"` // calls that were sent, and whose outcome is not known yet
	Waiting []string  `json:"waiting"`  // what calls wait for, in sentences
	Groups  []Group   `json:"groups"`
	Problem string    `json:"problem,omitempty"` // why the evidence cannot be read; what is shown is older then
}

// Group is what is left in one group of the rate limits.
type Group struct {
	Group   string  `json:"group"`
	Calls   int     `json:"calls"`
	Seconds float64 `json:"seconds"` // the least that its limit allows for them
}

// stale is when a booking without an end belongs to a process that is gone.
const stale = 15 * time.Minute

// activity is what the records say about calls under way.
type activity struct {
	booked map[string]time.Time      // claims
	queued map[string]*ledger.Record // by id of the attempt
	flying map[string]*ledger.Record
}

// activityIn reads the records of the last minutes.
func activityIn(all []ledger.Record, now time.Time) activity {
	a := activity{make(map[string]time.Time), make(map[string]*ledger.Record), make(map[string]*ledger.Record)}
	for i := recentFrom(all, now.Add(-stale)); i < len(all); i++ {
		r := &all[i]
		switch r.Kind {
		case ledger.Claimed:
			a.booked[r.ID] = r.At
		case ledger.Unclaimed:
			delete(a.booked, r.ID)
		case ledger.Waiting:
			a.queued[r.ID] = r
		case ledger.Reserved:
			delete(a.queued, r.ID)
			a.flying[r.ID] = r
		case ledger.Released, ledger.Settled:
			delete(a.queued, r.ID)
			delete(a.flying, r.ID)
		case ledger.Done:
			delete(a.queued, r.ID)
			delete(a.flying, r.ID)
			if r.Succeeded() {
				delete(a.booked, r.Claim)
			}
		}
	}
	maps.DeleteFunc(a.booked, func(_ string, at time.Time) bool { return at.Before(now.Add(-stale)) })
	maps.DeleteFunc(a.queued, func(_ string, r *ledger.Record) bool { return r.At.Before(now.Add(-stale)) })
	maps.DeleteFunc(a.flying, func(_ string, r *ledger.Record) bool { return r.Latest.Before(now) && r.At.Before(now) })
	return a
}

// recentFrom returns the index from which on all records of a time are. Records are nearly in order: an hour is allowed
// for clocks that differ.
func recentFrom(all []ledger.Record, t time.Time) int {
	i := len(all)
	for i > 0 && !all[i-1].At.Before(t.Add(-time.Hour)) {
		i--
	}
	return i
}

// running reports whether a sweep is under way.
func (a activity) running() bool { return len(a.booked)+len(a.queued)+len(a.flying) > 0 }

// waits says what calls wait for: a slot of a group, at a known time or not yet.
func (a activity) waits(now time.Time) []string {
	counts := make(map[string]int)
	until := make(map[string]time.Time)
	name := func(r *ledger.Record) string {
		if len(r.Groups) == 0 {
			return "no group"
		}
		return strings.Join(r.Groups, " and ")
	}
	for _, r := range a.queued {
		counts[name(r)]++
	}
	for _, r := range a.flying {
		if r.At.After(now) { // booked for later
			g := name(r)
			counts[g]++
			if until[g].IsZero() || r.At.Before(until[g]) {
				until[g] = r.At
			}
		}
	}
	out := []string{}
	for _, g := range slices.Sorted(maps.Keys(counts)) {
		text := fmt.Sprintf("%s for a slot of %s", plural(counts[g], "call waits", "calls wait"), g)
		if t := until[g]; !t.IsZero() {
			text += ", the next at " + t.UTC().Format("15:04:05") + " UTC"
		}
		out = append(out, text)
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// newProgress puts a plan and the activity together.
func newProgress(p planner.Plan, a activity, now time.Time) Progress {
	out := Progress{
		Schema: ProgressSchema, At: now.UTC(), Running: a.running(), Left: p.Calls + p.Side, Seconds: p.Duration.Seconds(),
		Booked: len(a.booked), Queued: len(a.queued), Waiting: a.waits(now), Groups: []Group{},
	}
	for _, r := range a.flying {
		if !r.At.After(now) {
			out.Flying++
		}
	}
	out.Done = needed(p.Verdict)
	for _, g := range p.Groups {
		out.Groups = append(out.Groups, Group{g.Name, g.Calls, g.Duration.Seconds()})
	}
	return out
}

// needed counts the successes that the policy needs, as far as they are there.
func needed(v criteria.Verdict) (n int) {
	for _, e := range v.Endpoints {
		n += min(e.Got, e.Need)
	}
	return n
}
