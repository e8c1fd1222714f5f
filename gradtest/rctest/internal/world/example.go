package world

import (
	"net/url"
	"slices"
	"strings"
)

// Example is a path of the operation all of whose ids exist, for somebody; false: there is nothing yet that it could speak of.
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
		in = append(in, Param{s.as, id})
		path += "/" + url.PathEscape(id)
	}
	return path, true
}

// example is an id that a step of a path can have.
func (w *World) example(s step, user string, in []Param) (string, bool) {
	switch s.kind {
	case "":
		return w.cfg.AccountID, true
	case kindExtension:
		if s.name == "extensionId" {
			return user, true
		}
	}
	w.begin(s.kind, in)
	things := slices.DeleteFunc(w.list(s.kind, in...), func(t *thing) bool { return !s.suits(t) })
	if len(things) == 0 {
		return "", false
	}
	return things[len(things)-1].id, true // the first ones are often those that nobody may remove
}
