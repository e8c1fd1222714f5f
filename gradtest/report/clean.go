package report

import "strings"

// clean replaces control characters, line separators and marks that turn the direction of writing: a name must not
// break a line, steer a terminal or make a page read backwards.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u200e' || r == '\u200f' || r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return '\ufffd'
		}
		return r
	}, s)
}
