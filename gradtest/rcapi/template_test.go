package rcapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestTemplate(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"/restapi/v1.0/account/80012345/extension/~/cloud-calendars/77", "/restapi/v1.0/account/{}/extension/{}/{}/{}"},
		{"/restapi/v1.0/account/~/extension/~/call-log", "/restapi/v1.0/account/{}/extension/{}/call-log"},
		{"/restapi/v1.0/number/+15551230100?name=Ada", "/restapi/v1.0/{}/{}"},
		{"/restapi/v1.0/", "/restapi/v1.0"},
		{"restapi/v1.0", "/restapi/v1.0"},
		{"/%72estapi", "/{}"},
		{"/restapi//x", "/restapi/{}/{}"},
		{"https://ada@example.com/restapi", "/{}/{}/{}/restapi"},
		{"/ada@example.com#x", "/{}"},
		{"/", "/"}, {"", "/"}, {"?q", "/"},
	} {
		assert.Equal(t, tt.want, rcapi.Template(tt.path), tt.path)
	}
	assert.Equal(t, strings.Repeat("/{}", 32), rcapi.Template(strings.Repeat("/1", 1000)))
}

func TestTemplateKeepsDeclaredSegments(t *testing.T) {
	c := rcapi.NewCatalogue(rcapi.MustParse("GET /restapi/v1.0/zebras/{id}/stripes"))
	assert.Equal(t, "/restapi/zebras/{}/stripes/{}", c.Template("/restapi/zebras/7/stripes/8?x"))
	assert.Equal(t, "/restapi/{}/{}/{}", rcapi.Template("/restapi/zebras/7/stripes"))
}

func FuzzTemplate(f *testing.F) {
	f.Add("/restapi/v1.0/account/80012345/extension/~/meeting/77?x#y")
	f.Add("//")
	allowed := map[string]bool{"{}": true}
	for o := range rcapi.All() {
		for s := range strings.SplitSeq(o.Path[1:], "/") {
			if s[0] != '{' {
				allowed[s] = true
			}
		}
	}
	f.Fuzz(func(t *testing.T, path string) {
		got := rcapi.Template(path)
		if got == "/" {
			return
		}
		for s := range strings.SplitSeq(got[1:], "/") {
			if !allowed[s] {
				t.Fatalf("Template(%q) = %q keeps %q", path, got, s)
			}
		}
		if again := rcapi.Template(got); again != got {
			t.Fatalf("Template(%q) = %q, of that %q", path, got, again)
		}
	})
}
