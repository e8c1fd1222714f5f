package shape

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
)

// IsWord reports whether s is one of the values of an enum in the schemas of the platform, such as SMS or Inbound. It
// is safe for concurrent use. The first call of IsWord or IsName reads all schemas, which takes a few milliseconds.
func IsWord(s string) bool { return vocabulary().words[s] }

// IsName reports whether s is the name of a member or parameter in the schemas of the platform, such as phoneNumber. It
// is as safe and as fast as [IsWord].
func IsName(s string) bool { return vocabulary().names[s] }

type terms struct{ words, names map[string]bool }

var vocabulary = sync.OnceValue(func() terms {
	found := terms{make(map[string]bool, 2048), make(map[string]bool, 4096)}
	for name, body := range skeleton.Lines(text) {
		if name[0] < '0' || name[0] > '9' {
			var op skeleton.Operation
			must(json.Unmarshal([]byte(body), &op))
			for _, p := range op.Params {
				_, parameter, _ := strings.Cut(p.Name, " ") // after where it is, such as "query"
				found.names[parameter] = true
			}
			continue
		}
		var row struct {
			Enum    []any             `json:"enum"`
			Members []skeleton.Member `json:"members"`
		}
		must(json.Unmarshal([]byte(body), &row))
		for _, v := range row.Enum {
			if s, ok := v.(string); ok && s != "" {
				found.words[s] = true
			}
		}
		for _, m := range row.Members {
			found.names[m.Name] = true
		}
	}
	return found
})
