package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Loops over a list whose elements are known are evaluated round by round.

// rangeOf returns the list that the loop with header b ranges over and the index of the loop.
func rangeOf(b *ssa.BasicBlock) (list, index ssa.Value) {
	for _, in := range b.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok || phi.Comment != "rangeindex" {
			continue
		}
		for _, ref := range *phi.Referrers() {
			next, ok := ref.(*ssa.BinOp)
			if !ok {
				continue
			}
			for _, use := range *next.Referrers() {
				switch use := use.(type) {
				case *ssa.IndexAddr:
					return use.X, next
				case *ssa.Index:
					return use.X, next
				}
			}
		}
	}
	return nil, nil
}

// each calls do for every round of the loop with header b; ok is false if the rounds are not known.
func (e *Evaluator) each(b *ssa.BasicBlock, f *Frame, do func()) (ok bool) {
	list, index := rangeOf(b)
	if list == nil {
		return false
	}
	els, ok := e.elements(loc{v: list, f: f, at: b.Instrs[0]}, make(map[ssa.Value]bool))
	if !ok || len(els) > 20 {
		return false
	}
	key := choiceKey{f.id, index}
	if e.forced == nil {
		e.forced = make(map[choiceKey]int)
	}
	e.loops = append(e.loops, loop{f.id, b, 0})
	defer func() {
		delete(e.forced, key)
		e.loops = e.loops[:len(e.loops)-1]
		clear(e.reached)
	}()
	for i := range els {
		e.forced[key] = i
		e.loops[len(e.loops)-1].round = i
		clear(e.reached) // a branch may go another way in this round
		do()
	}
	return true
}

// loop is a loop that is evaluated round by round.
type loop struct {
	frame  int
	header *ssa.BasicBlock
	round  int
}

// inRound identifies a block, and in a loop that is evaluated round by round also the round: the branches of a round
// are chosen by themselves.
func (e *Evaluator) inRound(f *Frame, b *ssa.BasicBlock) any {
	type blockInRound struct {
		b     *ssa.BasicBlock
		round int
	}
	for _, l := range slices.Backward(e.loops) {
		if l.frame == f.id && b != l.header && l.header.Dominates(b) {
			return blockInRound{b, l.round}
		}
	}
	return b
}

// round returns the round of the loop whose index is v.
func (e *Evaluator) round(f *Frame, v ssa.Value) (int, bool) {
	i, ok := e.forced[choiceKey{f.id, v}]
	return i, ok
}

// unroll evaluates a string that a loop builds.
func (e *Evaluator) unroll(v *ssa.Phi, f *Frame) (s string, ok bool) {
	b := v.Block()
	if len(b.Preds) != 2 || replaces(v) {
		return "", false
	}
	entry, back := 0, 1
	if b.Dominates(b.Preds[0]) {
		entry, back = 1, 0
	}
	if list, _ := rangeOf(b); list == nil {
		return "", false
	}
	key := activeKey{f.id, v}
	s = e.text(v.Edges[entry], f)
	defer delete(e.rounds, key)
	ok = e.each(b, f, func() {
		e.rounds[key] = s
		s = e.text(v.Edges[back], f)
	})
	return s, ok
}

// joined evaluates strings.Join of a list that a loop builds by appending one text a round.
func (e *Evaluator) joined(l loc, sep string) (string, bool) {
	for range 20 {
		if phi, ok := l.v.(*ssa.Phi); ok && len(phi.Edges) == 2 {
			var parts []string
			for i, edge := range phi.Edges {
				c, ok := edge.(*ssa.Call)
				if !ok || !isBuiltin(c) || len(c.Call.Args) != 2 || c.Call.Args[0] != phi {
					continue
				}
				first, ok := e.elements(loc{v: phi.Edges[1-i], f: l.f, at: l.at}, make(map[ssa.Value]bool))
				if !ok {
					first = nil
				}
				for _, el := range first {
					parts = append(parts, e.elementText(el))
				}
				if !e.each(phi.Block(), l.f, func() { parts = append(parts, e.variadic(c.Call.Args[1], l.f, c)...) }) {
					parts = append(parts, anyText)
				}
				return strings.Join(parts, sep), true
			}
			return "", false
		}
		if made, ok := l.v.(*ssa.MakeSlice); ok {
			return e.filled(made, l.f, sep)
		}
		switch l.v.(type) {
		case *ssa.Call, *ssa.Slice, *ssa.Alloc:
			if c, ok := l.v.(*ssa.Call); !ok || isBuiltin(c) {
				return "", false
			}
		}
		next, ok := e.step(l)
		if !ok || next.v == nil {
			return "", false
		}
		l = next
	}
	return "", false
}

// filled evaluates strings.Join of a list that a loop over another list fills, one element a round.
func (e *Evaluator) filled(made *ssa.MakeSlice, f *Frame, sep string) (string, bool) {
	var store *ssa.Store
	var index ssa.Value
	for _, in := range *made.Referrers() {
		ia, ok := in.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *ia.Referrers() {
			st, ok := ref.(*ssa.Store)
			switch {
			case !ok || st.Addr != ia:
			case store != nil:
				return "", false
			default:
				store, index = st, ia.Index
			}
		}
	}
	next, ok := index.(*ssa.BinOp)
	if !ok {
		return "", false
	}
	if _, i := rangeOf(next.Block()); i != index {
		return "", false
	}
	var parts []string
	ok = e.each(next.Block(), f, func() { parts = append(parts, e.text(store.Val, f)) })
	return strings.Join(parts, sep), ok
}

// replaces reports whether a loop changes a string by replacing parts of it only.
func replaces(v *ssa.Phi) bool {
	found := false
	for i, edge := range v.Edges {
		if !v.Block().Dominates(v.Block().Preds[i]) {
			continue
		}
		c, ok := edge.(*ssa.Call)
		if !ok || c.Call.StaticCallee() == nil || len(c.Call.Args) == 0 || c.Call.Args[0] != v ||
			!strings.HasPrefix(c.Call.StaticCallee().String(), "strings.Replace") {
			return false
		}
		found = true
	}
	return found
}
