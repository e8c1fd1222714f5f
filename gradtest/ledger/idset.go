package ledger

// idSet is a set of ids that forgets the oldest. It holds at least the last idSetSize of them.
type idSet struct{ young, old map[string]struct{} }

// idSetSize is far above the number of calls that end within any window.
const idSetSize = 8192

func (r *idSet) has(id string) bool {
	if _, ok := r.young[id]; ok {
		return true
	}
	_, ok := r.old[id]
	return ok
}

func (r *idSet) add(id string) {
	if len(r.young) >= idSetSize {
		r.old, r.young = r.young, nil
	}
	if r.young == nil {
		r.young = make(map[string]struct{})
	}
	r.young[id] = struct{}{}
}
