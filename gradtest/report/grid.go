package report

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// Widths in columns of a terminal.
const (
	defaultWidth = 80 // of a plain terminal
	minWidth     = 56 // narrower ones break long lines by themselves
	gap          = 2  // between two cells
	markWidth    = 2  // of ok and NO
	minCell      = 10 // of a cell that gives room to others
)

// Attributes of a terminal (ECMA-48, SGR).
const (
	red   = "31"
	green = "32"
	dim   = "2"
)

// printer collects the lines of a text.
type printer struct {
	bytes.Buffer
	width  int
	colour bool
	full   bool
	fine   []string // lines for all that is fine in sections without a table
}

func newPrinter(o Options) *printer {
	return &printer{width: max(cmp.Or(o.Width, defaultWidth), minWidth), colour: o.Colour, full: o.Full}
}

// grid is a table with a mark in its first column.
type grid struct {
	head     []string
	rows     []row
	flexible []int // columns that give room when the terminal is too narrow
}

// row is one line of a table, or more when cells are wrapped.
type row struct {
	ok    bool
	cells []string
}

// grid writes a table, without columns in which nothing is said. after writes what follows a row; nil: nothing.
func (p *printer) grid(g grid, after func(row int)) {
	widths := g.widths(p.width)
	p.cells(widths, g.head, dim)
	for i, r := range g.rows {
		p.cells(widths, r.cells, style(r.ok))
		if after != nil {
			after(i)
		}
	}
}

// widths returns the columns' widths: what their cells need, or less for the flexible ones if the terminal is narrow.
// Zero: the column is left out.
func (g grid) widths(room int) []int {
	widths := make([]int, len(g.head))
	sum := -gap
	for i, h := range g.head {
		for _, r := range g.rows {
			widths[i] = max(widths[i], safetext.Width(r.cells[i]))
		}
		if widths[i] > 0 {
			widths[i] = max(widths[i], safetext.Width(h))
			sum += widths[i] + gap
		}
	}
	for ; sum > room; sum-- {
		widest := slices.MaxFunc(g.flexible, func(a, b int) int { return widths[a] - widths[b] })
		if widths[widest] <= minCell {
			break
		}
		widths[widest]--
	}
	return widths
}

// cells writes cells in columns, each wrapped to its width. The attribute is that of the mark, and of all cells if
// there is none, as in a head.
func (p *printer) cells(widths []int, cells []string, attribute string) {
	lines, tall := make([][]string, len(cells)), 1
	for i, c := range cells {
		if widths[i] > 0 {
			lines[i] = wrap(c, widths[i])
			tall = max(tall, len(lines[i]))
		}
	}
	for n := range tall {
		var line strings.Builder
		blank := 0
		for i := range cells {
			cell := ""
			if n < len(lines[i]) {
				cell = lines[i][n]
			}
			if cell != "" {
				line.WriteString(strings.Repeat(" ", blank))
				blank = 0
				if i == 0 || cells[0] == "" {
					line.WriteString(p.paint(attribute, cell))
				} else {
					line.WriteString(cell)
				}
			}
			if widths[i] > 0 {
				blank += widths[i] - safetext.Width(cell) + gap
			}
		}
		p.line(line.String())
	}
}

// prose writes a sentence with a hanging indent.
func (p *printer) prose(lead, s string) {
	for _, l := range wrap(s, p.width-len(lead)) {
		p.line(lead + l)
		lead = strings.Repeat(" ", len(lead))
	}
}

func (p *printer) line(s string) { p.WriteString(s + "\n") }

func (p *printer) paint(attribute, s string) string {
	if !p.colour {
		return s
	}
	return "\x1b[" + attribute + "m" + s + "\x1b[0m"
}

func style(ok bool) string {
	if ok {
		return green
	}
	return red
}
