package rcapi

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// Cheapest suggests an operation that exercises a scope. It prefers operations of new editions that are not deprecated,
// reads to writes to deletions, those that need no ids or query parameters, cheap groups (see [Group.Cost]), the user's
// own extension, which any user may access, and short paths. ok is false when no operation exercises s.
//
// It is only a suggestion: an endpoint should be exercised because the app uses it.
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
		cmp.Compare(b.last(), a.last()),
		compareBool(a.Deprecated, b.Deprecated),
		cmp.Compare(effort(a), effort(b)),
		cmp.Compare(len(a.RequiredQuery), len(b.RequiredQuery)),
		cmp.Compare(a.Group.Cost(), b.Group.Cost()),
		cmp.Compare(a.ids(), b.ids()),
		compareBool(!ownExtension(a), !ownExtension(b)),
		compareBool(strings.HasSuffix(a.Path, "sync"), strings.HasSuffix(b.Path, "sync")), // a sync takes several calls
		cmp.Compare(len(a.Path), len(b.Path)),
		strings.Compare(a.Path, b.Path),
		cmp.Compare(slices.Index(methods[:], a.Method), slices.Index(methods[:], b.Method)),
	)
}

// effort ranks operations: a read, a read of something that must exist, a creation or query, a change, a deletion.
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

// followsWrite reports whether the operation reads what only a write of the same scope creates: the write is cheaper
// then.
func followsWrite(o Operation) bool {
	return slices.ContainsFunc(o.PathParams, func(name string) bool {
		return name == "taskId" || name == "jobId" || name == "ringoutId"
	})
}

// last ranks operations by the newest edition that has them.
func (o Operation) last() int { return bits.Len8(o.editions) }

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
