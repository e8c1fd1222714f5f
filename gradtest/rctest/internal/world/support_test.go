package world

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/spectest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The account and user of the tests, and addresses that they use.
const (
	testAccount = "37439510"
	testUser    = "62264425"
	otherUser   = "62264426"

	account   = "/restapi/v1.0/account/" + testAccount
	extension = account + "/extension/" + testUser
)

var testNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// scene is a world that a test looks at by its operations, as the user.
type scene struct {
	tb    testing.TB
	world *World
	at    time.Time
	user  string
	told  []Notification
}

// newScene starts a world of two users.
func newScene(tb testing.TB, changes ...func(*Config)) *scene {
	s := &scene{tb: tb, at: testNow, user: testUser}
	cfg := Config{
		Now: testNow, AccountID: testAccount, Subscriptions: 30,
		Users: []Person{
			{ID: testUser, Number: "101", Phone: "+16505550101", FirstName: "Robin", LastName: "Example", Email: "robin@example.com"},
			{ID: otherUser, Number: "102", Phone: "+16505550102", FirstName: "Sam", LastName: "Example", Email: "sam@example.com"},
		},
		Deliver: func(n Notification) { s.told = append(s.told, n) },
	}
	for _, change := range changes {
		change(&cfg)
	}
	s.world = New(domains(), cfg)
	return s
}

// outcome is an answer or a refusal.
type outcome struct {
	tb      testing.TB
	status  int
	reply   Reply
	problem *Problem
}

// call does "METHOD /path?query", with a JSON body if one is given.
func (s *scene) call(what string, body ...string) outcome {
	s.tb.Helper()
	q := &Request{}
	if len(body) > 0 {
		require.NoError(s.tb, json.Unmarshal([]byte(body[0]), &q.Body))
	}
	return s.send(what, q)
}

// send does the same with a request that a test has prepared.
func (s *scene) send(what string, q *Request) outcome {
	s.tb.Helper()
	method, path, _ := strings.Cut(what, " ")
	path, query, _ := strings.Cut(path, "?")
	op, ok := rcapi.Match(method, path)
	require.True(s.tb, ok, what)
	if query != "" {
		values, err := url.ParseQuery(query)
		require.NoError(s.tb, err)
		q.Query = values
	}
	q.Base, q.At, q.User = "http://emulator.invalid", s.at, s.user
	if q.Grants == nil {
		q.Grants = func(rcapi.Scope) bool { return true }
	}
	q.Path = path
	template, rest := strings.Split(op.Path, "/"), strings.Split(path, "/")
	for i, segment := range template {
		if strings.HasPrefix(segment, "{") {
			q.Params = append(q.Params, Param{strings.Trim(segment, "{}"), rest[i]})
		}
	}
	r, p := s.world.Serve(domains().Of(op.ID), q)
	if p != nil {
		return outcome{tb: s.tb, status: p.Status, problem: p}
	}
	kind := r.Type
	if kind == "" && r.Body != nil {
		kind = "application/json"
	}
	spectest.Holds(s.tb, op.ID, r.Status, kind, r.Body)
	return outcome{tb: s.tb, status: r.Status, reply: r}
}

// ok returns the JSON object of a success.
func (o outcome) ok() Object {
	o.tb.Helper()
	require.Nil(o.tb, o.problem)
	require.Less(o.tb, o.status, 300)
	var v Object
	if o.reply.Body != nil {
		require.NoError(o.tb, json.Unmarshal(o.reply.Body, &v), string(o.reply.Body))
	}
	return v
}

// code is the code of a refusal.
func (o outcome) code() string {
	o.tb.Helper()
	require.NotNil(o.tb, o.problem, string(o.reply.Body))
	return o.problem.Errors[0].Code
}

// as is the same world seen by another user.
func (s *scene) as(user string) *scene {
	other := *s
	other.user = user
	return &other
}

// member is one member of all records of a list.
func member(o Object, name string) []string {
	var out []string
	for _, r := range objects(o, "records") {
		s, _ := scalar(r[name])
		out = append(out, s)
	}
	return out
}

const subscriptionPath = "/restapi/v1.0/subscription"

// hook is the body of a subscription by webhook.
func hook(filters ...string) string {
	text, _ := json.Marshal(map[string]any{"eventFilters": filters, "deliveryMode": map[string]string{
		"transportType": "WebHook", "address": "https://hook.example/x", "verificationToken": "v",
	}})
	return string(text)
}

func ids(list Object, member string) []string {
	var out []string
	for _, r := range objects(list, member) {
		id, _ := scalar(r["id"])
		out = append(out, id)
	}
	return out
}

// idOf is the id of an object, whether it is a number or text.
func idOf(o Object) string {
	id, _ := scalar(o["id"])
	return id
}

// bare leaves out what is there at the start.
func bare(c *Config) { c.Bare = true }

// parts is a multipart request of JSON and files.
func parts(body any, files ...File) *Request { return &Request{Body: body, Files: files, Parts: true} }

// idsOf are the ids of a list, in its order.
func idsOf(o Object, member ...string) []string {
	name := "records"
	if len(member) > 0 {
		name = member[0]
	}
	ids := []string{}
	for _, one := range objects(o, name) {
		ids = append(ids, idOf(one))
	}
	return ids
}
