package criteria

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopeUses collects which operations need which scopes.
type scopeUses struct {
	e         *evidence // of no records: it knows the scopes of the edition
	now       time.Time
	since     time.Duration // from when successes count, relative to now
	by        map[endpointKey]*scopeUse
	attempts  map[string]scopeAttempt // by id
	exercised map[rcapi.Scope]int     // successes that count
	granted   []rcapi.Scope
	grantedAt time.Time
}

// scopeUse is a ScopeUse while it is collected.
type scopeUse struct {
	ScopeUse
	scopes []rcapi.Scope       // that it needs
	calls  map[rcapi.Scope]int // attempts that needed the scope
	good   map[rcapi.Scope]int

	recorded []string      // scopes of the latest record
	then     []rcapi.Scope // the same in the edition, in canonical spelling
}

// scopeAttempt is what was counted of an attempt, so that a later record of it can replace that.
type scopeAttempt struct {
	call
	use    *scopeUse
	scopes []rcapi.Scope
	hidden bool
	ended  bool // it has a record of its end; otherwise it may have been sent if its slot was not given back
	told   bool // its record names the scopes: without that a success exercises none
	passed bool // its method is of no operation of the platform
}

func newScopeUses(p Policy, want Want, now time.Time) *scopeUses {
	u := &scopeUses{
		e: &evidence{policy: p, then: map[string][2]rcapi.Scope{}}, now: now, since: Since(now).Sub(now),
		by: map[endpointKey]*scopeUse{}, attempts: map[string]scopeAttempt{}, exercised: map[rcapi.Scope]int{},
	}
	if p.counting() == inRolling {
		u.since = -rolling + 1
	}
	for _, d := range want.Endpoints {
		op := p.at(d.Op)
		use := u.use(endpointKey{method: op.Method, path: op.Path}, op)
		if name := display(d.Name, op); !use.Declared {
			use.Name, use.Declared, use.Exempt = name, true, d.Exempt
		} else if name != use.Name {
			use.Name += ", " + name
			if d.Exempt == "" {
				use.Exempt = ""
			}
		}
		use.needs(op.Scope)
		for _, s := range want.Scopes { // the body of a call decides; nothing says that it will not
			if s.Condition() != "" && op.Exercises(s) {
				use.needs(s)
			}
		}
	}
	return u
}

func (u *scopeUses) use(at endpointKey, op rcapi.Operation) *scopeUse {
	use := u.by[at]
	if use == nil {
		use = &scopeUse{
			ScopeUse: ScopeUse{Name: display("", op), Op: op},
			calls:    map[rcapi.Scope]int{}, good: map[rcapi.Scope]int{},
		}
		u.by[at] = use
	}
	return use
}

func (u *scopeUse) needs(s rcapi.Scope) {
	if s = s.Canonical(); s != "" && !slices.Contains(u.scopes, s) {
		u.scopes = append(u.scopes, s)
	}
}

// add takes in a record.
func (u *scopeUses) add(r *ledger.Record) {
	c, ok := read(r, u.now)
	if !ok || c.last <= -rolling {
		return
	}
	if r.Kind == ledger.Done && len(r.Granted) > 0 && !r.At.Before(u.grantedAt) {
		u.granted, u.grantedAt = scopesOf(r.Granted), r.At.UTC()
	}
	a, again := u.attempts[r.ID]
	if again && r.ID != "" {
		a.call = c.worst(a.call)
	} else {
		a = scopeAttempt{call: c}
	}
	a.ended = a.ended || r.Kind == ledger.Done
	a.passed = a.passed || r.Method == "HEAD" || r.Method == "OPTIONS"
	if named := r.Op != "" || r.Path != ""; named && (r.Kind == ledger.Done || a.use == nil) {
		u.attribute(&a, r)
	}
	if r.ID == "" {
		u.count(&a)
		return
	}
	u.attempts[r.ID] = a
}

// attribute finds out which operation an attempt was of, which scopes it needs and what made it.
func (u *scopeUses) attribute(a *scopeAttempt, r *ledger.Record) {
	use := u.by[endpointKey{method: r.Method, path: r.Path}]
	if use == nil || r.Path == "" {
		op, known := rcapi.Lookup(r.Op)
		if r.Path != "" {
			op.ID, op.Method, op.Path = r.Op, r.Method, r.Path
		} else if !known {
			op, _ = rcapi.Parse(r.Op)
		}
		use = u.use(endpointKey{method: op.Method, path: op.Path}, u.e.policy.at(op))
	}
	if use.then == nil || !slices.Equal(use.recorded, r.Scopes) { // most calls of an operation need the same
		use.recorded, use.then = r.Scopes, scopesOf(u.e.scopesThen(r.Op, r.Scopes))
		if len(use.then) == 0 && use.Op.Scope != "" {
			use.then = []rcapi.Scope{use.Op.Scope.Canonical()}
		}
	}
	a.use, a.scopes, a.told = use, use.then, len(r.Scopes) > 0
	if r.Kind != ledger.Done || a.passed {
		return
	}
	by, called := callerOf(r)
	if called {
		use.Callers = insert(use.Callers, by)
	}
	if i, found := slices.BinarySearch(use.Sites, r.Site); r.Site != "" && !found {
		use.Sites = slices.Insert(use.Sites, i, r.Site)
	}
	a.hidden = !use.Declared && !called && r.Site == "" && r.Endpoint == ""
}

// count adds an attempt to its operation.
func (u *scopeUses) count(a *scopeAttempt) {
	if a.use == nil || a.passed || !a.ended && a.outcome == unsent {
		return
	}
	a.use.Calls++
	if a.hidden {
		a.use.Hidden++
	}
	for _, s := range a.scopes {
		a.use.needs(s)
		a.use.calls[s]++
		if a.outcome == success {
			a.use.good[s]++
			if a.told && a.at >= u.since {
				u.exercised[s]++
			}
		}
	}
}

// of returns the use as the row of a scope has it.
func (u *scopeUse) of(s rcapi.Scope) ScopeUse {
	out := u.ScopeUse
	out.Calls, out.Successes, out.Hidden = u.calls[s], u.good[s], min(u.Hidden, u.calls[s])
	out.Callers, out.Sites = slices.Clone(u.Callers), slices.Clone(u.Sites)
	return out
}

// all returns the uses, those of declared endpoints first, by name. Nothing more can be added then.
func (u *scopeUses) all() []*scopeUse {
	for _, a := range u.attempts {
		u.count(&a)
	}
	var out []*scopeUse
	for _, use := range u.by {
		slices.Sort(use.scopes)
		out = append(out, use)
	}
	slices.SortFunc(out, func(x, y *scopeUse) int {
		if x.Declared != y.Declared {
			if x.Declared {
				return -1
			}
			return 1
		}
		return cmp.Or(
			strings.Compare(x.Name, y.Name), strings.Compare(x.Op.Path, y.Op.Path), strings.Compare(x.Op.Method, y.Op.Method),
		)
	})
	return out
}

// grant says whether the token grants a scope.
func (u *scopeUses) grant(s rcapi.Scope) Grant {
	switch {
	case u.grantedAt.IsZero() || !s.Known():
		return GrantUnknown
	case slices.Contains(u.granted, s):
		return Granted
	case slices.ContainsFunc(u.granted, func(g rcapi.Scope) bool { return includes(g, s) }):
		return Included
	}
	return NotGranted
}

// scopesOf returns scopes by name, in canonical spelling, sorted, without duplicates.
func scopesOf(names []string) []rcapi.Scope {
	var out []rcapi.Scope
	for _, n := range names {
		if s := rcapi.Scope(n).Canonical(); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
