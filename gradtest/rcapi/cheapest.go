package rcapi

import (
	"cmp"
	"slices"
	"strings"
)

// Cheapest suggests the operation with which to exercise a scope: not deprecated, reading before writing before deleting,
// without ids to be found first, without required query, Light before Medium before Heavy, on the user's own extension
// before elsewhere (any user may), then the shortest path. It is a suggestion: an endpoint is to be exercised because the
// app uses it. ok is false when no operation exercises s.
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
		cmp.Compare(a.Group.Cost(), b.Group.Cost()),
		cmp.Compare(a.ids(), b.ids()),
		compareBool(!ownExtension(a), !ownExtension(b)),
		compareBool(strings.HasSuffix(a.Path, "sync"), strings.HasSuffix(b.Path, "sync")), // a sync is a sequence of calls
		cmp.Compare(len(a.Path), len(b.Path)),
		strings.Compare(a.Path, b.Path),
		cmp.Compare(slices.Index(methods[:], a.Method), slices.Index(methods[:], b.Method)),
	)
}

// effort ranks what a call takes: a read, a read of something that must exist, a creation or query, a change.
func effort(o Operation) int {
	switch {
	case o.Reads() && o.ids() == 0:
		return 0
	case o.Reads() && !followsWrite(o):
		return 1
	case o.Method == "POST" && o.ids() == 0:
		return 2
	case o.Method == "DELETE":
		return 5
	case !o.Reads() && o.ids() == 0:
		return 3
	}
	return 4
}

// followsWrite reports whether the operation reads what only a write of the same scope makes: then the write comes first.
func followsWrite(o Operation) bool {
	return slices.ContainsFunc(o.PathParams, func(name string) bool {
		return name == "taskId" || name == "jobId" || name == "ringoutId"
	})
}

func ownExtension(o Operation) bool { return strings.HasPrefix(o.Path, ReadExtension.Path) }

// ids counts the path parameters that have no default.
func (o Operation) ids() int { return len(o.Missing(nil)) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
