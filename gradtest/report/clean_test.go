package report

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain äöü 漢字 🙂":                             "plain äöü 漢字 🙂",
		"two\nlines\r\t":                             "two\ufffdlines\ufffd\ufffd",
		"\x1b[31m\x7f\u009b":                         "\ufffd[31m\ufffd\ufffd",
		"\u2028\u2029\u202a\u202e\u2066\u2069\u200f": "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd",
	} {
		assert.Equal(t, want, clean(in))
	}
}

// TestNoFormatLetsThemThrough: a hostile name in every place where one can stand.
func TestNoFormatLetsThemThrough(t *testing.T) {
	bad := regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]`)
	for _, s := range scenes() {
		for _, format := range Formats() {
			var b bytes.Buffer
			require.NoError(t, Write(&b, format, s.verdict, s.options))
			assert.NotRegexp(t, bad, b.String(), "%s %s", s.name, format)
		}
	}
}
