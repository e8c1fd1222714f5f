package window

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAGroupIsNamedByAWord(t *testing.T) {
	for value, want := range map[string]string{
		"light": "light", "Heavy": "heavy", "call-log_2": "call-log_2", "plan2026": "plan2026",
		"+16505550123": "", "jane.doe@example.com": "", "u16505550123": "", "4light": "", "a b": "", "-light": "", "": "",
	} {
		h := http.Header{}
		h.Set("X-Rate-Limit-Group", value)
		assert.Equal(t, want, ReadSignal(200, h, noon).Group, value)
	}
}
