package rcapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestParse(t *testing.T) {
	o, err := rcapi.Parse("  GET   /restapi/v1.0/account/{accountId}/meeting/{meeting_id}  ")
	require.NoError(t, err)
	const pattern = "GET /restapi/v1.0/account/{accountId}/meeting/{meeting_id}"
	assert.Equal(t, rcapi.Operation{
		ID: pattern, Method: "GET", Path: "/restapi/v1.0/account/{accountId}/meeting/{meeting_id}",
		PathParams: []string{"accountId", "meeting_id"},
	}, o)
	assert.Equal(t, pattern, o.String())
	assert.Equal(t, []string{"heavy", "medium", "light"}, o.Groups(), "a group that is not known is charged everywhere")

	declared := rcapi.MustParse(pattern).In(rcapi.Light).Needs(rcapi.ScopeMeetings)
	assert.Equal(t, rcapi.Light, declared.Group)
	assert.Equal(t, rcapi.ScopeMeetings, declared.Scope)
	assert.Empty(t, o.Scope, "In and Needs return copies")
}

func TestParseFaults(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		want    []string // one for each fault that is reported
	}{
		{"", []string{`write "GET /restapi`}},
		{"/restapi", []string{`a method, a space and a path are required`}},
		{"get /restapi", []string{`unknown method "get": use one of GET,`}},
		{"FETCH restapi?x", []string{"unknown method", "does not begin with a slash"}},
		{"GET https://platform.ringcentral.com/restapi", []string{"without a host"}},
		{"GET /", []string{"path is empty"}},
		{"GET /a?b=c", []string{"query"}},
		{"GET /a#b", []string{"fragment"}},
		{"GET /a/", []string{"empty segment"}},
		{"GET /a//b", []string{"empty segment"}},
		{"GET //a", []string{"empty segment"}},
		{"GET /account/~/x", []string{`~ after "account": write a parameter`}},
		{"GET /a/../b", []string{`".." changes the path`}},
		{"GET /a/{b", []string{"mixes braces"}},
		{"GET /a/b}", []string{"mixes braces"}},
		{"GET /a/x{b}", []string{"mixes braces"}},
		{"GET /a/{b}{c}", []string{"mixes braces"}},
		{"GET /a/{}", []string{"has no name"}},
		{"GET /a/{b c}", []string{"letters, digits and underscores"}},
		{"GET /a/{b-c}", []string{"letters, digits and underscores"}},
		{"GET /a/b c", []string{"not allowed in a template"}},
		{"GET /a/%20", []string{"not allowed in a template"}},
		{"GET /a/ü", []string{"not allowed in a template"}},
		{"GET /{a}/{b}/{a}", []string{"{a} occurs twice"}},
		{"GET /a//{}/~/", []string{"empty segment", "has no name", "segment ~", "empty segment"}},
	} {
		_, err := rcapi.Parse(tt.pattern)
		if !assert.Error(t, err, tt.pattern) {
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		require.Len(t, lines, len(tt.want), err.Error())
		for i, want := range tt.want {
			assert.Contains(t, lines[i], want, tt.pattern)
			assert.True(t, strings.HasPrefix(lines[i], "rcapi: parse "), lines[i])
		}
	}
	assert.Panics(t, func() { rcapi.MustParse("GET") })
}

func FuzzParse(f *testing.F) {
	for o := range rcapi.All() {
		f.Add(o.String())
	}
	f.Add("GET /a/{b}/{b}")
	f.Add("POST  //x?y")
	f.Fuzz(func(t *testing.T, pattern string) {
		o, err := rcapi.Parse(pattern)
		if err != nil {
			if o.ID != "" || !strings.HasPrefix(err.Error(), "rcapi: parse ") {
				t.Fatalf("Parse(%q) = %v, %v", pattern, o, err)
			}
			return
		}
		again, err := rcapi.Parse(o.String())
		if err != nil || again.ID != o.ID || o.ID != o.String() {
			t.Fatalf("Parse(%q) = %v, and of that %v, %v", pattern, o, again, err)
		}
		params := make(map[string]string)
		for _, p := range o.PathParams {
			params[p] = "7/8 9"
		}
		path, err := o.Expand(params)
		if err != nil {
			t.Fatalf("Expand of %v: %v", o, err)
		}
		if got, ok := rcapi.NewCatalogue(o).Match(o.Method, path); !ok {
			t.Fatalf("%v does not match its own path %s", o, path)
		} else if len(o.PathParams) == 0 && got.ID != o.ID {
			t.Fatalf("%s matches %v, want the declared %v", path, got, o)
		}
	})
}
