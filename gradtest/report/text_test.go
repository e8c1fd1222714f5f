package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

func TestTextKeepsToTheTerminal(t *testing.T) {
	for _, s := range scenes() {
		var b bytes.Buffer
		require.NoError(t, Text(&b, s.verdict, s.options))
		assert.NotContains(t, b.String(), "\x1b", s.name)
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			assert.LessOrEqual(t, utf8.RuneCountInString(line), width, line)
			assert.Equal(t, strings.TrimRight(line, " "), line)
		}
	}
}

func TestTextColourOnlyMarks(t *testing.T) {
	for _, s := range scenes() {
		var plain, colour bytes.Buffer
		require.NoError(t, Text(&plain, s.verdict, s.options))
		s.options.Colour = true
		require.NoError(t, Text(&colour, s.verdict, s.options))
		assert.Contains(t, colour.String(), "\x1b[3")
		stripped := strings.NewReplacer("\x1b[31m", "", "\x1b[32m", "", "\x1b[0m", "").Replace(colour.String())
		assert.Equal(t, plain.String(), stripped, "colour may change nothing else, or columns shift")
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 80, []string{"one two three"}},
		{"GET /restapi/v1.0/account/x", 16, []string{"GET /restapi/", "v1.0/account/x"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"ab cdefghij", 4, []string{"ab", "cdef", "ghij"}},
		{"äöüäöü/x", 7, []string{"äöüäöü/", "x"}},
		{"/abcdefgh", 4, []string{"/abc", "defg", "h"}},
	} {
		assert.Equal(t, tt.want, wrap(tt.in, tt.width), tt.in)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("GET /restapi/v1.0/account/{accountId} and more", 16)
	f.Add("\xff\xfe äöü //////", 1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 1 + (width&0x7fffffff)%100
		lines := wrap(safetext.Clean(s), width)
		for _, l := range lines {
			if utf8.RuneCountInString(l) > width || l == "" {
				t.Fatalf("line %q of %q does not fit %d", l, s, width)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(safetext.Clean(s)) {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersPassOnErrors(t *testing.T) {
	for _, format := range Formats() {
		for _, s := range scenes() {
			assert.ErrorIs(t, Write(broken{}, format, s.verdict, s.options), errBroken, format)
		}
	}
}
