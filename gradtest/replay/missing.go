package replay

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/replay/internal/scrub"
)

// MissingError is the error of a request that the cassette has no response for. It shows no value that a cassette would
// not hold.
type MissingError struct {
	Cassette    string   // path
	Request     string   // method and URL, with the kinds of values in braces
	Nearest     string   // the recorded request that is most like it
	Differences []string // between the two; empty: all of its responses have been played
	Played      int      // how many responses of equal requests have been played
	Record      string   // the command that records again
}

func (e *MissingError) Error() string {
	var b strings.Builder
	switch {
	case e.Played == 1:
		fmt.Fprintf(&b, "replay: %s has no second response for %s: the only recorded one has been played", e.Cassette, e.Request)
	case e.Played > 1:
		fmt.Fprintf(&b, "replay: %s has no further response for %s: all %d recorded ones have been played", e.Cassette, e.Request, e.Played)
	default:
		fmt.Fprintf(&b, "replay: %s has no response for %s\nThe nearest is %s:", e.Cassette, e.Request, e.Nearest)
	}
	for _, d := range e.Differences {
		b.WriteString("\n  " + d)
	}
	fmt.Fprintf(&b, "\nIf the request is right, record it with\n\t%s", e.Record)
	return b.String()
}

// shownDifferences bounds the error's text.
const shownDifferences = 8

// explain returns the error of a request that matches nothing that is left.
func (p *player) explain(sent fields) error {
	e := &MissingError{Cassette: p.file.path, Request: p.show(sent), Record: p.file.again}
	var nearest *taped
	var least []difference
	for _, t := range p.tape {
		diffs, _ := p.matcher.compare(t.fields, sent, all)
		if len(diffs) == 0 {
			e.Played++
		}
		if nearest == nil || weight(diffs, t.played) < weight(least, nearest.played) {
			nearest, least = t, diffs
		}
	}
	if e.Nearest = p.show(nearest.fields); e.Played > 0 {
		return e
	}
	for _, d := range least[:min(len(least), shownDifferences)] {
		e.Differences = append(e.Differences, p.describe(d))
	}
	if n := len(least) - shownDifferences; n > 0 {
		e.Differences = append(e.Differences, fmt.Sprintf("and %d more", n))
	}
	return e
}

// weight says how much two requests differ.
func weight(diffs []difference, played bool) int {
	w := 0
	if played {
		w = 1
	}
	for _, d := range diffs {
		switch d.where() {
		case "method", "host":
			w += 12
		case "path":
			a, b := strings.Split(scrub.Plain(d.recorded.Parts), "/"), strings.Split(scrub.Plain(d.sent.Parts), "/")
			w += 8 * max(len(a)-len(b), len(b)-len(a))
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					w += 8
				}
			}
		default:
			w += 2
		}
	}
	return w
}

// describe says how two requests differ in one field.
func (p *player) describe(d difference) string {
	switch {
	case d.recorded == nil:
		return fmt.Sprintf("%s: not recorded, sent %s", d.where(), p.text(d.sent.Parts))
	case d.sent == nil:
		return fmt.Sprintf("%s: recorded %s, not sent", d.where(), p.text(d.recorded.Parts))
	}
	text := fmt.Sprintf("%s: recorded %s, sent %s", d.where(), p.text(d.recorded.Parts), p.text(d.sent.Parts))
	switch {
	case d.fromResponse:
		text += " (an earlier response has the recorded value; send that, or add your own to Options.Keep and record again)"
	case d.where() == "host":
		text += " (use URL of the Replay as the server)"
	}
	return text
}

// show returns method and URL of a request.
func (p *player) show(f fields) string {
	method, host, path := "", "", ""
	var query []string
	for _, one := range f {
		switch {
		case one.Where == "method":
			method = one.Parts[0].Text
		case one.Where == "host":
			if host = p.text(one.Parts); host == scrub.Origin {
				host = ""
			}
		case one.Where == "path":
			path = p.text(one.Parts)
		case strings.HasPrefix(one.Where, "query "):
			query = append(query, p.text(one.Parts))
		}
	}
	if len(query) > 0 {
		slices.SortFunc(query, cmp.Compare[string])
		path += "?" + strings.Join(query, "&")
	}
	return cmp.Or(method, http.MethodGet) + " " + host + path
}

// text shows values that are harmless or in the cassette, and the kinds of others.
func (p *player) text(parts []scrub.Part) string {
	var b strings.Builder
	for _, part := range parts {
		if part.Replaced() && !p.matcher.known[part.Text] {
			b.WriteString("{" + part.Kind.String() + "}")
			continue
		}
		b.WriteString(clip(part.Text))
	}
	if b.Len() == 0 {
		return `""`
	}
	return b.String()
}

// clip shortens what an error shows.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
