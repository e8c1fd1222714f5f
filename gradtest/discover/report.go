package discover

import (
	"cmp"
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
	least, id := -1, ""
	for op := range rcapi.All() {
		cost := alignment(own, strings.Split(op.Path, "/"))
		if op.Method != method {
			cost += 4
		}
		if least < 0 || cost < least {
			least, id = cost, op.ID
		}
	}
	return id
}

// alignment is the cost of turning the segments of a path into those of a template: of inserting, removing and
// changing segments.
func alignment(path, template []string) int {
	const missing = 10
	return editCost(len(path), len(template), missing, func(i, j int) int {
		p, t := path[i], template[j]
		switch {
		case p == t, strings.HasPrefix(t, "{") && isID(p):
			return 0
		case strings.HasPrefix(t, "{") || isID(p):
			return 6
		}
		return min(15, 1+editCost(len(p), len(t), 1, func(i, j int) int {
			if p[i] == t[j] {
				return 0
			}
			return 1
		}))
	})
}

// editCost is the edit distance of two sequences of n and m elements: gap is the cost of an element without partner,
// change that of a pair.
func editCost(n, m, gap int, change func(i, j int) int) int {
	row := make([]int, m+1)
	for j := range row {
		row[j] = j * gap
	}
	for i := range n {
		diagonal := row[0]
		row[0] = (i + 1) * gap
		for j := range m {
			least := min(diagonal+change(i, j), row[j]+gap, row[j+1]+gap)
			diagonal, row[j+1] = row[j+1], least
		}
	}
	return row[m]
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
