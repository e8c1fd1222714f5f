package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

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
		{"電話番号 一覧", 6, []string{"電話番", "号", "一覧"}},
		{"電話番号 一覧", 7, []string{"電話番", "号 一覧"}},
		{"電話/番号", 9, []string{"電話/番号"}},
		{"電話/番号", 7, []string{"電話/", "番号"}},
		{"電話", 1, []string{"電", "話"}},
	} {
		assert.Equal(t, tt.want, wrap(tt.in, tt.width), tt.in)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("GET /restapi/v1.0/account/{accountId} and more", 16)
	f.Add("\xff\xfe äöü //////", 1)
	f.Add("電話/番号 \U0001f4de e\u0301", 5)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 2 + (width&0x7fffffff)%100
		lines := wrap(safetext.Clean(s), width)
		for _, l := range lines {
			if safetext.Width(l) > width || l == "" {
				t.Fatalf("line %q of %q does not fit %d", l, s, width)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(safetext.Clean(s)) {
			t.Fatalf("%q became %q", s, got)
		}
	})
}
