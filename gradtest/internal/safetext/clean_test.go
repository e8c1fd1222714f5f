package safetext

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain äöü 漢字 🙂":     "plain äöü 漢字 🙂",
		"two\nlines\r\t":     "two\ufffdlines\ufffd\ufffd",
		"\x1b[31m\x7f\u009b": "\ufffd[31m\ufffd\ufffd",
		"\u2028\u2029\u202a\u202e\u2066\u2069\u200f\u200e\u061c": strings.Repeat("\ufffd", 9),
		"soft\u00adhyphen, zero\u200bwidth":                      "soft\u00adhyphen, zero\u200bwidth",
	} {
		assert.Equal(t, want, Clean(in))
	}
}

// FuzzClean: what Unicode calls a control character, a separator of lines or a control of direction never gets through.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a", "\x1b]0;title\a", "\u202eabc\u202c", "é\xff\xc3", "\u061c\u200e\u2067"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := Clean(s)
		assert.True(t, utf8.ValidString(clean))
		assert.Equal(t, utf8.RuneCountInString(s), utf8.RuneCountInString(clean))
		assert.Equal(t, clean, Clean(clean))
		for _, r := range clean {
			assert.False(t, unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control), "%U", r)
		}
	})
}
