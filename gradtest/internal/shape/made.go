package shape

import (
	"strings"
)

// maxDepth is the depth below which optional objects are not generated.
const maxDepth = 7

// made appends a generated value. It returns false if every value would recurse forever.
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
		return w.madeBool(b, s, at), true
	case "integer", "number":
		return w.madeNumber(b, s, at), true
	}
	if len(s.Enum) > 0 && s.Type == "" {
		return appendAny(b, s.Enum[0]), true
	}
	return appendString(b, w.text(s, at)), true
}

var anything = &Shape{}

// knows reports whether Known has a value for a member of the object at a path.
func (w *writer) knows(at path, name string) bool {
	if w.Known == nil {
		return false
	}
	_, ok := w.Known(strings.TrimPrefix(at.last()+"."+name, "."))
	return ok
}

// known appends the value that Known has for a member.
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

// common reports whether a name only has a meaning together with its parent.
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
		if !w.travels(m) || !m.Required && (!w.full && n >= s.MinMembers || !w.includes(m, at)) {
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

// travels reports whether a member is sent in the value's direction, request or response.
func (w *writer) travels(m *Member) bool {
	if w.Request {
		return !m.ReadOnly
	}
	return !m.WriteOnly
}

// includes reports whether an optional member is generated if all are.
func (w *writer) includes(m *Member, at path) bool {
	if m.failure || w.Home != "" && !m.Required && isResource(m.Name) && !w.knows(at, m.Name) {
		return false
	}
	s := m.Shape
	if s != nil && s.Type == "array" {
		s = s.Items
	}
	if s == nil || s.Type != "object" && len(s.Alternatives) == 0 {
		return true
	}
	return len(at) < maxDepth && !at.inside(s)
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

// namesFailure reports whether a member name is about an error or a deletion.
func namesFailure(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "error") || strings.Contains(name, "fault") && !strings.Contains(name, "default") ||
		strings.Contains(name, "delet") || strings.Contains(name, "fail") || strings.HasSuffix(name, "reason")
}

// isFailureState reports whether an enum value is about an error, a deletion or something switched off.
func isFailureState(v string) bool {
	v = strings.ToLower(v)
	for _, word := range [...]string{
		"error", "fail", "delet", "disabled", "invalid", "unknown", "reject", "none", "unassigned", "notactivated",
		"cancel", "expired", "inactive", "suspended", "frozen", "decline", "blocked", "undelivered", "unavailable",
		"notavailable", "off",
	} {
		if strings.Contains(v, word) && v != "office" && v != "offhook" {
			return true
		}
	}
	return false
}
