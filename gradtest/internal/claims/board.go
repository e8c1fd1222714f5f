// Package claims decides which calls a process may begin, so that any number of processes on one ledger send
// exactly what one would. It is pure: a [Board] takes in the records of the ledger, and a decision follows from
// them, from the declaration and from the moment. The ledger makes a decision and its booking one step (see
// [ledger.Claims]).
//
// A claim is live from its booking until a call made for it has succeeded, until it is given back, or until its
// owner is gone. Successes and live claims together never exceed what is needed: a live claim counts like a success
// that is already there. Claims of a change (anything but a read) also exclude each other until they are given
// back, so that one change of an endpoint is under way at a time over all processes.
package claims

import (
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Board is the evidence and the claims as one session knows them. It is not safe for concurrent use.
type Board struct {
	cfg   Config
	done  []ledger.Record // the attempts that have ended
	seen  map[string]bool // their ids; a record can arrive twice
	calls map[string]*claim
	order []*claim // the claims in calls, oldest first

	latest  time.Time         // At of the latest attempt
	since   map[string]int    // successes since the session began, by operation
	trouble map[string]*trial // endpoints whose latest claimed call failed, by operation
}

// Config is what a board decides by.
type Config struct {
	Owner string        // of this session's claims
	Start time.Time     // when the session began
	Plan  planner.Input // the declaration; Records, Now and Selected are the board's own
}

// claim is a booked call.
type claim struct {
	id, owner string
	key       string // operation
	op        rcapi.Operation
	endpoint  string
	canary    bool
	succeeded bool
	ends      time.Time // zero: not given back
}

// trial is a row of failures of an operation since the session began.
type trial struct {
	last     ledger.Record
	claim    *claim // that it was made for
	owner    string // of claim
	failures int    // in a row
	own      int    // of them, those of this session
}

// New returns an empty board.
func New(cfg Config) *Board {
	return &Board{
		cfg: cfg, seen: make(map[string]bool), calls: make(map[string]*claim),
		since: make(map[string]int), trouble: make(map[string]*trial),
	}
}

// Add takes in records in the order in which they were appended.
func (b *Board) Add(records []ledger.Record) {
	for i := range records {
		r := &records[i]
		switch r.Kind {
		case ledger.Claimed:
			b.claimed(r)
		case ledger.Unclaimed:
			if c := b.calls[r.ID]; c != nil && (c.ends.IsZero() || r.At.Before(c.ends)) {
				c.ends = r.At
			}
		case ledger.Done:
			if !b.seen[r.ID] {
				b.seen[r.ID] = true
				b.done = append(b.done, *r)
				if r.At.After(b.latest) {
					b.latest = r.At
				}
				b.ended(r)
			}
		}
	}
}

func (b *Board) claimed(r *ledger.Record) {
	if b.calls[r.ID] != nil {
		return
	}
	c := newClaim(r)
	b.calls[r.ID] = &c
	b.order = append(b.order, &c)
}

func newClaim(r *ledger.Record) claim {
	op, ok := rcapi.Lookup(r.Op)
	if !ok || op.Method != r.Method || op.Path != r.Path {
		op = rcapi.Operation{ID: r.Op, Method: r.Method, Path: r.Path, Group: rcapi.NoThrottling}
		if len(r.Groups) > 0 {
			op.Group = rcapi.Group(r.Groups[0])
		}
	}
	if len(r.Scopes) > 0 {
		op.Scope = rcapi.Scope(r.Scopes[0])
	}
	return claim{id: r.ID, owner: r.Owner, key: key(r.Method, r.Path), op: op, endpoint: r.Endpoint, canary: r.Stage == ledger.StageCanary}
}

// ended takes in the end of an attempt.
func (b *Board) ended(r *ledger.Record) {
	c, k := b.calls[r.Claim], key(r.Method, r.Path)
	success := r.Succeeded()
	if success && !r.Sent.Before(b.cfg.Start) {
		b.since[k]++
	}
	if c == nil || c.key != k {
		return
	}
	switch {
	case success:
		c.succeeded = true
		delete(b.trouble, k)
	case r.At.After(b.cfg.Start):
		t := b.trouble[k]
		if t == nil {
			t = &trial{}
			b.trouble[k] = t
		}
		t.last, t.claim, t.owner = *r, c, c.owner
		t.failures++
		if c.owner == b.cfg.Owner {
			t.own++
		}
	}
}

// live reports whether c counts like a success that is already there.
func (c *claim) live(now time.Time) bool { return !c.succeeded && c.held(now) }

// held reports whether c has not been given back.
func (c *claim) held(now time.Time) bool { return c.ends.IsZero() || c.ends.After(now) }

// excludes reports whether c keeps other calls of its operation waiting: a change or a canary, until it is given
// back. The success of a canary is not enough: the app's own check of it may still fail.
func (c *claim) excludes(now time.Time) bool { return (c.canary || !c.op.Reads()) && c.held(now) }

// forget drops the claims that no longer matter.
func (b *Board) forget(now time.Time) {
	b.order = slices.DeleteFunc(b.order, func(c *claim) bool {
		over := !c.live(now) && !c.excludes(now)
		if over {
			delete(b.calls, c.id)
		}
		return over
	})
}

// Missing returns how many successes each of the session's endpoints still needs, claims not counted.
func (b *Board) Missing(now time.Time, selected func(string) bool) map[string]int {
	out := make(map[string]int)
	for _, a := range b.plan(now, selected, nil).Endpoints {
		out[a.Name] = a.Send
	}
	return out
}

// Needed reports whether the call of a claim is still missing, given the successes and the claims booked before it.
// A call that became superfluous while it waited is given back; of several, those booked last. A claim that has
// ended is not needed: others took this session for gone, and may have booked the call themselves.
func (b *Board) Needed(now time.Time, id string) bool {
	var earlier []claim
	for _, c := range b.order {
		if c.id == id {
			if !c.ends.IsZero() {
				return false
			}
			for _, a := range b.plan(now, nil, earlier).Endpoints {
				if a.Op.String() == c.key && a.Send > 0 {
					return true
				}
			}
			return false
		}
		if c.live(now) {
			earlier = append(earlier, *c)
		}
	}
	return false // forgotten, since it has ended
}

// Held reports whether a claim must be given back explicitly: it did not succeed, or it keeps others waiting.
func (b *Board) Held(now time.Time, id string) bool {
	c := b.calls[id]
	return c != nil && (c.live(now) || c.excludes(now))
}

// clockSkew is how far the clock of a machine that records calls may be ahead of the store's. A success of the near
// future is one that is there already: if it did not count yet, it would be made once more.
const clockSkew = 15 * time.Minute

// plan plans with some claims taken for successes.
func (b *Board) plan(now time.Time, selected func(string) bool, claims []claim) planner.Plan {
	in := b.cfg.Plan
	in.Now, in.Selected = now, selected
	if b.latest.After(now) && b.latest.Sub(now) < clockSkew {
		in.Now = b.latest
	}
	in.Records, in.Tried = b.done, b.since
	for _, c := range claims {
		r := ledger.Record{
			Kind: ledger.Done, ID: c.id, At: now, Sent: now, Status: 200,
			Op: c.op.ID, Method: c.op.Method, Path: c.op.Path, Groups: c.op.Groups(),
		}
		r.OAuth = c.op.OAuth()
		for _, s := range in.Scopes {
			if c.op.Exercises(s) {
				r.Scopes = append(r.Scopes, string(s))
			}
		}
		in.Records = append(in.Records, r)
	}
	p := planner.Missing(in)
	if in.Repeat {
		b.repeat(&p, claims)
	}
	return p
}

// repeat takes from a plan of all calls those that this session or another has sent since it began, and those claimed.
func (b *Board) repeat(p *planner.Plan, claims []claim) {
	sent := make(map[string]int)
	for k, n := range b.since {
		sent[k] += n
	}
	for _, c := range claims {
		sent[c.key]++
	}
	for i := range p.Endpoints {
		a := &p.Endpoints[i]
		k := a.Op.String()
		n := min(a.Send, sent[k])
		a.Send -= n
		sent[k] -= n
		p.Calls -= n
	}
}

// failed returns the failure that ends an endpoint for all: one that must not be repeated, or too many in a row.
// What the session's own calls alone have met is for the engine to decide.
func (b *Board) failed(op rcapi.Operation) (ledger.Record, bool) {
	t := b.trouble[op.String()]
	if t == nil || t.own == t.failures {
		return ledger.Record{}, false
	}
	if t.last.Status == http.StatusUnauthorized && t.claim.ends.IsZero() {
		return ledger.Record{}, false // its owner may send the call again with a new token
	}
	rule, repeat := retry.Call(t.last.Status)
	return t.last, !repeat && t.owner != b.cfg.Owner || repeat && t.failures >= rule.Tries
}

// pause returns until when the failures of other sessions keep an endpoint waiting.
func (b *Board) pause(op rcapi.Operation) time.Time {
	t := b.trouble[op.String()]
	if t == nil || t.owner == b.cfg.Owner {
		return time.Time{}
	}
	rule, _ := retry.Call(t.last.Status)
	return t.last.At.Add(max(rule.Wait(t.failures), t.last.Signal.RetryAfter))
}

func key(method, path string) string { return method + " " + path }
