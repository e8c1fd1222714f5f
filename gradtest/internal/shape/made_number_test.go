package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMadeNumbers(t *testing.T) {
	for _, tt := range []struct{ name, row, want string }{
		{"extensionId", `{"type":"integer","format":"int64"}`, `^[1-9]\d{8,11}$`},
		{"extensionId", `{"type":"integer","format":"int32"}`, `^[1-9]\d{8}$`},
		{"perPage", `{"type":"integer"}`, `^100$`},
		{"perPage", `{"type":"integer","max":50}`, `^50$`},
		{"page", `{"type":"integer"}`, `^1$`},
		{"size", `{"type":"integer","min":1000}`, `^1000$`},
		{"size", `{"type":"integer","default":5}`, `^5$`},
		{"size", `{"type":"integer","enum":[3,4]}`, `^3$`},
		{"ratio", `{"type":"number","max":0.5}`, `^0\.5$`},
		{"ratio", `{"type":"integer","max":0.5}`, `^0$`},
		{"enabled", `{"type":"boolean"}`, `^true$`},
		{"hidden", `{"type":"boolean"}`, `^false$`},
		{"hidden", `{"type":"boolean","default":true}`, `^true$`},
		{"enabled", `{"type":"boolean","enum":[false]}`, `^false$`},
	} {
		s := parse(t, "1 {\"type\":\"object\",\"members\":[\""+tt.name+" 2!\"]}\n2 "+tt.row+"\n")
		v := Maker{}.Make(s, "key", false).(map[string]any)[tt.name]
		assert.Regexp(t, tt.want, string(appendAny(nil, v)), "%s %s", tt.name, tt.row)
	}
}
