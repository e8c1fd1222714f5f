package flow

import "strings"

// A path that begins like one of the platform's is at the platform, unless its host is known to be another. So what is
// before such a path is evaluated with the choices that were made for the path, and no others: to find all the places
// that a base URL can come from would multiply the runs and decide nothing.

// behind puts a base before a path that was evaluated already.
func (e *Evaluator) behind(path string, base func() string) string {
	if !e.config.Distinctive(path) && path != anyText {
		return base() + path
	}
	return e.settled(base) + path
}

// settled evaluates a base without new choices.
func (e *Evaluator) settled(base func() string) (s string) {
	defer func() {
		e.settle--
		if r := recover(); r != nil {
			switch r.(type) {
			case undecided, impossible:
				s = anyText
			default:
				panic(r)
			}
		}
	}()
	e.settle++
	active, climbs := len(e.active), len(e.climbs)
	defer func() {
		if len(e.active) > active { // left by a panic
			e.active = make(map[activeKey]bool)
		}
		e.climbs = e.climbs[:min(climbs, len(e.climbs))]
	}()
	return base()
}

// sprintfBehind is fmt.Sprintf with a format that begins with a base.
func (e *Evaluator) sprintfBehind(format string, args []func() string) string {
	texts := make([]string, len(args))
	for i := len(args) - 1; i > 0; i-- {
		texts[i] = args[i]()
	}
	if len(args) == 0 {
		return sprintf(format, nil)
	}
	if rest, ok := strings.CutPrefix(format, "%s"); ok {
		const mark = "\x00"
		texts[0] = mark
		if s := sprintf("%s"+rest, texts); strings.Count(s, mark) == 1 {
			return e.behind(strings.TrimPrefix(s, mark), args[0])
		}
	}
	texts[0] = args[0]()
	return sprintf(format, texts)
}
