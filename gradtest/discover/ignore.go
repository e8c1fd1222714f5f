package discover

import (
	"slices"
	"strings"
)

// Ignore is a comment "//gradtest:ignore reason" at the end of a line or on the line above it: what is found at that
// line is accepted.
type Ignore struct {
	Place
	Reason string // empty: none is given
	Own    bool   // the comment has a line of its own, so it is about the next line
}

// At reports whether the comment is about a place.
func (i Ignore) At(p Place) bool {
	if i.Own {
		i.Line++
	}
	return i.Root == p.Root && i.File == p.File && i.Line == p.Line
}

const ignoreDirective = "//gradtest:ignore"

// ignores collects the comments of the scanned packages.
func (s *scanner) ignores() (found []Ignore) {
	seen := make(map[[3]any]bool)
	for _, pkg := range s.prog.Packages {
		if !pkg.Main {
			continue
		}
		for _, f := range pkg.Files {
			for _, g := range f.Comments {
				for _, c := range g.List {
					reason, ok := strings.CutPrefix(c.Text, ignoreDirective)
					if !ok || reason != "" && reason[0] != ' ' && reason[0] != '\t' {
						continue
					}
					at := s.prog.Fset.Position(c.Pos())
					i := Ignore{Reason: strings.TrimSpace(reason), Own: s.prog.AloneInLine(f, c)}
					i.Root, i.File, i.Line, i.Package = s.prog.Root(at.Filename), s.prog.Rel(at.Filename), at.Line, pkg.Path
					if k := [3]any{i.Root, i.File, i.Line}; !seen[k] {
						seen[k] = true
						found = append(found, i)
					}
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b Ignore) int { return byPlace(a.Place, b.Place) })
	return found
}
