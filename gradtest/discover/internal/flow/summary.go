package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// summary is what a field of a struct can hold, if that is the same base of URLs, or nothing known, wherever it is
// stored. Such a field need not be followed to where each object is made.
type summary struct {
	text string
	ok   bool
}

// summary returns what the field at the end of path holds, if it is a base.
func (e *Evaluator) summary(path []sel) (loc, bool) {
	if len(path) == 0 {
		return loc{}, false
	}
	last := path[len(path)-1]
	if last.elem || last.st == nil || last.field < 0 {
		return loc{}, false
	}
	v := last.st.Field(last.field).Origin()
	if v.Pkg() == nil || !isString(v.Type()) {
		return loc{}, false
	}
	s, done := e.summaries[v]
	if !done {
		s = &summary{}
		e.summaries[v] = s // while it is computed, and for a field that depends on itself: none
		if t, ok := e.base(v); ok {
			s.text, s.ok = t, true
		}
	}
	if !s.ok {
		return loc{}, false
	}
	return loc{lit: &s.text}, true
}

// base evaluates all stores to a field.
func (e *Evaluator) base(v *types.Var) (string, bool) {
	stores := e.callers.fields[v]
	if len(stores) == 0 || len(stores) > 16 {
		return "", false
	}
	found := make(map[string]bool)
	for _, s := range stores {
		if !e.few(s, func(r *Run) { found[strings.TrimSuffix(r.Text(s.Val), "/")] = true }) {
			return "", false
		}
	}
	result, first := "", true
	for s := range found {
		b, ok := e.config.Base(s)
		switch {
		case !ok:
			return "", false
		case first:
			result, first = b, false
		case Blank(result): // what is known is better
			result = b
		case !Blank(b) && b != result:
			return "", false
		}
	}
	return result, !first
}

// few is All with a low limit.
func (e *Evaluator) few(at ssa.Instruction, visit func(*Run)) bool {
	limit := e.config.Limit
	e.config.Limit = 200
	defer func() { e.config.Limit = limit }()
	return e.All(at, visit)
}
