package shape

import "strings"

// deep is how many levels down optional members are still made.
const deep = 7

// made writes a made-up value. False: there is none that ends.
func (w *writer) made(b []byte, s *Shape, at *step) ([]byte, bool) {
	if w.Known != nil && at != nil && at.item < 0 {
		if out, ok := w.known(b, s, at); ok {
			return out, true
		}
	}
	switch {
	case s == nil && at == nil:
		return append(b, "{}"...), true
	case s == nil:
		return appendString(b, w.text(anything, at)), true
	case len(s.Alternatives) > 0:
		return w.madeChoice(b, s, at)
	}
	switch s.Type {
	case "object":
		return w.madeObject(b, s, at)
	case "array":
		return w.madeArray(b, s, at)
	case "boolean":
		return w.flag(b, s, at), true
	case "integer", "number":
		return w.madeNumber(b, s, at), true
	}
	if len(s.Enum) > 0 && s.Type == "" {
		return appendAny(b, s.Enum[0]), true
	}
	return appendString(b, w.text(s, at)), true
}

var anything = &Shape{}

// known writes what the world knows of a member.
func (w *writer) known(b []byte, s *Shape, at *step) ([]byte, bool) {
	path := at.dotted()
	for end, whole := path, true; ; whole = false {
		if whole || !common(end) {
			if v, ok := w.Known(end); ok {
				if out, ok := w.value(b, s, v, at); ok {
					return out, true
				}
			}
		}
		_, rest, ok := strings.Cut(end, ".")
		if !ok {
			return b, false
		}
		end = rest
	}
}

// common names mean something only together with the thing they are of.
func common(name string) bool {
	switch name {
	case "id", "uri", "name", "type", "status":
		return true
	}
	return false
}

func (w *writer) madeObject(b []byte, s *Shape, at *step) ([]byte, bool) {
	if levels(at) > 40 {
		return b, false
	}
	b = append(b, '{')
	start, n := len(b), 0
	for i := range s.Members {
		m := &s.Members[i]
		if !m.Required && (!w.full && n >= s.MinMembers || !w.wanted(m, at)) {
			continue
		}
		before := len(b)
		below := member(at, m.Name, m.Shape)
		out, ok := w.made(appendName(b, start, m.Name), m.Shape, &below)
		switch {
		case ok:
			b = out
			n++
		case m.Required:
			return b, false
		default:
			b = b[:before]
		}
	}
	return append(b, '}'), true
}

// wanted reports whether an optional member is made when all are.
func (w *writer) wanted(m *Member, at *step) bool {
	if m.WriteOnly || bad(m.Name) {
		return false
	}
	s := m.Shape
	if s != nil && s.Type == "array" {
		s = s.Items
	}
	if s == nil || s.Type != "object" && len(s.Alternatives) == 0 {
		return true
	}
	return levels(at) < deep && !at.inside(s)
}

func levels(at *step) int {
	n := 0
	for ; at != nil; at = at.above {
		n++
	}
	return n
}

func (w *writer) madeArray(b []byte, s *Shape, at *step) ([]byte, bool) {
	l := list{s: s, b: append(b, '[')}
	for i := range max(1, s.MinItems) * 100 {
		if l.n >= max(1, s.MinItems) || s.MinItems == 0 && i > 0 {
			break
		}
		below := item(at, i, s.Items)
		if s.MinItems == 0 && s.Items != nil && at.inside(s.Items) {
			break
		}
		l.add(w.made(l.next(), s.Items, &below))
	}
	return append(l.b, ']'), l.n >= s.MinItems
}

// madeChoice takes the first alternative that tells of no error and ends.
func (w *writer) madeChoice(b []byte, s *Shape, at *step) ([]byte, bool) {
	for _, errors := range []bool{false, true} {
		for _, a := range s.Alternatives {
			if failure(a, s.Discriminator) != errors {
				continue
			}
			if out, ok := w.made(b, a, at); ok {
				return out, true
			}
		}
	}
	return b, false
}

// failure reports whether an alternative tells of an error or a deletion.
func failure(a *Shape, discriminator string) bool {
	if a == nil {
		return false
	}
	for i := range a.Members {
		m := &a.Members[i]
		if m.Required && bad(m.Name) {
			return true
		}
		if m.Name == discriminator && m.Shape != nil && len(m.Shape.Enum) > 0 {
			if v, ok := m.Shape.Enum[0].(string); ok && badState(v) {
				return true
			}
		}
	}
	return false
}

// bad reports whether the name of a member tells of an error or a deletion.
func bad(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "error") || strings.Contains(name, "fault") && !strings.Contains(name, "default") ||
		strings.Contains(name, "delet") || strings.Contains(name, "fail") || strings.HasSuffix(name, "reason")
}

// badState reports whether a member of an enum tells of an error, a deletion or that something is switched off.
func badState(v string) bool {
	v = strings.ToLower(v)
	for _, word := range [...]string{"error", "fail", "delet", "disabled", "invalid", "unknown", "reject", "none", "unassigned", "notactivated",
		"cancel", "expired", "inactive", "suspended", "frozen", "decline", "blocked", "undelivered", "unavailable", "notavailable", "off"} {
		if strings.Contains(v, word) && v != "office" && v != "offhook" {
			return true
		}
	}
	return false
}
