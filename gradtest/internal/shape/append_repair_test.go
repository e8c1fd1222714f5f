package shape

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

var wrong = []any{nil, "x", -1.5, true, []any{}, map[string]any{}, 1e12}

// spoiled calls f with v in which one value at a time is another, or missing: a third of the places, others for each
// first, since all would take the race detector a minute.
func spoiled(v any, first int, f func(what string)) {
	n := first
	try := func(what string, do, undo func()) {
		n++
		if n%3 == 0 {
			do()
			f(what)
			undo()
		}
	}
	var walk func(at string, v any, put func(any))
	walk = func(at string, v any, put func(any)) {
		bad := wrong[n%len(wrong)]
		try(fmt.Sprintf("%s is %v", at, bad), func() { put(bad) }, func() { put(v) })
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				was := v[name]
				try(at+"."+name+" is missing", func() { delete(v, name) }, func() { v[name] = was })
				walk(at+"."+name, was, func(to any) { v[name] = to })
			}
		case []any:
			for i := range v {
				walk(fmt.Sprintf("%s[%d]", at, i), v[i], func(to any) { v[i] = to })
			}
		}
	}
	walk("", v, func(any) {})
}

func TestAppendMendsWhatIsWrong(t *testing.T) {
	n, places := 0, 0
	var b []byte
	each(t, func(where string, s *Shape) {
		v := testMaker.Make(s, "1", true)
		places++
		spoiled(v, places, func(what string) {
			n++
			b = testMaker.Append(b[:0], s, v, "1")
			var got any
			require.NoError(t, json.Unmarshal(b, &got), "%s: %s: %s", where, what, b)
			require.True(t, s.Valid(got), "%s: %s: %s", where, what, b)
		})
	})
	require.Greater(t, n, 10_000)
}
