package world

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// cycles are the parts of the platform whose things TestCycle makes and removes.
var cycles = []string{"/team-messaging/", "/scim/", "/webinar/", "/rcvideo/", "/ai/"}

// needed is what a body has to say beyond what its skeleton requires.
var needed = map[string]string{
	"createTaskNew":             `{"assignees": [{"id": "` + testUser + `"}]}`,
	"createGlipPostNew":         `{"text": "Hello"}`,
	"createGlipConversationNew": `{"members": [{"id": "` + otherUser + `"}]}`,
	"scimCreateUser2":           `{"userName": "new@example.com", "emails": [{"type": "work", "value": "new@example.com"}]}`,
	"scimUpdateUser2":           `{"userName": "other@example.com", "emails": [{"type": "work", "value": "other@example.com"}]}`,
	"scimPatchUser2":            `{"Operations": [{"op": "replace", "path": "title", "value": "Clerk"}]}`,
	"createEventNew":            `{"startTime": "2026-12-01T10:00:00Z", "endTime": "2026-12-01T11:00:00Z"}`,
	"updateEventNew":            `{"startTime": "2026-12-01T10:00:00Z", "endTime": "2026-12-01T11:00:00Z"}`,
	"rcwConfigUpdateSession":    `{"status": "Scheduled"}`,
	"rcwN11sCreateSubscription": `{"eventFilters": ["/webinar/configuration/v1/webinars"], "deliveryMode": {"transportType": "WebHook", "address": "https://app.example.com/hook"}}`,
	"rcwN11sUpdateSubscription": `{"eventFilters": ["/webinar/configuration/v1/webinars"]}`,
}

// queries are the parameters without which an operation refuses.
func queries(op rcapi.Operation) string {
	v := url.Values{}
	for _, p := range shape.Of(op.ID).Parameters {
		switch {
		case p.In != "query" || !p.Required:
		case strings.HasSuffix(p.Name, "From"):
			v.Set(p.Name, "2020-01-01T00:00:00Z")
		case strings.HasSuffix(p.Name, "To"):
			v.Set(p.Name, "2030-01-01T00:00:00Z")
		default:
			v.Set(p.Name, "https://app.example.com/hook")
		}
	}
	return "?" + v.Encode()
}

// request is a body that the operation takes; nil: it takes none.
func request(t *testing.T, p *Plan) any {
	if p.request == nil {
		return nil
	}
	body, ok := shape.Maker{Now: testNow}.Make(p.request, p.op.ID, false).(Object)
	require.True(t, ok, p.op.ID)
	if s := needed[p.op.ID]; s != "" {
		var more Object
		require.NoError(t, json.Unmarshal([]byte(s), &more))
		merge(body, more)
	}
	return body
}

// fill is a path of the operation: with the given ids, by the names that things know, and otherwise such as exist.
func (s *scene) fill(p *Plan, given []Param, last string) string {
	path, next := "", 0
	var in []Param
	for segment := range strings.SplitSeq(p.op.Path[1:], "/") {
		if !strings.HasPrefix(segment, "{") {
			path += "/" + segment
			continue
		}
		st := p.steps[next]
		next++
		i := slices.IndexFunc(given, func(g Param) bool { return g.Name == st.as })
		id, ok := "", true
		switch {
		case next == len(p.steps) && last != "":
			id = last
		case i >= 0:
			id = given[i].Value
		default:
			id, ok = s.world.example(st, s.user, in)
		}
		require.True(s.tb, ok, "nothing that %s could name", p.op)
		in = append(in, Param{st.as, id})
		path += "/" + url.PathEscape(id)
	}
	return path
}

// TestCycle makes a thing of each kind, finds it in all lists, reads and changes it by all paths that lead to it, removes
// it, and finds it nowhere after.
func TestCycle(t *testing.T) {
	made := 0
	for op := range rcapi.All() {
		p := domains().Of(op.ID)
		if p.resolve(); p.role != makes || !slices.ContainsFunc(cycles, func(s string) bool { return strings.HasPrefix(op.Path, s) }) {
			continue
		}
		made++
		t.Run(op.ID, func(t *testing.T) { newScene(t).cycle(t, p) })
	}
	assert.Greater(t, made, 10)
}

func (s *scene) cycle(t *testing.T, p *Plan) {
	s.tb = t
	q := &Request{Body: request(t, p)}
	answer := s.send(p.op.Method+" "+s.fill(p, nil, "")+queries(p.op), q).ok()
	id, ok := scalar(answer["id"])
	if !ok {
		id = text(answer, "jobId")
	}
	require.NotEmpty(t, id, "%v", answer)
	given := s.world.get(p.kind, id).in
	var gone func(t *testing.T)
	for _, role := range []role{reads, updates, reads, lists, removes} {
		for op := range rcapi.All() {
			o := domains().Of(op.ID)
			if o.resolve(); o.kind != p.kind || o.role != role || o.only != nil && !o.only(s.world.get(p.kind, id)) || role == lists && !o.leads(given) {
				continue
			}
			what := op.Method + " " + s.fill(o, given, "") + queries(op)
			if role != lists {
				what = op.Method + " " + s.fill(o, given, id)
			}
			out := s.send(what, &Request{Body: request(t, o)})
			require.Nil(t, out.problem, op.ID)
			switch role {
			case lists:
				assert.True(t, o.list.style == whole || listed(out, o.list, id), "%s does not list what %s has made: %s", op.ID, p.op.ID, out.reply.Body)
			case removes:
				gone = func(t *testing.T) {
					t.Helper()
					assert.Equal(t, "CMN-102", s.send(what, &Request{Body: request(t, o)}).code())
				}
			}
			if gone != nil {
				gone(t)
				break
			}
		}
	}
	if gone == nil {
		return // exports are never removed
	}
	for op := range rcapi.All() {
		o := domains().Of(op.ID)
		if o.resolve(); o.kind != p.kind || !o.named() {
			continue
		}
		out := s.send(op.Method+" "+s.fill(o, given, id), &Request{Body: request(t, o)})
		assert.Equal(t, 404, out.status, op.ID)
		assert.Equal(t, "CMN-102", out.code(), op.ID)
	}
}

// leads reports whether what lies there is found under the operation's path: whatever that names has to be said of it.
func (p *Plan) leads(in []Param) bool {
	return !slices.ContainsFunc(p.steps, func(s step) bool {
		return s.kind != "" && !slices.ContainsFunc(in, func(g Param) bool { return g.Name == s.as })
	})
}

// listed reports whether a list holds what has the id.
func listed(o outcome, l listing, id string) bool {
	return slices.ContainsFunc(objects(o.ok(), l.member), func(r Object) bool { own, _ := scalar(r["id"]); return own == id })
}
