package shape

import "bytes"

func (w *writer) array(b []byte, s *Shape, n int, at func(int) any, where path) ([]byte, bool) {
	if s.Type != "array" && s.Type != "" {
		return b, false
	}
	l := list{s: s, b: append(b, '[')}
	for i := 0; i < n && (s.MaxItems == 0 || l.n < s.MaxItems); i++ {
		below := where.item(i, s.Items)
		l.add(w.value(l.next(), s.Items, at(i), below))
	}
	for i := n; l.n < s.MinItems; i++ {
		below := where.item(i, s.Items)
		if l.add(w.made(l.next(), s.Items, below)); i > n+s.MinItems+100 {
			return b, false
		}
	}
	return append(l.b, ']'), true
}

// list is an array being appended.
type list struct {
	s    *Shape
	b    []byte
	n    int
	seen map[string]bool // JSON of the items; only if they must differ
}

// next returns the buffer for the next item, after a comma if needed.
func (l *list) next() []byte {
	if l.n > 0 {
		return append(l.b, ',')
	}
	return l.b
}

// add accepts the item that was appended to next, unless ok is false or the item is a forbidden duplicate.
func (l *list) add(b []byte, ok bool) {
	if !ok {
		return
	}
	if l.s.Unique {
		text := string(bytes.TrimPrefix(b[len(l.b):], []byte{','}))
		if l.seen[text] {
			return
		}
		if l.seen == nil {
			l.seen = make(map[string]bool)
		}
		l.seen[text] = true
	}
	l.b = b
	l.n++
}
