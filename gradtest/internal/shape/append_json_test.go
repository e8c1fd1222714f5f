package shape

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAppendAny(t *testing.T) {
	for _, tt := range []struct {
		v    any
		want string
	}{
		{nil, "null"},
		{"a\"\\\n\t\x01é\xff", `"a\"\\\n\u0009\u0001é` + "\uFFFD\""},
		{1.0, "1"}, {1.5, "1.5"}, {1e30, "1e+30"}, {-0.25, "-0.25"}, {math.Inf(1), "0"},
		{1, "1"}, {int64(1) << 62, "4611686018427387904"}, {json.Number("1.50"), "1.50"},
		{true, "true"},
		{time.Date(2026, 11, 24, 13, 0, 0, 5e6, time.FixedZone("", 3600)), `"2026-11-24T12:00:00.005Z"`},
		{map[string]any{"b": 1, "a": []any{}}, `{"a":[],"b":1}`},
		{[]string{"a", "b"}, `["a","b"]`},
		{[]map[string]any{{"a": 1}}, `[{"a":1}]`},
		{json.RawMessage(`{"kept":  "as it is"}`), `{"kept":  "as it is"}`},
		{json.RawMessage(nil), "null"},
		{map[string]string{"a": "b"}, `{"a":"b"}`},
		{func() {}, "null"},
	} {
		assert.Equal(t, tt.want, string(appendAny(nil, tt.v)))
	}
}

func FuzzAppendString(f *testing.F) {
	for _, seed := range []string{"", "a", "\"\\/\b", "é\xff\xc3", "\u2028<&>", "\x7f\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		std, err := json.Marshal(s)
		require.NoError(t, err)
		var want, got string
		require.NoError(t, json.Unmarshal(std, &want))
		require.NoError(t, json.Unmarshal(appendString(nil, s), &got))
		assert.Equal(t, want, got)
	})
}
