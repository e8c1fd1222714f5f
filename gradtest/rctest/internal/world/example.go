package world

import (
	"net/url"
	"slices"
	"strings"
)

// Example returns a path of the operation whose ids exist. It is false if no such resource exists yet.
func (w *World) Example(p *Plan, user string) (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	path := ""
	var in []Param
	next := 0
	for segment := range strings.SplitSeq(p.op.Path[1:], "/") {
		if !strings.HasPrefix(segment, "{") {
			path += "/" + segment
			continue
		}
		s := p.steps[next]
		next++
		id, ok := w.example(s, user, in)
		if !ok {
			return "", false
		}
		in = append(in, Param{s.known, id})
		path += "/" + url.PathEscape(id)
	}
	return path, true
}

// example is an id that a step of a path can have.
func (w *World) example(s pathStep, user string, in []Param) (string, bool) {
	switch s.kind {
	case "":
		return w.Config.AccountID, true
	case KindExtension:
		if s.name == "extensionId" {
			return user, true
		}
	}
	w.seed(s.kind, in)
	things := slices.DeleteFunc(w.List(s.kind, in...), func(t *Resource) bool { return !s.accepts(t) })
	if len(things) == 0 {
		return "", false
	}
	return things[len(things)-1].ID, true // the first ones often cannot be removed
}
