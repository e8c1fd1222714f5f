package shape

import (
	"encoding/json"
	"strings"
	"sync"
)

// IsWord reports whether s is one of the values of an enum in the schemas of the platform, such as SMS or Inbound. It
// is safe for concurrent use. The first call reads all enums, in about a millisecond.
func IsWord(s string) bool { return enumWords()[s] }

var enumWords = sync.OnceValue(func() map[string]bool {
	found := make(map[string]bool, 2048)
	for line := range strings.Lines(text) {
		_, row, _ := strings.Cut(line, " ")
		if !strings.Contains(row, `"enum":`) {
			continue
		}
		var schema struct {
			Enum []any `json:"enum"`
		}
		must(json.Unmarshal([]byte(row), &schema))
		for _, v := range schema.Enum {
			if s, ok := v.(string); ok && s != "" {
				found[s] = true
			}
		}
	}
	return found
})
