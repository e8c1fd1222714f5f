package criteria

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Declared returns the latest declaration among the records up to now; nil if there is none.
func Declared(records iter.Seq[ledger.Record], now time.Time) *ledger.Declaration {
	var latest *ledger.Declaration
	var at time.Time
	for r := range records {
		if r.Kind == ledger.Declared && r.Declared != nil && !r.At.After(now) && (latest == nil || !r.At.Before(at)) {
			latest, at = r.Declared, r.At
		}
	}
	return latest
}

// WantOf converts a declaration from the ledger.
func WantOf(d ledger.Declaration) Want {
	var w Want
	for _, s := range d.Scopes {
		w.Scopes = append(w.Scopes, rcapi.Scope(s))
	}
	for _, e := range d.Endpoints {
		op, ok := rcapi.Lookup(e.Op)
		if !ok || op.Method != e.Method || op.Path != e.Path {
			op = rcapi.Operation{ID: e.Op, Method: e.Method, Path: e.Path}
		}
		op.Group, op.Scope = rcapi.Group(e.Group), rcapi.Scope(e.Scope)
		w.Endpoints = append(w.Endpoints, Endpoint{Name: e.Name, Op: op, Calls: e.Calls, Exempt: e.Exempt})
	}
	return w
}

// Observed returns what an app without a declaration used in the last 48 hours: every endpoint called and every scope
// exercised. A verdict based on it cannot know of endpoints and scopes that were never used, so a program that shows
// such a verdict must say what it is based on.
func Observed(records iter.Seq[ledger.Record], now time.Time) Want {
	e := newEvidence(Policy{}, Want{}, records, now)
	var w Want
	for _, t := range e.endpoints {
		if t.used > -rolling {
			w.Endpoints = append(w.Endpoints, Endpoint{Op: t.op})
		}
	}
	w.Scopes = scopesSeen(records, e.now)
	return w
}

// scopesSeen returns the scopes that successes of the last 48 hours exercised, sorted.
func scopesSeen(records iter.Seq[ledger.Record], now time.Time) []rcapi.Scope {
	var scopes []rcapi.Scope
	for r := range records {
		if c, ok := read(&r, now); !ok || c.outcome != success || c.at <= -rolling {
			continue
		}
		for _, name := range r.Scopes {
			if s := rcapi.Scope(name).Canonical(); !slices.Contains(scopes, s) {
				scopes = append(scopes, s)
			}
		}
	}
	slices.SortFunc(scopes, func(x, y rcapi.Scope) int { return cmp.Compare(x, y) })
	return scopes
}
