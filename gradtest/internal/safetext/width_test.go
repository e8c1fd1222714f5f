package safetext

import (
	"slices"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
)

// TestRuneWidth compares every character with a library that is too large for package gradtest to import.
func TestRuneWidth(t *testing.T) {
	differ := []rune{ // where the library does not follow Unicode's table of widths
		0x2e3a, 0x2e3b, // long dashes
		0x3030, 0x3297, 0x3299, // wide characters that have an emoji style, too
	}
	compared := 0
	for r := rune(' '); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Zs) ||
			unicode.In(r, unicode.Other_Grapheme_Extend, unicode.Sk) || slices.Contains(differ, r) { // a skin tone alone has a width of its own
			continue
		}
		compared++
		if got, want := RuneWidth(r), uniseg.StringWidth(string(r)); got != want {
			t.Errorf("%U takes %d columns, not %d", r, want, got)
		}
	}
	assert.Greater(t, compared, 100_000)
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "Größe": 5, "Gro\u0308ße": 5, "電話": 4, "전화": 4, "ﾃﾞ": 2, "📞": 2, "a\u200bb": 2, "\ufffd": 1,
	} {
		assert.Equal(t, want, Width(s), "%q", s)
	}
}
