package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Blocks of lines that shorten cuts, with the number of lines that stay at their start and end.
var blocks = []struct {
	line        *regexp.Regexp
	first, last int
}{
	{regexp.MustCompile(`^ *\d+/\d+ `), 1, 3},                // progress
	{regexp.MustCompile(`^ok  \w+ .*\d+ of \d+$`), 3, 1},     // endpoints
	{regexp.MustCompile(`^ok  \w+ .*[^%a-z] +\d+ *$`), 2, 1}, // app scopes
}

// shorten replaces the middle of long blocks of similar lines by one line with an ellipsis.
func shorten(out string) []string {
	lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
	for _, b := range blocks {
		start := 0
		for start < len(lines) && !b.line.MatchString(lines[start]) {
			start++
		}
		end := start
		for end < len(lines) && b.line.MatchString(lines[end]) {
			end++
		}
		if end-start <= b.first+b.last+1 {
			continue
		}
		kept := append([]string{}, lines[:start+b.first]...)
		kept = append(kept, "    …")
		lines = append(kept, lines[end-b.last:]...)
	}
	return lines
}

const (
	charWidth  = 8.43 // of the font at 14 px; textLength makes every font that wide
	lineHeight = 19
	margin     = 16
	titleBar   = 30
)

// terminal draws a terminal window with a command and its output.
func terminal(command string, lines []string) string {
	lines = append([]string{"$ " + command}, lines...)
	columns := 0
	for _, line := range lines {
		columns = max(columns, utf8.RuneCountInString(line))
	}
	width := 2*margin + int(charWidth*float64(columns)) + 1
	height := titleBar + 2*margin + lineHeight*len(lines) - lineHeight/3
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#12171e"/>`+"\n", width, height)
	for i, colour := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="6" fill="%s"/>`+"\n", margin+6+20*i, titleBar/2+3, colour)
	}
	b.WriteString(`<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14"` +
		` fill="#d5dde8">` + "\n")
	for i, line := range lines {
		if line == "" {
			continue
		}
		y := titleBar + margin + lineHeight*i + 8
		fmt.Fprintf(&b, `<text x="%d" y="%d" textLength="%.1f">%s</text>`+"\n",
			margin, y, charWidth*float64(utf8.RuneCountInString(line)), coloured(line))
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// escape keeps runs of spaces, which not every viewer of SVG does by itself.
func escape(text string) string { return html.EscapeString(strings.ReplaceAll(text, " ", "\u00a0")) }

// coloured escapes a line for SVG and colours what the command colours on a terminal, and the prompt.
func coloured(line string) string {
	span := func(colour, text string) string {
		return `<tspan fill="` + colour + `">` + escape(text) + `</tspan>`
	}
	const green, soft = "#57c785", "#9aa7b7"
	switch {
	case line == "READY":
		return `<tspan fill="` + green + `" font-weight="bold">READY</tspan>`
	case strings.HasPrefix(line, "ok  "):
		return span(green, "ok") + escape(line[2:])
	case strings.HasPrefix(line, "$ "):
		return span(soft, "$") + escape(line[1:])
	case strings.HasPrefix(line, "    "), strings.HasPrefix(line, "note:"): // headings, and the rest of a note
		return span(soft, line)
	}
	return escape(line)
}
