package safetext

import "strings"

// Clean replaces control characters, line and paragraph separators and marks of writing direction by U+FFFD, each by
// one. The result cannot break a line or a table, steer a terminal, or make a page read backwards. It is no markup:
// writers of HTML and Markdown still have to escape it.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return '\ufffd'
		}
		return r
	}, s)
}

func steers(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f: // C0, DEL and C1
	case r == '\u2028', r == '\u2029': // line and paragraph separator
	case r == '\u061c', r == '\u200e', r == '\u200f': // Arabic letter mark, left-to-right and right-to-left mark
	case r >= '\u202a' && r <= '\u202e': // embeddings and overrides
	case r >= '\u2066' && r <= '\u2069': // isolates
	default:
		return false
	}
	return true
}
