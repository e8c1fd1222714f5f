package scim

import (
	"encoding/json"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const newUser = `{
	"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "alex@example.com", "externalId": "e1", "title": "Clerk",
	"name": {"givenName": "Alex", "familyName": "Sample"}, "emails": [{"type": "work", "value": "alex@example.com"}],
	"phoneNumbers": [{"type": "mobile", "value": "+16505550177"}], "addresses": [{"type": "work", "locality": "Belmont", "region": "CA"}],
	"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}
}`

func TestSCIMUserIsAnExtension(t *testing.T) {
	s := newScene(t)
	made := s.Call("POST /scim/v2/Users", newUser).OK()
	id := world.Text(made, "id")
	assert.Equal(t, true, made["active"])
	assert.Equal(t, "http://emulator.invalid/scim/v2/Users/"+id, world.Child(made, "meta")["location"])
	e := s.Call("GET " + worldtest.AccountPath + "/extension/" + id).OK()
	assert.Equal(t, "Alex Sample", e["name"])
	assert.Equal(t, "alex@example.com", world.Child(e, "contact")["email"])
	assert.Equal(t, "Sales", world.Child(e, "contact")["department"])
	assert.NotEmpty(t, e["extensionNumber"])

	s.Call("PUT "+worldtest.AccountPath+"/extension/"+id, `{"contact": {"lastName": "Example"}}`).OK()
	got := s.Call("GET /scim/v2/Users/" + id).OK()
	assert.Equal(t, "Example", world.Child(got, "name")["familyName"])
	for _, name := range []string{"externalId", "title", "phoneNumbers", "addresses", schemaEnterprise, "emails"} {
		assert.Equal(t, made[name], got[name], name)
	}

	got = s.Call("PUT /scim/v2/Users/"+id, `{"schemas": ["`+schemaUser+`"], "userName": "a@example.com", "active": false,
		"name": {"givenName": "A", "familyName": "B"}, "emails": [{"type": "work", "value": "a@example.com"}]}`).OK()
	assert.Equal(t, false, got["active"])
	assert.NotContains(t, got, "title", "what is put replaces all of it")
	assert.Equal(t, "Disabled", s.Call("GET " + worldtest.AccountPath + "/extension/" + id).OK()["status"])
	s.Call("DELETE /scim/v2/Users/" + id).OK()
	assert.Equal(t, 404, s.Call("GET "+worldtest.AccountPath+"/extension/"+id).Status)
}

func TestSCIMRefuses(t *testing.T) {
	s := newScene(t)
	s.Call("POST /scim/v2/Users", newUser).OK()
	assert.Equal(t, 409, s.Call("POST /scim/v2/Users", newUser).Status, "the user name is taken")
	queue := s.World.All(people.KindQueue)[0].ID
	assert.Equal(t, "CMN-102", s.Call("GET /scim/v2/Users/"+queue).Code(), "a queue is an extension, but no user")
	for _, query := range []string{"filter=x", "startIndex=x", "count=0"} {
		assert.Equal(t, "CMN-101", s.Call("GET /scim/v2/Users?"+query).Code(), query)
	}
}

func TestSCIMSearch(t *testing.T) {
	s := newScene(t)
	s.Call("POST /scim/v2/Users", newUser).OK()
	const robin, sam, alex = "robin@example.com", "sam@example.com", "alex@example.com"
	for filter, want := range map[string][]string{
		``:                              {robin, sam, alex},
		`userName eq "sam@example.com"`: {sam},
		`USERNAME EQ "SAM@EXAMPLE.COM"`: {sam},
		`email eq "sam@example.com"`:    {sam},
		`emails.value sw "a"`:           {alex},
		`externalId pr`:                 {alex},
		`not externalId pr`:             {robin, sam},
		`externalId eq "e1" or userName eq "robin@example.com"`:                      {robin, alex},
		`active eq true and (name.givenName eq "Sam" or name.familyName ew "ample")`: {sam, robin, alex},
		schemaEnterprise + `:department eq "Sales"`:                                  {alex},
		schemaUser + `:userName ne "sam@example.com"`:                                {robin, alex},
	} {
		for _, o := range []world.Object{
			s.Call("GET /scim/v2/Users?filter=" + url.QueryEscape(filter)).OK(),
			s.Call("POST /scim/v2/Users/.search",
				`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": `+strconv.Quote(filter)+`}`).OK(),
		} {
			var got []string
			for _, u := range world.Children(o, "Resources") {
				got = append(got, world.Text(u, "userName"))
			}
			assert.ElementsMatch(t, want, got, filter)
			assert.EqualValues(t, len(want), o["totalResults"], filter)
		}
	}
	page := s.Call("POST /scim/v2/Users/.search", `{"startIndex": 2, "count": 1}`).OK()
	assert.Len(t, world.Children(page, "Resources"), 1)
	assert.EqualValues(t, 2, page["startIndex"])
	assert.EqualValues(t, 3, page["totalResults"])
}

func TestSCIMPatch(t *testing.T) {
	for _, row := range []struct{ op, path, value, member, want string }{
		{"replace", "active", "False", "active", `false`},
		{"replace", "name.givenName", "Max", "name", `{"givenName": "Max", "familyName": "Sample"}`},
		{"replace", "name", `{"familyName": "Other"}`, "name", `{"givenName": "Alex", "familyName": "Other"}`},
		{"replace", `emails[type eq "work"].value`, "max@example.com", "emails",
			`[{"type": "work", "value": "max@example.com"}]`},
		{"add", "phoneNumbers", `[{"type": "work", "value": "+16505550178"}]`, "phoneNumbers",
			`[{"type": "work", "value": "+16505550178"}, {"type": "mobile", "value": "+16505550177"}]`},
		{"remove", `phoneNumbers[type eq "mobile"]`, "", "phoneNumbers", ``},
		{"remove", "title", "", "title", ``},
		{"add", "externalId", "e2", "externalId", `"e2"`},
		{"replace", schemaEnterprise + ":department", "Support", schemaEnterprise, `{"department": "Support"}`},
		{"replace", "", `{"title": "Boss"}`, "title", `"Boss"`},
	} {
		t.Run(row.op+" "+row.path, func(t *testing.T) {
			s := newScene(t)
			id := world.Text(s.Call("POST /scim/v2/Users", newUser).OK(), "id")
			value := ""
			if row.value != "" {
				value = `, "value": ` + strconv.Quote(row.value)
			}
			s.Call("PATCH /scim/v2/Users/"+id, `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
				"Operations": [{"op": "`+row.op+`", "path": `+strconv.Quote(row.path)+value+`}]}`).OK()
			user := s.Call("GET /scim/v2/Users/" + id).OK()
			if row.want == "" {
				assert.NotContains(t, user, row.member)
				return
			}
			got, err := json.Marshal(user[row.member])
			require.NoError(t, err)
			assert.JSONEq(t, row.want, string(got))
		})
	}
	s := newScene(t)
	for _, op := range []string{
		`{"op": "replace", "path": "nothing", "value": "x"}`, `{"op": "replace", "path": "active", "value": "perhaps"}`,
		`{"op": "remove"}`,
		`{"op": "remove", "path": "userName"}`, `{"op": "replace", "path": "emails[", "value": "x"}`,
	} {
		got := s.Call("PATCH /scim/v2/Users/"+worldtest.User,
			`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "title", "value": "Boss"}, `+op+`]}`)
		assert.Equal(t, 400, got.Status, op)
		assert.NotContains(t, s.Call("GET /scim/v2/Users/"+worldtest.User).OK(), "title", "all or nothing")
	}
}

func TestSCIMProvider(t *testing.T) {
	s := newScene(t)
	assert.Equal(t, true, world.Child(s.Call("GET /scim/v2/ServiceProviderConfig").OK(), "patch")["supported"])
	assert.Equal(t, schemaUser, s.Call("GET /scim/v2/ResourceTypes/User").OK()["schema"])
	assert.Equal(t, "User", s.Call("GET /scim/v2/Schemas/" + schemaUser).OK()["name"])
	assert.EqualValues(t, 2, s.Call("GET /scim/v2/Schemas").OK()["totalResults"])
}

func FuzzUserFilter(f *testing.F) {
	for _, seed := range []string{
		`userName eq "a"`, `(email co "x" or not active eq true) and title pr`, `((`, `userName eq`, `"`, `a eq "b" or`,
		`not not not id pr`, `email co ""00`, `userName eq "\"`,
	} {
		f.Add(seed)
	}
	user := world.Object{"userName": "a", "emails": []world.Object{{"type": "work", "value": "a"}}}
	f.Fuzz(func(t *testing.T, s string) {
		filter, ok := newUserFilter(s)
		assert.Equal(t, ok, filter != nil)
		if !ok {
			return
		}
		filter(user)
		negated, ok := newUserFilter("not (" + s + ")")
		if ok { // it may be too deep by one
			assert.NotEqual(t, filter(user), negated(user), s)
		}
	})
}
