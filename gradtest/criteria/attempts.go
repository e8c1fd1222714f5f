package criteria

import "hash/maphash"

// attempts finds the call of an attempt by its id. It is a set of indices with open addressing: half the time that a
// verdict over very many records takes would otherwise go into a map of strings.
type attempts struct {
	seed  maphash.Seed
	ids   []string // by index; empty for calls that have none
	sums  []uint64 // hashes of ids
	table []int32  // index + 1, at the hash or after; the length is a power of two
}

// find returns the index kept for id. Unless there is one, it keeps the next.
func (a *attempts) find(id string) (i int32, found bool) {
	if 2*len(a.ids) >= len(a.table) {
		a.grow()
	}
	sum := maphash.String(a.seed, id)
	mask := uint64(len(a.table) - 1)
	at := sum & mask
	for ; a.table[at] != 0; at = (at + 1) & mask {
		if i := a.table[at] - 1; a.sums[i] == sum && a.ids[i] == id {
			return i, true
		}
	}
	a.ids, a.sums = append(a.ids, id), append(a.sums, sum)
	a.table[at] = int32(len(a.ids))
	return int32(len(a.ids) - 1), false
}

// skip keeps an index that no id finds.
func (a *attempts) skip() { a.ids, a.sums = append(a.ids, ""), append(a.sums, 0) }

func (a *attempts) grow() {
	if a.table == nil {
		a.seed = maphash.MakeSeed()
	}
	a.table = make([]int32, max(1024, 4*len(a.table)))
	mask := uint64(len(a.table) - 1)
	for i, id := range a.ids {
		if id == "" {
			continue
		}
		at := a.sums[i] & mask
		for a.table[at] != 0 {
			at = (at + 1) & mask
		}
		a.table[at] = int32(i + 1)
	}
}
