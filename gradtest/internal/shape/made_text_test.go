package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ name, row, want string }{
		{"phoneNumber", `{"type":"string"}`, `^\+1650555\d{4}$`},
		{"mobilePhone", `{"type":"string"}`, `^\+1650555\d{4}$`},
		{"extensionNumber", `{"type":"string"}`, `^\d{3}$`},
		{"email", `{"type":"string"}`, `^[a-z]+\.[a-z]+@example\.com$`},
		{"contact", `{"type":"string","format":"email"}`, `@example\.com$`},
		{"messageId", `{"type":"string"}`, `^[1-9]\d{8,11}$`},
		{"id", `{"type":"string","format":"uri"}`, `^[1-9]\d{8,11}$`},
		{"ref", `{"type":"string","format":"uuid"}`, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$`},
		{"ip", `{"type":"string","format":"ipv4"}`, `^192\.0\.2\.\d+$`},
		{"x", `{"type":"string","format":"password"}`, `^\*+$`},
		{"clientSecret", `{"type":"string"}`, `^\*+$`},
		{"date", `{"type":"string","format":"date"}`, `^\d{4}-\d\d-\d\d$`},
		{"from", `{"type":"string","format":"time"}`, `^09:00:00$`},
		{"to", `{"type":"string","format":"time"}`, `^18:00:00$`},
		{"firstName", `{"type":"string"}`, `^[A-Z][a-z]+$`},
		{"displayName", `{"type":"string"}`, `^[A-Z][a-z]+ [A-Z][a-z]+$`},
		{"usageType", `{"type":"string"}`, `^Usage type$`},
		{"usageType", `{"type":"string","maxLength":4}`, `^Usag$`},
		{"usageType", `{"type":"string","minLength":12}`, `^Usage typeab$`},
		{"usageType", `{"type":"string","default":"Plain"}`, `^Plain$`},
		{"usageType", `{"type":"string","enum":["Disabled","On","Off"]}`, `^On$`},
		{"usageType", `{"type":"string","enum":["Disabled","Off"]}`, `^Disabled$`},
		{"area", `{"type":"string","pattern":"^[1-9]\\d{1,3}$"}`, `^[1-9]\d{1,3}$`},
		{"number", `{"type":"string","pattern":"^\\+[1-9]\\d{1,14}$","maxLength":18}`, `^\+1650555\d{4}$`},
	} {
		s := parse(t, "1 {\"type\":\"object\",\"members\":[\""+tt.name+" 2!\"]}\n2 "+tt.row+"\n")
		v := Maker{}.Make(s, "key", false).(map[string]any)[tt.name]
		assert.Regexp(t, tt.want, v, "%s %s", tt.name, tt.row)
	}
}

// TestNothingMadeLooksSecret: no token, password or key that a scanner would take for a real one.
func TestNothingMadeLooksSecret(t *testing.T) {
	each(t, func(where string, s *Shape) {
		b := testMaker.AppendMade(nil, s, "1", true)
		assert.NotRegexp(t, `eyJ|[A-Za-z0-9_\-]{40}`, string(b), where)
	})
}

func TestIDsDiffer(t *testing.T) {
	s := parse(t, "1 {\"type\":\"object\",\"members\":[\"a 2!\",\"uuid 3!\"]}\n2 {\"type\":\"object\",\"members\":[\"id 4!\"]}\n3 {\"type\":\"string\",\"format\":\"uuid\"}\n4 {\"type\":\"string\"}\n")
	seen := make(map[any]bool)
	const n = 2000
	for i := range n {
		v := Maker{}.Make(s, string(appendNumber(nil, i)), false).(map[string]any)
		seen[v["a"].(map[string]any)["id"]] = true
		seen[v["uuid"]] = true
	}
	require.Len(t, seen, 2*n)
}
