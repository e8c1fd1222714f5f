package report

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// wrap breaks a text at spaces into lines of so many columns of a terminal. A word too long for a line is broken after
// a slash or, if it must, anywhere.
func wrap(s string, width int) []string {
	var lines []string
	var line strings.Builder
	taken := 0
	flush := func() {
		lines, taken = append(lines, line.String()), 0
		line.Reset()
	}
	for field := range strings.FieldsSeq(s) {
		for word := []rune(field); len(word) > 0; {
			room := width
			if line.Len() > 0 {
				room -= taken + 1
			}
			n := len(word)
			switch whole := safetext.Width(string(word)); {
			case whole > width:
				n = cut(word, room, line.Len() == 0)
			case whole > room:
				n = 0
			}
			if n > 0 && line.Len() > 0 {
				line.WriteByte(' ')
				taken++
			}
			line.WriteString(string(word[:n]))
			taken += safetext.Width(string(word[:n]))
			if word = word[n:]; len(word) > 0 {
				flush()
			}
		}
	}
	if line.Len() > 0 {
		flush()
	}
	return lines
}

// cut returns how many characters of a word fit into the room: up to and including a slash or, if it must, any number
// above zero.
func cut(word []rune, room int, must bool) int {
	fits, slash := 0, 0
	for i, r := range word {
		if room -= safetext.RuneWidth(r); room < 0 {
			break
		}
		fits = i + 1
		if r == '/' && fits > 1 {
			slash = fits
		}
	}
	switch {
	case slash > 0:
		return slash
	case must:
		return max(fits, 1)
	}
	return 0
}
