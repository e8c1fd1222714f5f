package flow

import (
	"math/bits"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// lastWrite returns the last write to a part of what base points to before base.at, among those in the function of
// base; nil if there is none in this run.
func (e *Evaluator) lastWrite(base loc, path []sel) *write {
	var found []write
	for _, w := range e.writesOf(base.v) {
		if !e.relevant(w, path) || len(found) == 60 {
			continue
		}
		if index := optionIndex(w); index != nil {
			if !e.option(&w, index, base.f, path) {
				continue
			}
			return &w
		}
		found = append(found, w)
	}
	if len(found) == 0 {
		return nil
	}
	if base.at == nil || base.at.Parent() != base.f.Fn {
		return &found[e.choose(choiceKey{base.f.id, base.v}, len(found))]
	}
	var last *write
	e.walkBack(base.f, base.at, definition(base.v), found, func(w *write) bool { last = w; return true })
	return last
}

func definition(v ssa.Value) ssa.Instruction { in, _ := v.(ssa.Instruction); return in }

// walkBack visits the writes before at, the last one first, along the blocks that this run comes through, until visit
// returns true or the definition of the pointer is reached. It reports whether it left a loop: writes of other rounds
// were not visited.
func (e *Evaluator) walkBack(f *Frame, at, def ssa.Instruction, writes []write, visit func(*write) bool) (looped bool) {
	by := make(map[*ssa.BasicBlock][]*write)
	for i := range writes {
		b := writes[i].at.Block()
		by[b] = append(by[b], &writes[i])
	}
	position := func(in ssa.Instruction) int { return slices.Index(in.Block().Instrs, in) }
	for _, ws := range by {
		slices.SortFunc(ws, func(a, b *write) int { return position(b.at) - position(a.at) }) // last first
	}
	r := reaching(f.Fn, by, writes)
	block, end := at.Block(), position(at)
	visited := make(map[*ssa.BasicBlock]bool)
	for {
		e.tick()
		for _, w := range by[block] {
			if position(w.at) < end && visit(w) {
				return looped
			}
		}
		if len(block.Preds) == 0 || def != nil && def.Block() == block && position(def) < end {
			return looped
		}
		visited[block] = true
		in := r.in(block)
		switch {
		case in == 1: // only the definition
			return looped
		case bits.OnesCount64(in) == 1:
			w := &writes[bits.TrailingZeros64(in)-1]
			block, end = w.at.Block(), position(w.at)+1
			if visited[block] {
				if visit(w) {
					return looped
				}
				end = position(w.at)
			}
			continue
		}
		var next *ssa.BasicBlock
		if len(block.Preds) == 1 {
			next = block.Preds[0]
		} else {
			next = block.Preds[e.edge(f, block)]
		}
		if visited[next] {
			next = nil
			for _, p := range block.Preds {
				if !block.Dominates(p) && !visited[p] {
					next = p
				}
			}
			if next == nil {
				panic(impossible{})
			}
			looped = true
		}
		block, end = next, len(next.Instrs)
	}
}

// reach is the result of reaching definitions for up to 60 writes: bit 0 means that none came before.
type reach struct{ out map[*ssa.BasicBlock]uint64 }

func (r reach) in(b *ssa.BasicBlock) (set uint64) {
	for _, p := range b.Preds {
		set |= r.out[p]
	}
	return set
}

func reaching(fn *ssa.Function, by map[*ssa.BasicBlock][]*write, writes []write) reach {
	r := reach{make(map[*ssa.BasicBlock]uint64)}
	own := make(map[*ssa.BasicBlock]uint64)
	for i := range writes {
		if b := writes[i].at.Block(); by[b][0] == &writes[i] {
			own[b] = 1 << (i + 1)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, b := range fn.Blocks {
			set := own[b]
			if set == 0 {
				if set = r.in(b); len(b.Preds) == 0 {
					set = 1
				}
			}
			if r.out[b] != set {
				r.out[b], changed = set, true
			}
		}
	}
	return r
}
