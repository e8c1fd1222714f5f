package claims

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Question is what a session asks a board.
type Question struct {
	Offers []Offer                // the endpoints that it has not given up, in the order of preference
	Room   func(group string) int // calls of a group that it may begin now
	Limit  func(group string) int // calls of a group in a window; 0: no limit
	NewID  func() string          // ids for claims
	Life   func(owner string) ledger.Life
}

// Offer is an endpoint that a session could call.
type Offer struct {
	Name      string
	NotBefore time.Time // its own back-off
}

// Decision is the answer.
type Decision struct {
	Begin   []Begin                  // calls to begin now
	Records []ledger.Record          // to append: these claims, and the ends of claims whose owner is gone
	Failed  map[string]ledger.Record // offers that fail in another session: a call of the same operation ended so
	Refused map[string]error         // offers that the error budget does not allow
	Open    bool                     // some offer still lacks successes
	Others  int                      // live claims of other sessions that cover what is missing
	Wake    time.Time                // when to ask again although nothing has changed; zero: only after a change

	// InFlight is how many calls of this session may be in flight at once, so that the error rules still hold if all of
	// them fail together, as they do if the token is revoked at that moment. It is at least 1. Zero: any number.
	InFlight int
}

// Begin is a call to begin.
type Begin struct{ Endpoint, Claim string }

const (
	// settle is how long after the end of a process a request that it had sent can still reach the server.
	settle = 2 * time.Second

	// lost is how long a session whose lease has run out may still be waiting for the response to a change: the time-out
	// of a call.
	lost = 60 * time.Second
)

// decider is one decision in the making.
type decider struct {
	b   *Board
	q   Question
	now time.Time
	out Decision

	claims []claim // the board's and those of this decision
	plan   planner.Plan
	ops    map[string]rcapi.Operation // by endpoint name
	send   map[string]int             // calls still to be booked, by endpoint name
	have   map[string]int             // successes, by endpoint name
	offers map[string]bool
}

// Decide says which calls the session may begin now. It leaves the board as it is: a ledger that could not append the
// records asks again. Once they are appended, add them.
func (b *Board) Decide(now time.Time, q Question) Decision {
	b.forget(now)
	d := decider{
		b: b, q: q, now: now, claims: make([]claim, len(b.order)), offers: make(map[string]bool), ops: make(map[string]rcapi.Operation),
		send: make(map[string]int), have: make(map[string]int),
	}
	for i, c := range b.order {
		d.claims[i] = *c
	}
	d.out.Failed, d.out.Refused = make(map[string]ledger.Record), make(map[string]error)
	d.bury()
	d.offer()
	d.need()
	d.canaries()
	d.rest()
	d.outlook()
	d.out.InFlight = d.inFlight()
	return d.out
}

// bury ends the claims whose owner is gone.
func (d *decider) bury() {
	for i := range d.claims {
		c := &d.claims[i]
		if !c.ends.IsZero() || c.owner == d.b.cfg.Owner {
			continue
		}
		end := d.now.Add(settle)
		switch d.q.Life(c.owner) {
		case ledger.Alive:
			continue
		case ledger.Silent:
			if !c.op.Reads() {
				end = end.Add(lost)
			}
		}
		c.ends = end
		d.out.Records = append(d.out.Records, ledger.Record{
			Kind: ledger.Unclaimed, ID: c.id, At: end, Op: c.op.ID, Method: c.op.Method, Path: c.op.Path, Owner: d.b.cfg.Owner,
		})
	}
}

// offer sorts out the endpoints that fail elsewhere.
func (d *decider) offer() {
	for _, e := range d.b.cfg.Plan.Endpoints {
		d.ops[e.Name] = e.Op
	}
	for _, o := range d.q.Offers {
		if r, failed := d.b.failed(d.ops[o.Name]); failed {
			d.out.Failed[o.Name] = r
			continue
		}
		d.offers[o.Name] = true
	}
}

// need plans with all live claims taken for successes.
func (d *decider) need() {
	var live []claim
	for _, c := range d.claims {
		if c.live(d.now) {
			live = append(live, c)
		}
	}
	d.plan = d.b.plan(d.now, func(name string) bool { return d.offers[name] }, live)
	success := make(map[string]int) // without the claims
	for _, c := range live {
		success[c.key]--
	}
	for _, a := range d.plan.Endpoints {
		d.send[a.Name] = a.Send
		d.have[a.Name] = a.Have + success[a.Op.String()]
	}
}

// canaries books the first calls of endpoints that have not succeeded yet: one at a time for each, those of reads
// before those of changes.
func (d *decider) canaries() {
	readPending := false
	for _, reads := range []bool{true, false} {
		if !reads && readPending {
			return
		}
		for _, o := range d.q.Offers {
			op := d.ops[o.Name]
			if !d.canary(o.Name) || op.Reads() != reads {
				continue
			}
			readPending = readPending || reads
			if !d.claimed(op) && d.send[o.Name] > 0 && d.may(o, op) && d.allowed(o.Name) {
				d.begin(o.Name, op, ledger.StageCanary)
			}
		}
	}
}

// canary reports whether an endpoint has yet to show that it works.
func (d *decider) canary(name string) bool {
	op := d.ops[name]
	return d.offers[name] && (d.have[name] <= 0 && (d.send[name] > 0 || d.claimed(op)) || d.canaryHeld(op))
}

// rest books further calls of the endpoints that work. Those of a group wait for its canaries.
func (d *decider) rest() {
	waits := make(map[string]bool)
	for name := range d.offers {
		if d.canary(name) {
			waits[group(d.ops[name])] = true
		}
	}
	for again := true; again; {
		again = false
		for _, o := range d.q.Offers {
			op := d.ops[o.Name]
			if !d.offers[o.Name] || d.canary(o.Name) || d.have[o.Name] <= 0 || d.send[o.Name] <= 0 || waits[group(op)] || !d.may(o, op) {
				continue
			}
			if !op.Reads() && d.excluded(op) {
				continue
			}
			d.begin(o.Name, op, "")
			again = true
		}
	}
}

// may reports whether a call of an offered endpoint could begin now, as far as its own pauses and its group allow.
func (d *decider) may(o Offer, op rcapi.Operation) bool {
	for _, t := range []time.Time{o.NotBefore, d.b.pause(op)} {
		if t.After(d.now) {
			d.wake(t)
			return false
		}
	}
	g := group(op)
	if d.q.Room(g)-d.begun(g) <= 0 {
		return false
	}
	limit := d.q.Limit(g)
	return limit == 0 || d.inGroup(g) < limit
}

// begin books a call.
func (d *decider) begin(name string, op rcapi.Operation, stage ledger.Stage) {
	id := d.q.NewID()
	r := ledger.Record{
		Kind: ledger.Claimed, ID: id, At: d.now, Op: op.ID, Method: op.Method, Path: op.Path, Endpoint: name, Stage: stage, Owner: d.b.cfg.Owner,
		Groups: op.Groups(),
	}
	if op.Scope != "" {
		r.Scopes = []string{string(op.Scope)}
	}
	d.out.Begin = append(d.out.Begin, Begin{name, id})
	d.out.Records = append(d.out.Records, r)
	d.send[name]--
	d.claims = append(d.claims, newClaim(&r))
}

// checkOwners is how often a session that waits for others looks whether they are still there.
const checkOwners = 500 * time.Millisecond

// outlook says what is still open, and what the session waits for.
func (d *decider) outlook() {
	d.out.Open = len(d.out.Begin) > 0
	for name, n := range d.send { // missing even if every claim succeeds
		d.out.Open = d.out.Open || n > 0 && d.out.Refused[name] == nil
	}
	if !d.out.Open { // a second plan, only where the claims cover the rest
		for name, n := range d.b.Missing(d.now, func(name string) bool { return d.offers[name] }) {
			d.out.Open = d.out.Open || n > 0 && d.out.Refused[name] == nil
		}
	}
	for _, c := range d.claims {
		if c.owner != d.b.cfg.Owner && c.live(d.now) {
			d.out.Others++
		}
		if c.ends.After(d.now) {
			d.wake(c.ends)
		}
	}
	if d.out.Others > 0 {
		d.wake(d.now.Add(checkOwners))
	}
}

func (d *decider) wake(t time.Time) {
	if d.out.Wake.IsZero() || t.Before(d.out.Wake) {
		d.out.Wake = t
	}
}

// claimed reports whether a call of op is under way in any session.
func (d *decider) claimed(op rcapi.Operation) bool {
	for _, c := range d.claims {
		if c.key == op.String() && (c.live(d.now) || c.excludes(d.now)) {
			return true
		}
	}
	return false
}

// canaryHeld reports whether a canary of op is under way in any session.
func (d *decider) canaryHeld(op rcapi.Operation) bool {
	for _, c := range d.claims {
		if c.key == op.String() && c.canary && c.held(d.now) {
			return true
		}
	}
	return false
}

// excluded reports whether a change of op is under way in any session.
func (d *decider) excluded(op rcapi.Operation) bool {
	for _, c := range d.claims {
		if c.key == op.String() && c.excludes(d.now) {
			return true
		}
	}
	return false
}

// inGroup counts the live claims of a group.
func (d *decider) inGroup(g string) (n int) {
	for _, c := range d.claims {
		if c.live(d.now) && group(c.op) == g {
			n++
		}
	}
	return n
}

// begun counts the calls of a group in this decision.
func (d *decider) begun(g string) (n int) {
	for _, s := range d.out.Begin {
		if group(d.ops[s.Endpoint]) == g {
			n++
		}
	}
	return n
}

// allowed asks the error budget about a call that could fail.
func (d *decider) allowed(name string) bool {
	risky, planned := 0, 0
	for _, c := range d.claims {
		if have, ok := d.have[c.endpoint]; c.live(d.now) && ok && have <= 0 {
			risky++
		}
	}
	for _, n := range d.send {
		planned += n
	}
	err := withinBudget(d.plan.Verdict.Ratios, risky, planned)
	if err != nil && risky == 0 {
		d.out.Refused[name] = err
	}
	return err == nil
}

// inFlight shares what the error budget allows among the sessions with live claims.
func (d *decider) inFlight() int {
	planned := 0
	for _, n := range d.send {
		planned += n
	}
	owners := map[string]bool{d.b.cfg.Owner: true}
	for _, c := range d.claims {
		if c.live(d.now) {
			owners[c.owner] = true
		}
	}
	return failTogether(d.plan.Verdict.Ratios, planned, len(owners))
}

// group is the first group that a call of op is charged to; empty: none.
func group(op rcapi.Operation) string {
	if groups := op.Groups(); len(groups) > 0 {
		return groups[0]
	}
	return ""
}
