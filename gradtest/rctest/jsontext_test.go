package rctest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestText(t *testing.T) {
	w := &jsonText{}
	w.open('{')
	w.string("a", "x")
	w.object("b")
	w.end()
	w.array("c")
	w.open('{')
	w.int("n", -1)
	w.bool("t", true)
	w.end()
	w.value("y")
	w.done()
	w.strings("d")
	w.time("e", time.Date(2026, 1, 2, 3, 4, 5, 6_999_999, time.FixedZone("", 3600)))
	w.end()
	assert.Equal(t, `{"a":"x","b":{},"c":[{"n":-1,"t":true},"y"],"d":[],"e":"2026-01-02T02:04:05.006Z"}`, string(w.b))
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "x", `"`, `\`, "\x00", "\xff", "\u2028", "</script>", "7", "007", "-7", "1e5", "999999999999999", "9999999999999999", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := &jsonText{}
		w.open('{')
		w.string("a", s)
		w.id("b", s, true)
		w.id("c", s, false)
		w.end()
		var m map[string]any
		require.NoError(t, json.Unmarshal(w.b, &m), string(w.b))
		want, _ := json.Marshal(s)
		var back string
		require.NoError(t, json.Unmarshal(want, &back))
		assert.Equal(t, back, m["a"])
		assert.Equal(t, back, m["c"])
		if n, ok := m["b"].(float64); ok {
			assert.Less(t, n, 1e15)
		} else {
			assert.Equal(t, back, m["b"])
		}
	})
}
