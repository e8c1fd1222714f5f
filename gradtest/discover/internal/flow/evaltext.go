package flow

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

func (e *Evaluator) text(v ssa.Value, f *Frame) string {
	return e.textOf(loc{v: v, f: f, at: definition(v)})
}

// textOf returns the text of a string, number or boolean. What is not known of it is a hole.
func (e *Evaluator) textOf(l loc) (s string) {
	if e.lenient {
		defer e.forgiving(&s)
	}
	hint := ""
	for range 200 {
		e.tick()
		switch {
		case l.lit != nil:
			return *l.lit
		case l.json != nil:
			return l.json.text()
		case l.zero:
			return ""
		case len(l.path) > 0:
			return e.part(l, hint)
		}
		if hint == "" {
			hint = hintOf(l.v)
		}
		if s, ok := e.operator(l); ok {
			return s
		}
		k := activeKey{l.f.id, l.v}
		if e.active[k] {
			return anyText
		}
		e.active[k] = true
		before := len(e.climbs)
		next, ok := e.step(l)
		delete(e.active, k)
		if !ok && len(next.path) == 0 {
			e.because("%s", e.describe(next))
			return unknownText(next.v, hint)
		}
		// What a caller passes decides where the call is reported: the text itself, or the key, index or condition that
		// selects it.
		if after := len(e.climbs); after > before || next.f != l.f && next.v != nil {
			s := e.within(k, next)
			if hint != "" && s == hole {
				s = unknown(hint)
			}
			e.climbs = append(e.climbs, climb{next.f, s})
			for i := before; i < min(after, len(e.climbs)); i++ {
				if c := &e.climbs[i]; !e.config.Significant(c.text) {
					c.text = s
				}
			}
			return s
		}
		l = next
	}
	return anyText
}

// within evaluates next while k is being evaluated.
func (e *Evaluator) within(k activeKey, next loc) string {
	e.active[k] = true
	defer delete(e.active, k)
	return e.textOf(next)
}

// operator evaluates what computes a text.
func (e *Evaluator) operator(l loc) (string, bool) {
	f := l.f
	switch v := l.v.(type) {
	case *ssa.Const:
		return constText(v), true
	case *ssa.BinOp:
		if v.Op == token.ADD && isString(v.Type()) {
			return e.behind(e.text(v.Y, f), func() string { return e.text(v.X, f) }), true
		}
		if isString(v.Type()) || !isBoolean(v.Type()) {
			return hole, true
		}
	case *ssa.Phi:
		if isString(v.Type()) {
			return e.loop(v, f)
		}
		if !isBoolean(v.Type()) && e.selfDependent(v) {
			return hole, true
		}
	case *ssa.Slice:
		if isString(v.Type()) {
			return e.slice(v, f), true
		}
	case *ssa.Call:
		return e.call(v, f)
	case *ssa.Extract:
		if c, ok := v.Tuple.(*ssa.Call); ok {
			return e.tuple(c, v.Index, f)
		}
	}
	return "", false
}

// loop evaluates a string that a loop builds: one round is not known from another.
func (e *Evaluator) loop(v *ssa.Phi, f *Frame) (string, bool) {
	if s, ok := e.rounds[activeKey{f.id, v}]; ok {
		return s, true
	}
	if e.active[activeKey{f.id, v}] {
		return anyText, true
	}
	if !e.selfDependent(v) {
		return "", false
	}
	if s, ok := e.unroll(v, f); ok {
		return s, true
	}
	b := v.Block()
	var entries []int
	for i, p := range b.Preds {
		if !b.Dominates(p) {
			entries = append(entries, i)
		}
	}
	if len(entries) == 0 {
		return anyText, true
	}
	i := entries[e.choose(choiceKey{f.id, v}, len(entries))]
	if replaces(v) { // what is left of placeholders is a hole all the same
		return e.text(v.Edges[i], f), true
	}
	return e.text(v.Edges[i], f) + anyText, true
}

// selfDependent reports whether a phi's value is computed from itself.
func (e *Evaluator) selfDependent(phi *ssa.Phi) bool {
	seen := make(map[ssa.Value]bool)
	var depends func(v ssa.Value, computed bool) bool
	depends = func(v ssa.Value, computed bool) bool {
		if v == phi {
			return computed
		}
		if seen[v] || len(seen) > 200 {
			return false
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.BinOp:
			return depends(v.X, true) || depends(v.Y, true)
		case *ssa.Phi:
			for _, edge := range v.Edges {
				if depends(edge, computed) {
					return true
				}
			}
		case *ssa.Call:
			if !isString(v.Type()) {
				return false
			}
			for _, a := range v.Call.Args {
				if depends(a, true) {
					return true
				}
			}
		}
		return false
	}
	for _, edge := range phi.Edges {
		if depends(edge, false) {
			return true
		}
	}
	return false
}

// slice evaluates s[low:high].
func (e *Evaluator) slice(v *ssa.Slice, f *Frame) string {
	s := e.text(v.X, f)
	if v.Low != nil {
		c, ok := v.Low.(*ssa.Const)
		if !ok {
			return anyText
		}
		n := int(c.Int64())
		if n > len(s) || !Known(s[:n]) {
			return anyText
		}
		s = s[n:]
	}
	switch high := v.High.(type) {
	case nil:
		return s
	case *ssa.Const:
		n := int(high.Int64()) // low is 0 or was cut off
		if c, ok := v.Low.(*ssa.Const); ok {
			n -= int(c.Int64())
		}
		if n < 0 || n > len(s) || !Known(s[:n]) {
			return anyText
		}
		return s[:n]
	case *ssa.Call: // s[:strings.Index(s, "?")]
		if fn := high.Call.StaticCallee(); fn != nil && strings.HasPrefix(fn.String(), "strings.") && strings.Contains(fn.Name(), "Index") {
			if sep := e.text(high.Call.Args[1], f); fn.Name() == "Index" || fn.Name() == "IndexByte" {
				if fn.Name() == "IndexByte" {
					sep = byteText(sep)
				}
				before, _, found := strings.Cut(s, sep)
				if !found {
					panic(impossible{}) // the index is -1
				}
				return before
			}
		}
	}
	if i := len(cutQuery(s)); i < len(s) {
		return s[:i] // most cuts at an index are for the query
	}
	return anyText
}

// byteText turns the decimal number of a character into the character.
func byteText(s string) string {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return s
		}
		n = n*10 + int(c-'0')
	}
	return string(rune(n))
}

// isString reports whether a type is a string.
func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// hintOf is what the code calls a value.
func hintOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Field:
		if fv := fieldOf(v.X.Type(), v.Field); fv != nil {
			return fv.Name()
		}
	case *ssa.Phi:
		return v.Comment
	case *ssa.UnOp:
		switch a := v.X.(type) {
		case *ssa.FieldAddr:
			if fv := fieldOf(a.X.Type(), a.Field); fv != nil {
				return fv.Name()
			}
		case *ssa.Global:
			return a.Name()
		case *ssa.Alloc:
			return a.Comment
		case *ssa.FreeVar:
			return a.Name()
		}
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil {
			return fn.Name()
		}
		if v.Call.IsInvoke() {
			return v.Call.Method.Name()
		}
	}
	return ""
}

// unknownText is the hole for a value that nothing is known of.
func unknownText(v ssa.Value, hint string) string {
	if v != nil {
		if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsString == 0 {
			return hole
		}
	}
	return unknown(hint)
}

// describe says where a value comes from that cannot be followed further.
func (e *Evaluator) describe(l loc) string {
	switch v := l.v.(type) {
	case *ssa.Parameter:
		return "nothing calls " + name(l.f.Fn) + ", so its parameter " + v.Name() + " is not known"
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil {
			return "the result of " + fn.String() + " is not known"
		}
		if v.Call.IsInvoke() {
			return "the result of " + v.Call.Method.Name() + " is not known"
		}
		return "the function that is called is not known"
	case *ssa.Extract:
		return e.describe(loc{v: v.Tuple, f: l.f})
	case *ssa.Lookup:
		return "what the map holds is not known"
	case nil:
		return "a value is not known"
	}
	if h := hintOf(l.v); h != "" {
		return h + " is not known"
	}
	return "a value is not known"
}
