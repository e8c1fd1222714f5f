package world_test

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
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// cycles are the parts of the platform whose things TestCycle makes and removes.
var cycles = []string{"/team-messaging/", "/scim/", "/webinar/", "/rcvideo/", "/ai/"}

// needed is what a body has to say beyond what its skeleton requires.
var needed = map[string]string{
	"createTaskNew":             `{"assignees": [{"id": "` + worldtest.User + `"}]}`,
	"createGlipPostNew":         `{"text": "Hello"}`,
	"createGlipConversationNew": `{"members": [{"id": "` + worldtest.OtherUser + `"}]}`,
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
		case p.Shape.Type == "boolean":
			v.Set(p.Name, "true")
		case p.Name == "perPage":
			v.Set(p.Name, "100")
		case p.Shape.Type == "integer":
			v.Set(p.Name, "1")
		default:
			v.Set(p.Name, "https://app.example.com/hook")
		}
	}
	return "?" + v.Encode()
}

// request is a body that the operation takes; nil: it takes none.
func request(t *testing.T, p world.View) any {
	if p.Request == nil {
		return nil
	}
	body, ok := shape.Maker{Now: worldtest.Now}.Make(p.Request, p.Op.ID, false).(world.Object)
	require.True(t, ok, p.Op.ID)
	if s := needed[p.Op.ID]; s != "" {
		var more world.Object
		require.NoError(t, json.Unmarshal([]byte(s), &more))
		world.Merge(body, more)
	}
	return body
}

// fill is a path of the operation: with the given ids, by the names that things know, and otherwise such as exist.
func fill(s *worldtest.Scene, p world.View, given []world.Param, last string) string {
	path, next := "", 0
	var in []world.Param
	for segment := range strings.SplitSeq(p.Op.Path[1:], "/") {
		if !strings.HasPrefix(segment, "{") {
			path += "/" + segment
			continue
		}
		st := p.Steps[next]
		next++
		i := slices.IndexFunc(given, func(g world.Param) bool { return g.Name == st.Known })
		id, ok := "", true
		switch {
		case next == len(p.Steps) && last != "":
			id = last
		case i >= 0:
			id = given[i].Value
		default:
			id, ok = s.World.ExampleID(st, s.User, in)
		}
		require.True(s.TB, ok, "nothing that %s could name", p.Op)
		in = append(in, world.NewParam(st.Known, id))
		path += "/" + url.PathEscape(id)
	}
	return path
}

// TestCycle makes a thing of each kind, finds it in all lists, reads and changes it by all paths that lead to it,
// removes it, and finds it nowhere after.
func TestCycle(t *testing.T) {
	made := 0
	for op := range rcapi.All() {
		p := domains.Plans().Of(op.ID).View()
		if p.Role != world.RoleCreate || !slices.ContainsFunc(cycles,
			func(s string) bool { return strings.HasPrefix(op.Path, s) }) {
			continue
		}
		made++
		t.Run(op.ID, func(t *testing.T) { cycle(newScene(t), t, p) })
	}
	assert.Greater(t, made, 10)
}

func cycle(s *worldtest.Scene, t *testing.T, p world.View) {
	s.TB = t
	q := &world.Request{Body: request(t, p)}
	answer := s.Send(p.Op.Method+" "+fill(s, p, nil, "")+queries(p.Op), q).OK()
	id, ok := world.Scalar(answer["id"])
	if !ok {
		id = world.Text(answer, "jobId") + world.Text(answer, "speakerId")
	}
	require.NotEmpty(t, id, "%v", answer)
	given := s.World.Get(p.Kind, id).Parents
	var gone func(t *testing.T)
	for _, role := range []world.Role{world.RoleRead, world.RoleUpdate, world.RoleRead, world.RoleList, world.RoleRemove} {
		for op := range rcapi.All() {
			o := domains.Plans().Of(op.ID).View()
			if o.Kind != p.Kind || o.Role != role || !o.Contains(s.World.Get(p.Kind, id)) ||
				role == world.RoleList && !leads(o, given) {
				continue
			}
			what := op.Method + " " + fill(s, o, given, "") + queries(op)
			if role != world.RoleList {
				what = op.Method + " " + fill(s, o, given, id)
			}
			out := s.Send(what, &world.Request{Body: request(t, o)})
			require.Nil(t, out.Problem, op.ID)
			switch role {
			case world.RoleList:
				assert.True(t, o.Unpaged || listed(out, o.Member, id), "%s does not list what %s has made: %s", op.ID, p.Op.ID,
					out.Reply.Body)
			case world.RoleRemove:
				gone = func(t *testing.T) {
					t.Helper()
					assert.Equal(t, "CMN-102", s.Send(what, &world.Request{Body: request(t, o)}).Code())
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
		o := domains.Plans().Of(op.ID).View()
		if o.Kind != p.Kind || !o.Named {
			continue
		}
		out := s.Send(op.Method+" "+fill(s, o, given, id), &world.Request{Body: request(t, o)})
		assert.Equal(t, 404, out.Status, op.ID)
		assert.Equal(t, "CMN-102", out.Code(), op.ID)
	}
}

// leads reports whether what lies there is found under the operation's path: it then has to describe what that names.
func leads(p world.View, in []world.Param) bool {
	return !slices.ContainsFunc(p.Steps, func(s world.Step) bool {
		return !s.Account && !slices.ContainsFunc(in, func(g world.Param) bool { return g.Name == s.Known })
	})
}

// listed reports whether a list holds what has the id.
func listed(o worldtest.Outcome, list string, id string) bool {
	return slices.ContainsFunc(world.Children(o.OK(), list), func(r world.Object) bool {
		own, ok := world.Scalar(r["id"])
		if !ok {
			own = world.Text(r, "speakerId")
		}
		return own == id
	})
}
