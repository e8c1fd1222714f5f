package discover

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// add keeps a finding. Of two at one place, that with more weight is kept.
func (s *scanner) add(t target, p Place) {
	f := finding{p.File, p.Line, t.kind, t.method, t.path, t.operation.ID, ""}
	if t.kind == known || t.kind == generic {
		f.method, f.path = "", ""
	}
	if t.kind == unresolved || t.kind == nothing {
		f.reason = t.reason + "\x00" + strings.Join(t.could, ",")
	}
	if old := s.found[f]; old != nil && old.Reach.weight() <= p.Reach.weight() {
		return
	}
	s.found[f] = &p
}

// result makes the lists.
func (s *scanner) result() Result {
	r := Result{Notes: s.prog.Notes}
	certain := make(map[string]bool) // packages that surely call the platform
	resolved := make(map[[2]any]bool)
	for f, p := range s.found {
		if f.kind == known || f.kind == lacking || f.kind == unresolved {
			certain[p.Package] = true
		}
		if f.kind == known || f.kind == generic || f.kind == lacking {
			resolved[[2]any{f.file, f.line}] = true
		}
	}
	for f, p := range s.found {
		switch f.kind {
		case known, generic:
			op, _ := rcapi.Lookup(f.operation)
			switch {
			case f.kind == generic && !certain[p.Package]:
			case op.OAuth():
				r.Authorizations = append(r.Authorizations, Call{*p, op})
			default:
				r.Calls = append(r.Calls, Call{*p, op})
			}
		case unresolved:
			reason, could, _ := strings.Cut(f.reason, "\x00")
			u := Unresolved{Place: *p, Method: f.method, Path: f.path, Reason: cmp.Or(reason, "the path is not known")}
			if could != "" {
				u.Could = strings.Split(could, ",")
			}
			r.Unresolved = append(r.Unresolved, u)
		case nothing:
			if certain[p.Package] && !resolved[[2]any{f.file, f.line}] {
				r.Unresolved = append(r.Unresolved, Unresolved{Place: *p, Method: f.method, Path: "{}", Reason: cmp.Or(before(f.reason, "\x00"), "nothing is known of the URL")})
			}
		case lacking:
			r.Unknown = append(r.Unknown, Unknown{
				Place: *p, Method: f.method, Path: f.path, Nearest: nearest(f.method, f.path), Parse: parseLine(f.method, f.path),
			})
		}
	}
	r.sort()
	return r
}

// nearest returns the ID of the operation whose method and path are most similar.
func nearest(method, path string) string {
	own := strings.Split(path, "/")
	best, id := -1, ""
	for op := range rcapi.All() {
		score := 3 * common(own, strings.Split(op.Path, "/"))
		if op.Method == method {
			score++
		}
		if score > best {
			best, id = score, op.ID
		}
	}
	return id
}

// common counts the segments that a path shares with a template, less those that differ.
func common(path, template []string) int {
	n := 0
	for i := range min(len(path), len(template)) {
		switch {
		case path[i] == template[i] || strings.HasPrefix(template[i], "{") && isID(path[i]):
			n += 2
		case slices.Contains(template, path[i]):
			n++
		}
	}
	return n + 40 - max(len(path), len(template)) + min(len(path), len(template))
}

func isID(segment string) bool {
	return segment == "~" || segment == "{}" || strings.Trim(segment, "0123456789") == ""
}

// parseLine returns Go source for an operation that the catalogue lacks.
func parseLine(method, path string) string {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	used := make(map[string]bool)
	for i, s := range segments {
		if !isID(s) {
			continue
		}
		name := "id"
		if i > 0 && !strings.HasPrefix(segments[i-1], "{") {
			name = camel(strings.TrimSuffix(segments[i-1], "s")) + "Id"
		}
		for used[name] {
			name += "2"
		}
		used[name] = true
		segments[i] = "{" + name + "}"
	}
	op, err := rcapi.Parse(method + " /" + strings.Join(segments, "/"))
	if err != nil {
		return ""
	}
	return op.GoString()
}

// camel turns call-log into callLog.
func camel(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') })
	for i, w := range words {
		if i > 0 {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}
