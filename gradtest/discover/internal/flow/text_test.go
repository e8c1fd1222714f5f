package flow

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSprintf(t *testing.T) {
	for _, tc := range []struct {
		format string
		args   []string
		want   string
	}{
		{"/a/%s/b/%d", []string{"x", "7"}, "/a/x/b/7"},
		{"%[2]s/%[1]v", []string{"x", "y"}, "y/x"},
		{"%s", nil, hole},
		{"100%%/%05d", []string{hole}, "100%/" + hole},
		{"%x", []string{"x"}, hole},
		{"%q", []string{"x"}, `"x"`},
		{"%", nil, ""},
		{"%d", []string{""}, "0"},
	} {
		assert.Equal(t, tc.want, sprintf(tc.format, tc.args), tc.format)
	}
}

func FuzzSprintf(f *testing.F) {
	f.Add("%[3]*.[2]*[1]f %", "a")
	f.Fuzz(func(t *testing.T, format, arg string) { sprintf(format, []string{arg}) })
}

func TestResolve(t *testing.T) {
	for _, tc := range [][3]string{ // base, reference, result
		{"https://a.b/", "c/d", "https://a.b/c/d"},
		{"https://a.b/c/", "d", "https://a.b/c/d"},
		{"https://a.b/c", "d", "https://a.b/d"},
		{"https://a.b/c", "/d", "https://a.b/d"},
		{"https://a.b", "./d", "https://a.b/d"},
		{"https://a.b/c?q", "", "https://a.b/c?q"},
		{"https://a.b", "https://c.d/e", "https://c.d/e"},
		{anyText, "/d", anyText + "/d"},
		{"", "/d", "/d"},
	} {
		assert.Equal(t, tc[2], Resolve(tc[0], tc[1]), "%q %q", tc[0], tc[1])
	}
}

func TestJoinPath(t *testing.T) {
	assert.Equal(t, "https://a.b/c/d", joinPath("https://a.b/", "/c/", "d"))
	assert.Equal(t, anyText+"/c", joinPath(anyText, "c"))
	assert.Equal(t, "c", joinPath("", "c"))
}
