package rctest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// counter counts the documented members that answers have.
type counter struct {
	skip      func(path string) string // the rule by which a member is not counted, or ""
	have, all int
	missing   map[string]int // members that answers lack, by path
	skipped   map[string]int // members that are not counted, by rule
}

// size is the number of members of a shape to a depth, without those that are skipped.
func (c *counter) size(s *shape.Shape, depth int, path string) (all int) {
	if s == nil || depth == 0 {
		return 0
	}
	if s.Type == "array" {
		return c.size(s.Items, depth, path+"[]")
	}
	for _, m := range s.Members {
		at := path + "." + m.Name
		switch {
		case m.WriteOnly:
		case c.skip(at) != "":
			c.skipped[c.skip(at)] += 1 + (&counter{skip: never, skipped: c.skipped}).size(m.Shape, depth-1, at)
		default:
			all += 1 + c.size(m.Shape, depth-1, at)
		}
	}
	return all
}

func never(string) string { return "" }

// count counts the members of a value to a depth. Of an array the first item counts. All members below an absent or
// empty one are missing.
func (c *counter) count(s *shape.Shape, v any, depth int, path string) {
	if s == nil || depth == 0 {
		return
	}
	if s.Type == "array" {
		if items, _ := v.([]any); len(items) > 0 {
			c.count(s.Items, items[0], depth, path+"[]")
		} else if below := c.size(s.Items, depth, path+"[]"); below > 0 {
			c.all += below
			c.missing[path] += below
		}
		return
	}
	o, ok := v.(map[string]any)
	if !ok {
		return
	}
	for _, a := range s.Alternatives {
		if a.Valid(v) {
			c.count(a, v, depth, path)
			return
		}
	}
	for _, m := range s.Members {
		at := path + "." + m.Name
		if m.WriteOnly {
			continue
		}
		if rule := c.skip(at); rule != "" {
			c.skipped[rule] += 1 + (&counter{skip: never, skipped: c.skipped}).size(m.Shape, depth-1, at)
			continue
		}
		in, ok := o[m.Name]
		if !ok {
			lacks := 1 + c.size(m.Shape, depth-1, at)
			c.all += lacks
			c.missing[at] += lacks
			continue
		}
		c.have, c.all = c.have+1, c.all+1
		c.count(m.Shape, in, depth-1, at)
	}
}

// prepared is what is done before an operation, so that its list has something to show, by the end of its path.
var prepared = []struct{ end, what, body string }{
	{"/active-calls", "POST " + own + "/ring-out", talk},
	{"/presence", "POST " + own + "/ring-out", talk},
	{"/subscription", "POST /restapi/v1.0/subscription", subscribe},
	{"/webinar/notifications/v1/subscriptions", "POST /webinar/notifications/v1/subscriptions", subscribe},
}

// seeing are bodies for which an answer has something to show, by operation id.
var seeing = map[string]string{
	"parsePhoneNumber": `{"originalStrings":["+16505550160"]}`,
}

// askForAll sets the parameters of the query for which the specification gives more members.
func askForAll(op rcapi.Operation, r *http.Request) {
	query := r.URL.Query()
	for _, p := range shape.Of(op.ID).Parameters {
		switch p.Name {
		case "view":
			query.Set(p.Name, "Detailed")
		case "detailedTelephonyState", "sipData", "includeQuestionnaire", "advancedPermissions", "showInactiveNumbers":
			query.Set(p.Name, "true")
		case "endTimeFrom", "creationTimeFrom": // lists of the history show no more than some days otherwise
			query.Set(p.Name, "2020-01-01T00:00:00Z")
		case "endTimeTo", "creationTimeTo":
			query.Set(p.Name, "2030-01-01T00:00:00Z")
		}
	}
	r.URL.RawQuery = query.Encode()
}

// bodyOf returns the JSON body of a request and its shape, or nil.
func bodyOf(t *testing.T, op rcapi.Operation, r *http.Request) (request *shape.Shape, body any) {
	if r.Body == nil || op.Method != http.MethodPost && op.Method != http.MethodPut {
		return nil, nil
	}
	text, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	r.Body = io.NopCloser(bytes.NewReader(text))
	for _, c := range shape.Of(op.ID).Request {
		if shape.IsJSON(c.Type) && json.Unmarshal(text, &body) == nil {
			return c.Shape, body
		}
	}
	return nil, nil
}

// TestFilled measures the share of the documented members that answers have, to depth 3: of all members (raw), and
// without those that are not counted by a rule of exclusions (counted).
func TestFilled(t *testing.T) {
	raw := &counter{skip: never, missing: map[string]int{}, skipped: map[string]int{}}
	counted := &counter{missing: map[string]int{}, skipped: map[string]int{}}
	gaps, used, answers := map[string]int{}, map[string]bool{}, 0
	for _, op := range rest() {
		a := newApp(t, Config{Limits: Unlimited()})
		for _, p := range prepared {
			if strings.HasSuffix(op.Path, p.end) && op.Method == http.MethodGet {
				made := a.call(a.filled(t, p.what), a.filled(t, p.body))
				require.Less(t, made.status, 300, made.body)
			}
		}
		r := a.example(t, op)
		if body := seeing[op.ID]; body != "" {
			r.Body = io.NopCloser(strings.NewReader(body))
			r.ContentLength = int64(len(body))
		}
		askForAll(op, r)
		request, body := bodyOf(t, op, r)
		got := a.send(r)
		if !strings.Contains(got.header.Get("Content-Type"), "json") || got.status >= 300 {
			continue
		}
		var v any
		require.NoError(t, json.Unmarshal([]byte(got.body), &v))
		counted.missing = map[string]int{}
		counted.skip = func(path string) string {
			if e, end, ok := exclusionOf(op.ID, path); ok {
				used[e.operations+" "+end] = true
				return e.rule
			}
			if leftOut(request, body, path) {
				return "request"
			}
			return ""
		}
		for _, answer := range shape.Of(op.ID).Responses {
			if answer.Status == got.status && len(answer.Contents) > 0 {
				raw.count(answer.Contents[0].Shape, v, 3, "")
				counted.count(answer.Contents[0].Shape, v, 3, "")
				answers++
			}
		}
		for path, n := range counted.missing {
			gaps[op.ID+" "+path] += n
		}
	}
	share := func(c *counter) float64 { return 100 * float64(c.have) / float64(c.all) }
	t.Logf("raw: %d of %d documented members (%.1f %%) in %d answers", raw.have, raw.all, share(raw), answers)
	t.Logf("counted: %d of %d (%.1f %%)", counted.have, counted.all, share(counted))
	t.Logf("not counted, by rule: %v", counted.skipped)
	for _, path := range slices.SortedFunc(maps.Keys(gaps), func(a, b string) int { return gaps[b] - gaps[a] }) {
		t.Log("lacks", path, gaps[path])
	}
	assert.Greater(t, share(raw), 66.0)
	assert.Greater(t, share(counted), 82.0)
	for _, e := range exclusions {
		for end := range strings.FieldsSeq(e.members) {
			assert.True(t, used[e.operations+" "+end], "no answer documents %s of %q: remove it", end, e.operations)
		}
	}
}
