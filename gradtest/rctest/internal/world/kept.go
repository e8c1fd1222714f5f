package world

import "slices"

// keptMost bounds the contents of files that a world keeps, in bytes. When there is more, the oldest give way to the smallest
// sample of their type: what was uploaded lately can be downloaded as it was.
const keptMost = 32 << 20

// queueSlack is how many entries for what has left the shelf are not worth tidying up.
const queueSlack = 100

// shelf is what has files.
type shelf struct {
	queue []*kept // oldest first, with some that are no longer there
	of    map[*thing]*kept
	size  int // of all contents
}

// kept are the files of one thing; size is zero when they have left the shelf.
type kept struct {
	thing *thing
	size  int
}

// keep puts a thing's files on the shelf. What gets other files is kept again.
func (w *World) keep(t *thing) {
	w.drop(t)
	if len(t.files) == 0 {
		return
	}
	s := &w.kept
	if s.of == nil {
		s.of = make(map[*thing]*kept)
	}
	if len(s.queue) > 2*len(s.of)+queueSlack { // those that left would stay until the shelf is full, which it may never be
		s.queue = slices.DeleteFunc(s.queue, func(k *kept) bool { return k.thing == nil })
	}
	k := &kept{t, t.weight()}
	s.queue, s.of[t] = append(s.queue, k), k
	for s.size += k.size; s.size > keptMost; s.queue = s.queue[1:] {
		if oldest := s.queue[0]; oldest.size > 0 {
			t := oldest.thing
			w.drop(t)
			t.files = samples(t.files)
		}
	}
}

// drop takes a thing's files off the shelf.
func (w *World) drop(t *thing) {
	s := &w.kept
	if k := s.of[t]; k != nil {
		s.size -= k.size
		k.thing, k.size = nil, 0
		delete(s.of, t)
	}
}

func (t *thing) weight() int {
	n := 0
	for _, f := range t.files {
		n += len(f.Content)
	}
	return n
}

// samples stand in for contents. Names and types remain.
func samples(files []File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File{Name: f.Name, Type: f.Type, Content: sample(f.Type).Content}
	}
	return out
}
