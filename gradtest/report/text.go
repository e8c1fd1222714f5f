package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// width is that of a plain terminal.
const width = 80

// Text writes the verdict as tables for a terminal of 80 columns: what each rule got and needs and what to do, then the
// endpoints and scopes. It is plain unless [Options.Colour] is set, and calls w.Write once.
func Text(w io.Writer, v criteria.Verdict, opts ...Options) error {
	o := one(opts)
	d := NewDocument(v, o)
	p := &printer{colour: o.Colour}
	if b := d.Origin.banner(); b != "" {
		p.prose("", b)
	}
	if m := d.Origin.made(); m != "" {
		p.prose("", m)
	}
	for _, l := range wrap(d.headline(), width) {
		p.line(p.paint(d.Ready, l))
	}
	p.prose("", d.basis())
	p.line("")
	p.rules(d)
	if len(d.Endpoints) > 0 {
		p.line("")
		p.endpoints(d)
	}
	if len(d.Scopes) > 0 {
		p.line("")
		p.scopes(d)
	}
	if s := d.shelf(); s != "" {
		p.line("")
		p.prose("", s)
	}
	if s := d.others(); s != "" {
		p.line("")
		p.prose("", s)
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

type printer struct {
	bytes.Buffer
	colour bool
}

func (p *printer) rules(d Document) {
	widths := []int{4, 14, 34, 28}
	p.row(nil, widths, "", "RULE", "GOT", "NEED")
	for _, r := range d.Rules {
		p.row(&r.OK, widths, mark(r.OK), r.Rule, r.Got, r.Need)
		for _, step := range split(r.Fix) {
			p.prose("      -> ", step)
		}
		if r.Note != "" {
			p.prose("         ", r.Note)
		}
	}
}

func (p *printer) endpoints(d Document) {
	widths := []int{4, 38, 10, 5, 9, 14}
	head := []string{"", "ENDPOINT", "GOT", "4xx", "UNKNOWN", ""}
	if d.Forecast != nil {
		head[5] = "UNTIL (UTC)"
	}
	p.row(nil, widths, head...)
	for _, e := range d.Endpoints {
		name := e.Name
		if !e.Declared {
			name += " (not declared)"
		}
		got := fmt.Sprintf("%d of %d", e.Got, e.Need)
		if e.Exempt != "" {
			got = "exempt"
			if e.Need > 0 { // it was called nevertheless
				got = fmt.Sprintf("%d of %d", e.Got, e.Need)
				name += " (exempt)"
			}
		}
		p.row(&e.OK, widths, mark(e.OK), name, got,
			count(e.Errors), count(e.Unknown), short(e.Until))
	}
}

func (p *printer) scopes(d Document) {
	widths := []int{4, 29, 4, 40}
	p.row(nil, widths, "", "APP SCOPE", "GOT", "")
	for _, s := range d.Scopes {
		p.row(&s.OK, widths, mark(s.OK), s.Scope, fmt.Sprint(s.Got), s.Note)
	}
}

// row writes cells in columns, each wrapped to its width; ok colours the first.
func (p *printer) row(ok *bool, widths []int, cells ...string) {
	lines, tall := make([][]string, len(cells)), 1
	for i, c := range cells {
		room := widths[i]
		if i < len(cells)-1 {
			room-- // a gap before the next
		}
		lines[i] = wrap(c, room)
		tall = max(tall, len(lines[i]))
	}
	for n := range tall {
		var s strings.Builder
		for i := range cells {
			cell := ""
			if n < len(lines[i]) {
				cell = lines[i][n]
			}
			pad := widths[i] - utf8.RuneCountInString(cell)
			if i == 0 && ok != nil && cell != "" {
				cell = p.paint(*ok, cell)
			}
			s.WriteString(cell + strings.Repeat(" ", pad))
		}
		p.line(strings.TrimRight(s.String(), " "))
	}
}

// prose writes a sentence with a hanging indent.
func (p *printer) prose(lead, s string) {
	for _, l := range wrap(s, width-utf8.RuneCountInString(lead)) {
		p.line(lead + l)
		lead = strings.Repeat(" ", utf8.RuneCountInString(lead))
	}
}

func (p *printer) line(s string) { p.WriteString(s + "\n") }

func (p *printer) paint(ok bool, s string) string {
	switch {
	case !p.colour:
		return s
	case ok:
		return "\x1b[32m" + s + "\x1b[0m"
	}
	return "\x1b[31m" + s + "\x1b[0m"
}

// wrap breaks a text into lines at spaces; a word too long for a line is broken after a slash or, if it must, anywhere.
func wrap(s string, width int) []string {
	var lines []string
	line := make([]rune, 0, width)
	flush := func() { lines, line = append(lines, string(line)), line[:0] }
	for field := range strings.FieldsSeq(s) {
		for word := []rune(field); len(word) > 0; {
			room := width
			if len(line) > 0 {
				room -= len(line) + 1
			}
			n := len(word)
			switch {
			case n > width:
				n = cut(word, room, len(line) == 0)
			case n > room:
				n = 0
			}
			if n > 0 && len(line) > 0 {
				line = append(line, ' ')
			}
			line = append(line, word[:n]...)
			if word = word[n:]; len(word) > 0 {
				flush()
			}
		}
	}
	if len(line) > 0 {
		flush()
	}
	return lines
}

// cut returns how much of a word fits into the room: up to and including a slash or, if it must, any number of runes.
func cut(word []rune, room int, must bool) int {
	for n := min(room, len(word)); n > 1; n-- {
		if word[n-1] == '/' {
			return n
		}
	}
	if must {
		return room
	}
	return 0
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

func short(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("01-02 15:04")
}
