package rcapi

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Operations yields the operations that exercise a scope, in the order of [All]: those that need it, and for
// SubscriptionWebhook, which none needs by itself, [CreateSubscription]. The empty scope yields those that need none.
func Operations(s Scope) iter.Seq[Operation] {
	s = s.Canonical()
	return func(yield func(Operation) bool) {
		if s == ScopeSubscriptionWebhook {
			yield(CreateSubscription)
			return
		}
		for _, o := range table {
			if o.Scope == s && !yield(*o) {
				return
			}
		}
	}
}

// Cheapest suggests the operation with which to exercise a scope: not deprecated, reading before writing before deleting,
// without ids to be found first, without required query, Light before Medium before Heavy, then the shortest path. It is a
// suggestion: the use of an endpoint counts only if the app uses it. ok is false when no operation exercises s.
func Cheapest(s Scope) (o Operation, ok bool) {
	for candidate := range Operations(s) {
		if s != "" && (!ok || cheaper(candidate, o) < 0) {
			o, ok = candidate, true
		}
	}
	return o, ok
}

func cheaper(a, b Operation) int {
	return cmp.Or(
		compareBool(a.Deprecated, b.Deprecated),
		cmp.Compare(effort(a), effort(b)),
		cmp.Compare(len(a.RequiredQuery), len(b.RequiredQuery)),
		cmp.Compare(weight(a.Group), weight(b.Group)),
		cmp.Compare(a.ids(), b.ids()),
		cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")),
		strings.Compare(a.Path, b.Path),
		strings.Compare(a.Method, b.Method),
	)
}

// effort ranks what a call takes: a read that needs nothing, a read of something that must exist, a write, a deletion.
func effort(o Operation) int {
	switch {
	case o.Reads() && o.ids() == 0:
		return 0
	case o.Reads():
		return 1
	case o.Method == "DELETE":
		return 4
	case o.ids() == 0:
		return 2
	}
	return 3
}

func weight(g Group) int {
	return slices.Index([]Group{NoThrottling, Light, Medium, Heavy, Auth}, g)
}

// ids counts the path parameters that have no default.
func (o Operation) ids() int {
	n := 0
	for _, name := range o.PathParams {
		if o.fallback(name) == "" {
			n++
		}
	}
	return n
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
