package ledger

// recent is a set of ids that forgets the oldest: it holds the last mostRecent of them at least.
type idSet struct{ young, old map[string]struct{} }

// mostRecent is far above the number of calls that end within any window.
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
