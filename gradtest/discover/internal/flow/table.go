package flow

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// element is one element of a slice or array: an address, or a value.
type element struct {
	loc
	path  []sel
	value bool
}

// element returns the element that an index selects. Loops over several tables with one index stay in step.
func (e *Evaluator) element(l loc, index ssa.Value, f *Frame) element {
	els, ok := e.elements(l, make(map[ssa.Value]bool))
	if !ok {
		return element{loc: loc{v: l.v, f: l.f, at: l.at, path: []sel{{field: -1}}}, value: true}
	}
	if c, ok := index.(*ssa.Const); ok {
		if i := int(c.Int64()); i >= 0 && i < len(els) {
			return els[i]
		}
		panic(impossible{})
	}
	if e.simple(index) && !e.active[activeKey{f.id, index}] {
		if i, err := strconv.Atoi(e.text(index, f)); err == nil {
			if i < 0 || i >= len(els) {
				panic(impossible{})
			}
			return els[i]
		}
	}
	return els[e.choose(choiceKey{f.id, index}, len(els))]
}

const maxElements = 2000

// elements returns what a slice or array can hold, in order where the order is known.
func (e *Evaluator) elements(l loc, seen map[ssa.Value]bool) (els []element, ok bool) {
	for range 100 {
		e.tick()
		if l.json != nil {
			for _, j := range l.json.list() {
				els = append(els, element{loc: loc{json: j, f: l.f}, value: true})
			}
			return els, true
		}
		if l.zero || l.v == nil {
			return nil, l.zero
		}
		if len(l.path) > 0 || l.lit != nil {
			return nil, false
		}
		if seen[l.v] {
			return nil, true
		}
		switch v := l.v.(type) {
		case *ssa.Const:
			return nil, v.IsNil()
		case *ssa.Slice:
			seen[v] = true
			els, ok := e.elements(loc{v: v.X, f: l.f, at: v}, seen)
			if c, isConst := v.Low.(*ssa.Const); ok && isConst && int(c.Int64()) <= len(els) {
				els = els[c.Int64():]
			}
			return els, ok
		case *ssa.Alloc, *ssa.Global, *ssa.FieldAddr, *ssa.IndexAddr:
			n, isArray := arrayLen(v.Type())
			if !isArray || n > maxElements {
				return nil, false
			}
			base, path, _ := e.address(v, l.f, l.at)
			if a, ok := v.(*ssa.Alloc); ok {
				base.at = afterLiteral(a, l)
			}
			for i := range n {
				els = append(els, element{loc: base, path: append(path[:len(path):len(path)], sel{field: i, elem: true})})
			}
			return els, true
		case *ssa.Phi:
			seen[v] = true
			ok = true
			for i, edge := range v.Edges {
				more, known := e.elements(loc{v: edge, f: l.f, at: lastOf(v.Block().Preds[i])}, seen)
				els, ok = append(els, more...), ok && known
			}
			return els, ok
		case *ssa.MakeSlice:
			for _, in := range *v.Referrers() {
				if ia, ok := in.(*ssa.IndexAddr); ok {
					for _, s := range *ia.Referrers() {
						if s, ok := s.(*ssa.Store); ok && s.Addr == ia {
							els = append(els, element{loc: loc{v: s.Val, f: l.f, at: s}, value: true})
						}
					}
				}
			}
			return els, len(els) > 0
		case *ssa.Call:
			if b, isBuiltin := v.Call.Value.(*ssa.Builtin); isBuiltin {
				if b.Name() != "append" {
					return nil, false
				}
				seen[v] = true
				els, ok = e.elements(loc{v: v.Call.Args[0], f: l.f, at: v}, seen)
				more, known := e.elements(loc{v: v.Call.Args[1], f: l.f, at: v}, seen)
				return append(els, more...), ok && known
			}
			if els, ok := e.split(v, l.f); ok {
				return els, true
			}
		case *ssa.UnOp:
			if u, ok := isDeref(v); ok {
				if n, isArray := arrayLen(u.X.Type()); isArray && n <= maxElements {
					l = loc{v: u.X, f: l.f, at: u}
					continue
				}
			}
		}
		next, ok := e.step(l)
		if !ok {
			return nil, false
		}
		l = next
	}
	return nil, false
}

// afterLiteral returns the point at which an array of a composite literal is complete.
func afterLiteral(a *ssa.Alloc, l loc) ssa.Instruction {
	if l.at != nil && l.at.Parent() == a.Parent() {
		return l.at
	}
	return nil
}

func arrayLen(t types.Type) (int, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if a, ok := t.Underlying().(*types.Array); ok {
		return int(a.Len()), true
	}
	return 0, false
}

// split evaluates functions that divide a text.
func (e *Evaluator) split(call *ssa.Call, f *Frame) ([]element, bool) {
	fn := call.Call.StaticCallee()
	if fn == nil {
		return nil, false
	}
	var parts []string
	switch fn.String() {
	case "strings.Split":
		parts = strings.Split(e.text(call.Call.Args[0], f), e.text(call.Call.Args[1], f))
	case "strings.SplitN":
		n, ok := call.Call.Args[2].(*ssa.Const)
		if !ok {
			return nil, false
		}
		parts = strings.SplitN(e.text(call.Call.Args[0], f), e.text(call.Call.Args[1], f), int(n.Int64()))
	case "strings.Fields":
		parts = strings.Fields(e.text(call.Call.Args[0], f))
	default:
		return nil, false
	}
	var els []element
	for _, p := range parts {
		els = append(els, element{loc: loc{lit: &p, f: f}, value: true})
	}
	return els, true
}

// mapEntry is one entry of a map.
type mapEntry struct {
	key, val   loc
	registered bool // by another function, of which a run takes one call
}

// entries returns what a map can hold.
func (e *Evaluator) entries(l loc) (found []mapEntry, ok bool) {
	for range 100 {
		if l.json != nil {
			for _, k := range l.json.keys() {
				found = append(found, mapEntry{key: loc{lit: &k, f: l.f}, val: loc{json: l.json.at(k), f: l.f}})
			}
			return found, true
		}
		if l.v == nil || len(l.path) > 0 {
			return nil, false
		}
		if refs := l.v.Referrers(); refs != nil {
			for _, in := range *refs {
				if u, ok := in.(*ssa.MapUpdate); ok && u.Map == l.v {
					found = append(found, mapEntry{key: loc{v: u.Key, f: l.f, at: u}, val: loc{v: u.Value, f: l.f, at: u}})
				}
			}
		}
		if _, ok := l.v.(*ssa.MakeMap); ok {
			return found, true
		}
		found = append(found, e.registered(l)...)
		next, ok := e.step(l)
		if !ok {
			return found, len(found) > 0
		}
		l = next
	}
	return nil, false
}

// registered returns the entries that other functions put into the map of a variable or field.
func (e *Evaluator) registered(l loc) (found []mapEntry) {
	u, ok := isDeref(l.v)
	if !ok {
		return nil
	}
	k := cell(u.X)
	if k == nil || len(e.callers.mapWrites[k]) > 64 {
		return nil
	}
	for _, w := range e.callers.mapWrites[k] {
		if w.Map != l.v {
			f := e.start(w.Parent(), l.f)
			found = append(found, mapEntry{loc{v: w.Key, f: f, at: w}, loc{v: w.Value, f: f, at: w}, true})
		}
	}
	return found
}

// lookup returns the value of a map at a key.
func (e *Evaluator) lookup(v *ssa.Lookup, f *Frame) loc {
	if _, isMap := v.X.Type().Underlying().(*types.Map); !isMap {
		return loc{v: v, f: f, at: v, path: []sel{{field: -1}}}
	}
	all, ok := e.entries(loc{v: v.X, f: f, at: v})
	if !ok {
		return loc{v: v, f: f, at: v, path: []sel{{field: -1}}}
	}
	key := e.text(v.Index, f)
	var found []mapEntry
	for _, entry := range all {
		k := e.textOf(entry.key)
		if k == key || !Known(k) || !Known(key) {
			found = append(found, entry)
		}
	}
	if len(found) == 0 {
		if slices.ContainsFunc(all, func(m mapEntry) bool { return m.registered }) {
			panic(impossible{}) // another call registers the entry
		}
		return loc{v: v, f: f, zero: true}
	}
	return found[e.choose(choiceKey{f.id, v.Index}, len(found))].val
}

// entry returns the key (index 1) or value (index 2) that a loop over a map is at.
func (e *Evaluator) entry(next *ssa.Next, index int, f *Frame) (loc, bool) {
	origin := loc{v: next, f: f, at: next, path: []sel{{field: -1}}}
	if next.IsString || index == 0 {
		return origin, false
	}
	all, ok := e.entries(loc{v: next.Iter.(*ssa.Range).X, f: f, at: next})
	if !ok || len(all) == 0 {
		return origin, false
	}
	entry := all[e.choose(choiceKey{f.id, next}, len(all))]
	if index == 1 {
		return entry.key, true
	}
	return entry.val, true
}
