package criteria

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// ScopeMatrix compares an app's scopes: what it declares, what its token grants, what its calls need, and what they
// have exercised. It is plain data, safe to read concurrently.
type ScopeMatrix struct {
	At      time.Time  // when it was made, UTC
	Since   time.Time  // from when successes count as exercise; calls of the last 48 hours show a need
	Granted time.Time  // when the token response arrived that says what is granted; zero: unknown
	Scopes  []ScopeRow // every scope that is declared, granted or needed, by name

	// Add and Remove turn the declaration, and where it is known the token's grant, into exactly what the app needs:
	// the scopes of its calls and of its declared endpoints, without those that another of them includes. Sorted by
	// name.
	Add, Remove []ScopeChange

	// Smallest is the smallest set of scopes that allows every call of the last 48 hours, sorted. It has no scope that
	// no call needs, even if one such scope would include two others: it would widen the app's rights, and the bar asks
	// for a call under each declared scope. So there is exactly one such set. Empty: nothing was called, or no call
	// needs a scope.
	Smallest []rcapi.Scope
	// Uncalled are the scopes that only declared endpoints need of which there is no call yet, and that no scope in
	// Smallest includes, sorted.
	Uncalled []rcapi.Scope

	Notes []string // what else a reader should know
}

// ScopeRow is what is known of one app scope.
type ScopeRow struct {
	Scope      rcapi.Scope // canonical spelling
	Declared   bool
	Granted    Grant
	NeededBy   []ScopeUse    // what needs exactly this scope: declared endpoints first, then by name
	Exercised  int           // successes that count, as in [ScopeCount]
	Includes   []rcapi.Scope // scopes of the matrix that it includes
	IncludedBy []rcapi.Scope // declared or granted scopes that include it
	Condition  string        // what a call must do to exercise it beyond calling an operation; mostly empty
}

// Called reports whether a call of the last 48 hours needs the scope.
func (r ScopeRow) Called() bool {
	return slices.ContainsFunc(r.NeededBy, func(u ScopeUse) bool { return u.Calls > 0 })
}

// Grant says whether the token grants a scope.
type Grant uint8

const (
	GrantUnknown Grant = iota // no record says what the token grants, or the scope is not in the catalogue
	NotGranted                // the token response does not list it
	Granted                   // the token response lists it
	Included                  // the token response lists a scope that includes it
)

// String returns unknown, no, yes or included.
func (g Grant) String() string { return [...]string{"unknown", "no", "yes", "included"}[g] }

// ScopeUse is an operation that needs a scope.
type ScopeUse struct {
	Name      string // of the endpoint, else the operation id, else method and path
	Op        rcapi.Operation
	Declared  bool   // an endpoint declares it
	Exempt    string // why the declared endpoint cannot be called; empty: it can
	Calls     int    // attempts in the last 48 hours, successful or not; 0: it is declared and was not called
	Successes int    // of these, also such that no longer count

	Callers []Caller // the Prepare, Do and Cleanup functions that called it
	Sites   []string // lines of the app's code that called it, such as "crm/client.go:42", sorted
	// Hidden is the number of Calls of an undeclared operation without a call site or a caller: an SDK or another
	// program made them, through the gateway.
	Hidden int
}

// ScopeChange is a scope to add or to remove.
type ScopeChange struct {
	Scope       rcapi.Scope
	Declaration bool   // in the declaration
	Console     bool   // in the app's registration, because of what the token grants
	Why         string // such as: no call and no declared endpoint needs it
}

// Scopes compares the scopes that want declares with those that the token grants, that calls need and that they have
// exercised, by the records up to now; the zero Policy is [Graduation]. A call whose answer an injected fault or a
// replay made needs its scope like any other, but exercises nothing.
func Scopes(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) ScopeMatrix {
	c := CollectScopes(p, want, now)
	for r := range records {
		c.Add(&r)
	}
	return c.Matrix()
}

// ScopeCollector makes a [ScopeMatrix] record by record, for a caller that reads the records for something else as
// well. It is not safe for concurrent use.
type ScopeCollector struct {
	want Want
	uses *scopeUses
}

// CollectScopes begins what [Scopes] does.
func CollectScopes(p Policy, want Want, now time.Time) *ScopeCollector {
	return &ScopeCollector{want, newScopeUses(p.OrDefault(), want, now.UTC().Round(0))}
}

// Add takes in a record. The order of records does not matter.
func (c *ScopeCollector) Add(r *ledger.Record) { c.uses.add(r) }

// Matrix returns the comparison. Nothing can be added after it.
func (c *ScopeCollector) Matrix() ScopeMatrix {
	u := c.uses
	m := ScopeMatrix{At: u.now, Since: u.now.Add(u.since), Granted: u.grantedAt}
	if u.since == -rolling+1 {
		m.Since = u.now.Add(-rolling)
	}
	rows := map[rcapi.Scope]*ScopeRow{}
	row := func(s rcapi.Scope) *ScopeRow {
		s = s.Canonical()
		if rows[s] == nil {
			rows[s] = &ScopeRow{Scope: s, Condition: s.Condition()}
		}
		return rows[s]
	}
	for _, s := range c.want.Scopes {
		row(s).Declared = true
	}
	for _, s := range u.granted {
		row(s)
	}
	uses := u.all()
	for _, use := range uses {
		for _, s := range use.scopes {
			r := row(s)
			r.NeededBy = append(r.NeededBy, use.of(s))
		}
	}
	names := slices.Sorted(maps.Keys(rows))
	for _, s := range names {
		r := rows[s]
		r.Exercised = u.exercised[s]
		r.Granted = u.grant(s)
		for _, o := range names {
			if includes(s, o) {
				r.Includes = append(r.Includes, o)
			}
			if includes(o, s) && (rows[o].Declared || u.grant(o) == Granted) {
				r.IncludedBy = append(r.IncludedBy, o)
			}
		}
		m.Scopes = append(m.Scopes, *r)
	}
	m.advise(outermost(u.granted))
	m.note(slices.ContainsFunc(uses, func(use *scopeUse) bool { return use.Op.BodyDecides() }))
	return m
}

// includes reports whether scope s includes scope o.
func includes(s, o rcapi.Scope) bool { return slices.Contains(s.Includes(), o) }

// Row returns the row of a scope, under any of its names.
func (m ScopeMatrix) Row(s rcapi.Scope) (ScopeRow, bool) {
	i, ok := slices.BinarySearchFunc(m.Scopes, s.Canonical(), func(r ScopeRow, s rcapi.Scope) int {
		return cmp.Compare(r.Scope, s)
	})
	if !ok {
		return ScopeRow{}, false
	}
	return m.Scopes[i], true
}
