package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Text writes the verdict as tables for a terminal: what each rule got and needs and what to do, then the endpoints and
// scopes, what is missing first. The tables take the room that they need, at most [Options.Width] columns. Endpoints
// and scopes that are fine share one line, unless [Options.Full] is set. The text is plain unless [Options.Colour] is
// set. w.Write is called once.
func Text(w io.Writer, v criteria.Verdict, opts ...Options) error {
	o := one(opts)
	d := NewDocument(v, o)
	p := newPrinter(o)
	if b := d.Origin.banner(); b != "" {
		p.prose("", b)
	}
	if m := d.Origin.made(); m != "" {
		p.prose("", m)
	}
	for _, l := range wrap(d.headline(), p.width) {
		p.line(p.paint(style(d.Ready)+";1", l))
	}
	p.prose("", d.basis())
	p.line("")
	p.rules(d)
	p.section(p.endpoints(d))
	p.section(p.scopes(d))
	if len(p.fine) > 0 {
		p.line("")
		p.folded(strings.Join(p.fine, ", "))
	}
	for _, s := range []string{d.shelf(), d.others()} {
		if s != "" {
			p.line("")
			p.prose("", s)
		}
	}
	if len(d.Notes) > 0 {
		p.line("")
		for _, n := range d.Notes {
			p.prose("note: ", n)
		}
	}
	_, err := w.Write(p.Bytes())
	return err
}

func (p *printer) rules(d Document) {
	g := grid{head: []string{"", "RULE", "GOT", "NEED"}, flexible: []int{2, 3}}
	all := missingFirst(d.Rules, func(r Rule) bool { return r.OK })
	for _, r := range all {
		g.rows = append(g.rows, row{r.OK, []string{mark(r.OK), r.Rule, r.Got, r.Need}})
	}
	p.grid(g, func(i int) {
		for _, step := range split(all[i].Fix) {
			p.prose("      -> ", step)
		}
		if all[i].Note != "" {
			p.prose("         ", all[i].Note)
		}
	})
}

func (p *printer) endpoints(d Document) (g grid, fold string) {
	g = grid{head: []string{"", "ENDPOINT", "GOT", "4xx", "UNKNOWN", "UNTIL (UTC)"}, flexible: []int{1}}
	fine := func(e Endpoint) bool { return e.OK && e.Declared && e.Errors == 0 && e.Unknown == 0 }
	shown, fold := p.fold(len(d.Endpoints), func(i int) (bool, bool) {
		return fine(d.Endpoints[i]), d.Endpoints[i].Exempt != "" && d.Endpoints[i].Need == 0
	}, "endpoint")
	var all []Endpoint
	for _, i := range shown {
		all = append(all, d.Endpoints[i])
	}
	for _, e := range missingFirst(all, func(e Endpoint) bool { return e.OK }) {
		name, got := e.Name, fmt.Sprintf("%d of %d", e.Got, e.Need)
		switch {
		case !e.Declared:
			name += " (" + e.undeclared() + ")"
		case e.Exempt != "" && e.Need > 0: // it was called nevertheless
			name += " (exempt)"
		case e.Exempt != "":
			got = "exempt"
		}
		g.rows = append(g.rows, row{e.OK, []string{mark(e.OK), name, got, count(e.Errors), count(e.Unknown), short(e.Until)}})
	}
	return g, fold
}

func (p *printer) scopes(d Document) (g grid, fold string) {
	g = grid{head: []string{"", "APP SCOPE", "GOT", ""}, flexible: []int{1, 3}}
	shown, fold := p.fold(len(d.Scopes), func(i int) (bool, bool) {
		return d.Scopes[i].OK && (d.Scopes[i].Note == "" || d.Scopes[i].Exempt), d.Scopes[i].Exempt
	}, "app scope")
	var all []Scope
	for _, i := range shown {
		all = append(all, d.Scopes[i])
	}
	for _, s := range missingFirst(all, func(s Scope) bool { return s.OK }) {
		g.rows = append(g.rows, row{s.OK, []string{mark(s.OK), s.Scope, fmt.Sprint(s.Got), s.Note}})
	}
	return g, fold
}

// fold decides which of n things are listed. If two or more are fine they share one line, which says how many they are,
// and how many of them are exempt.
func (p *printer) fold(n int, fine func(i int) (fine, exempt bool), noun string) (shown []int, line string) {
	folded, exempt := 0, 0
	for i := range n {
		ok, ex := fine(i)
		switch {
		case !ok:
			shown = append(shown, i)
		case ex:
			exempt++
		default:
			folded++
		}
	}
	if p.full || folded+exempt < 2 {
		shown = shown[:0]
		for i := range n {
			shown = append(shown, i)
		}
		return shown, ""
	}
	var parts []string
	if folded > 0 {
		parts = append(parts, plural(folded, noun)+" ok")
	}
	if exempt > 0 {
		parts = append(parts, plural(exempt, noun)+" exempt")
	}
	return shown, strings.Join(parts, ", ")
}

// section writes a table and the line for all that is fine. Without a table that line is kept for one with those of
// other sections.
func (p *printer) section(g grid, fold string) {
	if len(g.rows) > 0 {
		p.line("")
		p.grid(g, nil)
		p.folded(fold)
	} else if fold != "" {
		p.fine = append(p.fine, fold)
	}
}

func (p *printer) folded(fold string) {
	if fold != "" {
		p.line(strings.Repeat(" ", markWidth+gap) + p.paint(green, fold))
	}
}

// missingFirst returns the things that are not fine, then the others, both in their order.
func missingFirst[T any](all []T, ok func(T) bool) []T {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b T) int { return compareBool(ok(a), ok(b)) })
	return all
}

// split takes a fix apart into its steps.
func split(fix string) []string {
	if fix == "" {
		return nil
	}
	return strings.Split(fix, "; ")
}

func mark(ok bool) string {
	if ok {
		return "ok"
	}
	return "NO"
}

// count leaves zero blank, so that other numbers are seen.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func short(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("01-02 15:04")
}
