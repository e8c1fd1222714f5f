package safetext

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestErrorCode(t *testing.T) {
	for s, kept := range map[string]bool{
		"CMN-102": true, "OAU-153": true, "invalid_grant": true, "InvalidContent": true, "TAM-1": true,
		strings.Repeat("a", 40): true, strings.Repeat("a", 41): false,
		"16505550123": false, "+16505550123": false, "a1": false, "CMN-": false, "-102": false, "C-1": false, "CMN-1234567": false,
		"CMN-102-1": false, "CMN-1a": false, "LONGPREFIX-1": false, "two words": false, "é": false, "a\n": false, "\x1b[31m": false,
		"U0pDMTFQMDFQQVMwMHxBQUFfN0s3a3Fr": false, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0": false,
	} {
		want := ""
		if kept {
			want = s
		}
		assert.Equal(t, want, ErrorCode(s), "%q", s)
	}
	assert.Empty(t, ErrorCode(""))
}

// FuzzErrorCode compares with a regular expression.
func FuzzErrorCode(f *testing.F) {
	for _, s := range []string{"", "CMN-102", "invalid_grant", "-1", "A-1", "\xff", "CMN-102\n"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`\A([A-Za-z_]{0,40}|[A-Za-z_]{2,8}-[0-9]{1,6})\z`)
	f.Fuzz(func(t *testing.T, s string) {
		want := ""
		if form.MatchString(s) {
			want = s
		}
		assert.Equal(t, want, ErrorCode(s))
	})
}
