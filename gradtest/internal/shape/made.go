package shape

import (
	"strings"
)

// deep is how many levels down optional members are still made.
const deep = 7

// made writes a made-up value. False: there is none that ends.
func (w *writer) made(b []byte, s *Shape, at path) ([]byte, bool) {
	if w.Known != nil && len(at) > 0 && at[len(at)-1].item < 0 {
		if out, ok := w.known(b, s, at); ok {
			return out, true
		}
	}
	switch {
	case s == nil && len(at) == 0:
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
func (w *writer) known(b []byte, s *Shape, at path) ([]byte, bool) {
	for end, whole := at.dotted(), true; ; whole = false {
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

func (w *writer) madeObject(b []byte, s *Shape, at path) ([]byte, bool) {
	if len(at) > 40 {
		return b, false
	}
	b = append(b, '{')
	start, n := len(b), 0
	for i := range s.Members {
		m := &s.Members[i]
		if !w.sent(m) || !m.Required && (!w.full && n >= s.MinMembers || !w.wanted(m, at)) {
			continue
		}
		before := len(b)
		below := at.member(m.Name, m.Shape)
		out, ok := w.made(appendName(b, start, m.Name), m.Shape, below)
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

// sent reports whether a member goes the way that the value goes.
func (w *writer) sent(m *Member) bool {
	if w.Request {
		return !m.ReadOnly
	}
	return !m.WriteOnly
}

// wanted reports whether an optional member is made when all are.
func (w *writer) wanted(m *Member, at path) bool {
	if m.bad {
		return false
	}
	s := m.Shape
	if s != nil && s.Type == "array" {
		s = s.Items
	}
	if s == nil || s.Type != "object" && len(s.Alternatives) == 0 {
		return true
	}
	return len(at) < deep && !at.inside(s)
}

func (w *writer) madeArray(b []byte, s *Shape, at path) ([]byte, bool) {
	l := list{s: s, b: append(b, '[')}
	for i := range max(1, s.MinItems) * 100 {
		if l.n >= max(1, s.MinItems) || s.MinItems == 0 && i > 0 {
			break
		}
		below := at.item(i, s.Items)
		if s.MinItems == 0 && s.Items != nil && at.inside(s.Items) {
			break
		}
		l.add(w.made(l.next(), s.Items, below))
	}
	return append(l.b, ']'), l.n >= s.MinItems
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
