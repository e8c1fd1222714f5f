package discover

import (
	"cmp"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// add keeps a finding. Of two at one place, that with more weight is kept.
func (s *scanner) add(t target, p Place) {
	f := finding{p.Root, p.File, p.Line, t.kind, t.method, t.path, t.operation.ID, ""}
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
	resolved := make(map[[3]any]bool)
	for f, p := range s.found {
		if f.kind == known || f.kind == lacking || f.kind == unresolved {
			certain[p.Package] = true
		}
		if f.kind == known || f.kind == generic || f.kind == lacking || f.kind == unresolved {
			resolved[[3]any{f.root, f.file, f.line}] = true
		}
	}
	vague := make(map[[3]any]Unresolved)
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
			at := [3]any{f.root, f.file, f.line}
			if !certain[p.Package] || resolved[at] {
				continue
			}
			u := Unresolved{Place: *p, Method: f.method, Path: "{}", Reason: cmp.Or(before(f.reason, "\x00"), "nothing is known of the URL")}
			if old, ok := vague[at]; !ok || u.Method+u.Reason < old.Method+old.Reason { // one for each place
				vague[at] = u
			}
		case lacking:
			u := Unknown{Place: *p, Method: f.method, Path: f.path, Nearest: rcapi.MostSimilar(f.method, f.path).ID}
			if op, err := rcapi.Describe(f.method, f.path); err == nil {
				u.Parse = op.GoString()
			}
			r.Unknown = append(r.Unknown, u)
		}
	}
	for _, u := range vague {
		r.Unresolved = append(r.Unresolved, u)
	}
	r.sort()
	return r
}
