package report

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostileNames has a hostile text wherever a report shows one: no format lets its control characters through.
func TestHostileNames(t *testing.T) {
	bad := regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]`)
	for _, s := range scenes() {
		for _, format := range Formats() {
			var b bytes.Buffer
			require.NoError(t, Write(&b, format, s.verdict, s.options))
			assert.NotRegexp(t, bad, b.String(), "%s %s", s.name, format)
		}
	}
}
