package worldtest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/spectest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// The account and user of the tests, and addresses that they use.
const (
	Account   = "37439510"
	User      = "62264425"
	OtherUser = "62264426"

	Phone        = "+16505550101" // of User
	OtherPhone   = "+16505550102" // of OtherUser
	OutsidePhone = "+16505550160" // of no extension

	AccountPath   = "/restapi/v1.0/account/" + Account
	ExtensionPath = AccountPath + "/extension/" + User
)

var Now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// Scene is a world that a test looks at by its operations, as the user.
type Scene struct {
	TB            testing.TB
	World         *world.World
	At            time.Time
	User          string
	Notifications []world.Notification
	// Older is set by tests of what only older editions of the specification have: responses are not compared with it.
	Older bool

	plans *world.Plans
}

// New starts a world of two users.
func New(tb testing.TB, plans *world.Plans, changes ...func(*world.Config)) *Scene {
	s := &Scene{TB: tb, plans: plans, At: Now, User: User}
	cfg := world.Config{
		Now: Now, AccountID: Account, Subscriptions: 30,
		Users: []world.Person{
			{ID: User, Number: "101", Phone: "+16505550101", FirstName: "Robin", LastName: "Example",
				Email: "robin@example.com"},
			{ID: OtherUser, Number: "102", Phone: "+16505550102", FirstName: "Sam", LastName: "Example",
				Email: "sam@example.com"},
		},
		Deliver: func(n world.Notification) { s.Notifications = append(s.Notifications, n) },
	}
	for _, change := range changes {
		change(&cfg)
	}
	s.World = world.New(plans, cfg)
	return s
}

// Outcome is an answer or a refusal.
type Outcome struct {
	tb      testing.TB
	Status  int
	Reply   world.Reply
	Problem *world.Problem
}

// Call does "METHOD /path?query", with a JSON body if one is given.
func (s *Scene) Call(what string, body ...string) Outcome {
	s.TB.Helper()
	q := &world.Request{}
	if len(body) > 0 {
		require.NoError(s.TB, json.Unmarshal([]byte(body[0]), &q.Body))
	}
	return s.Send(what, q)
}

// Send does the same with a request that a test has prepared.
func (s *Scene) Send(what string, q *world.Request) Outcome {
	s.TB.Helper()
	method, path, _ := strings.Cut(what, " ")
	path, query, _ := strings.Cut(path, "?")
	op, ok := rcapi.Match(method, path)
	require.True(s.TB, ok, what)
	if query != "" {
		values, err := url.ParseQuery(query)
		require.NoError(s.TB, err)
		q.Query = values
	}
	q.Base, q.At, q.User = "http://emulator.invalid", s.At, s.User
	if q.Grants == nil {
		q.Grants = func(rcapi.Scope) bool { return true }
	}
	q.Path = path
	template, rest := strings.Split(op.Path, "/"), strings.Split(path, "/")
	for i, segment := range template {
		if strings.HasPrefix(segment, "{") {
			q.Params = append(q.Params, world.NewParam(strings.Trim(segment, "{}"), rest[i]))
		}
	}
	r, p := s.World.Serve(s.plans.Of(op.ID), q)
	if p != nil {
		return Outcome{tb: s.TB, Status: p.Status, Problem: p}
	}
	kind := r.Type
	if kind == "" && r.Body != nil {
		kind = "application/json"
	}
	if !s.Older {
		spectest.Holds(s.TB, op.ID, r.Status, kind, r.Body)
	}
	return Outcome{tb: s.TB, Status: r.Status, Reply: r}
}

// OK returns the JSON object of a success.
func (o Outcome) OK() world.Object {
	o.tb.Helper()
	require.Nil(o.tb, o.Problem)
	require.Less(o.tb, o.Status, 300)
	var v world.Object
	if o.Reply.Body != nil {
		require.NoError(o.tb, json.Unmarshal(o.Reply.Body, &v), string(o.Reply.Body))
	}
	return v
}

// Code is the code of a refusal.
func (o Outcome) Code() string {
	o.tb.Helper()
	require.NotNil(o.tb, o.Problem, string(o.Reply.Body))
	return o.Problem.Errors[0].Code
}

// As is the same world seen by another user.
func (s *Scene) As(user string) *Scene {
	other := *s
	other.User = user
	return &other
}

// MemberOfRecords is one member of all records of a list.
func MemberOfRecords(o world.Object, name string) []string {
	var out []string
	for _, r := range world.Children(o, "records") {
		s, _ := world.Scalar(r[name])
		out = append(out, s)
	}
	return out
}

const SubscriptionPath = "/restapi/v1.0/subscription"

// Webhook is the body of a subscription by webhook.
func Webhook(filters ...string) string {
	text, _ := json.Marshal(map[string]any{"eventFilters": filters, "deliveryMode": map[string]string{
		"transportType": "WebHook", "address": "https://hook.example/x", "verificationToken": "v",
	}})
	return string(text)
}

func Values(list world.Object, member string) []string {
	var out []string
	for _, r := range world.Children(list, member) {
		id, _ := world.Scalar(r["id"])
		out = append(out, id)
	}
	return out
}

// IDOf is the id of an object, whether it is a number or text.
func IDOf(o world.Object) string {
	id, _ := world.Scalar(o["id"])
	return id
}

// Bare leaves out what is there at the start.
func Bare(c *world.Config) { c.Bare = true }

// Multipart is a multipart request of JSON and files.
func Multipart(body any, files ...world.File) *world.Request {
	return &world.Request{Body: body, Files: files, Parts: true}
}

// IDsOf are the ids of a list, in its order.
func IDsOf(o world.Object, member ...string) []string {
	name := "records"
	if len(member) > 0 {
		name = member[0]
	}
	ids := []string{}
	for _, one := range world.Children(o, name) {
		ids = append(ids, IDOf(one))
	}
	return ids
}
