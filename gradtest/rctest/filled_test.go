package rctest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// size is the number of members of a shape to a depth.
func size(s *shape.Shape, depth int) (all int) {
	if s == nil || depth == 0 {
		return 0
	}
	if s.Type == "array" {
		return size(s.Items, depth)
	}
	for _, m := range s.Members {
		if !m.WriteOnly {
			all += 1 + size(m.Shape, depth-1)
		}
	}
	return all
}

// count returns how many of the members of a shape a value has, to a depth. Of an array the first item counts. All
// members below an absent or empty one are missing.
func count(s *shape.Shape, v any, depth int, note func(path string, n int), path string) (have, all int) {
	if s == nil || depth == 0 {
		return 0, 0
	}
	if s.Type == "array" {
		items, _ := v.([]any)
		if len(items) == 0 {
			return 0, size(s.Items, depth)
		}
		return count(s.Items, items[0], depth, note, path+"[]")
	}
	o, ok := v.(map[string]any)
	if !ok {
		return 0, 0
	}
	for _, a := range s.Alternatives {
		if a.Valid(v) {
			return count(a, v, depth, note, path)
		}
	}
	for _, m := range s.Members {
		if m.WriteOnly {
			continue
		}
		all++
		in, ok := o[m.Name]
		if !ok {
			below := size(m.Shape, depth-1)
			note(path+"."+m.Name, 1+below)
			all += below
			continue
		}
		below, total := count(m.Shape, in, depth-1, note, path+"."+m.Name)
		have, all = have+1+below, all+total
	}
	return have, all
}

// TestFilled measures the share of the documented members that responses have, to depth 3. What they leave out are
// errors, what depends on the request (see conditionals in package world) and what belongs to features that are off.
func TestFilled(t *testing.T) {
	have, all, answers := 0, 0, 0
	missing := map[string]int{}
	for _, op := range rest() {
		a := newApp(t, Config{Limits: Unlimited()})
		r := a.example(t, op)
		query := r.URL.Query()
		for _, p := range shape.Of(op.ID).Parameters { // what there is only for a view or a flag is asked for
			switch p.Name {
			case "view":
				query.Set(p.Name, "Detailed")
			case "detailedTelephonyState", "sipData", "includeQuestionnaire", "advancedPermissions", "showInactiveNumbers":
				query.Set(p.Name, "true")
			}
		}
		r.URL.RawQuery = query.Encode()
		got := a.send(r)
		if !strings.Contains(got.header.Get("Content-Type"), "json") || got.status >= 300 {
			continue
		}
		var v any
		require.NoError(t, json.Unmarshal([]byte(got.body), &v))
		for _, answer := range shape.Of(op.ID).Responses {
			if answer.Status == got.status && len(answer.Contents) > 0 {
				h, n := count(answer.Contents[0].Shape, v, 3, func(path string, n int) { missing[op.ID+" "+path] += n }, "")
				have, all, answers = have+h, all+n, answers+1
			}
		}
	}
	t.Logf("%d of %d documented members (%.1f %%) in %d answers", have, all, 100*float64(have)/float64(all), answers)
	for path := range missing {
		t.Log(path, missing[path])
	}
	assert.Greater(t, float64(have)/float64(all), 0.62)
}
