package requestcheck

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// In doubt a request is accepted: package rctest compares the check with the emulator, operation by operation.
func TestDoubtIsAccepted(t *testing.T) {
	for name, r := range map[string]Request{
		"an operation of no catalogue": {Op: rcapi.MustParse("POST /restapi/v1.0/news")},
		"an operation of another path": {Op: rcapi.Operation{ID: "createSMSMessage", Method: "POST", Path: "/x"}},
		"a body that is not needed":    {Op: rcapi.ReadExtension, Type: "text/plain", Body: []byte("x")},
		"a type that cannot be read":   {Op: rcapi.CreateContact, Type: "a/b/c", Body: []byte("x")},
		"an image by itself":           {Op: rcapi.CreateUserProfileImage, Type: "image/png", Body: []byte("x")},
		"a number for a name":          {Op: rcapi.UpdateMessage, Type: "application/json", Body: []byte(`{"readStatus":1}`)},
		"an empty value":               {Op: rcapi.ListMessages, Query: url.Values{"direction": {""}}},
	} {
		assert.Empty(t, Faults(r), name)
	}
}

func TestAlternativesRefuseOnlyTogether(t *testing.T) {
	a := &shape.Shape{Type: "object", Members: []shape.Member{{Name: "id", Required: true}}}
	b := &shape.Shape{Type: "object", Members: []shape.Member{{Name: "name", Required: true}, {Name: "kind", Required: true}}}
	s := &shape.Shape{Alternatives: []*shape.Shape{b, a}}
	assert.Empty(t, members(s, map[string]any{"id": "1"}, ""))
	assert.Empty(t, members(s, map[string]any{"name": "1", "kind": "2"}, ""))
	found := members(s, map[string]any{}, "to[0]")
	require.Len(t, found, 1, "of the alternative with the fewest")
	assert.Equal(t, "to[0].id", found[0].path)
}

func TestLongListsAreCut(t *testing.T) {
	many := make([]any, 20)
	for i := range many {
		many[i] = "x"
	}
	assert.Contains(t, list(many), " and 8 more")
}

func FuzzFaults(f *testing.F) {
	f.Add("createSMSMessage", "application/json", `{"to":[{"phoneNumber":1}]}`, "direction=x", false)
	f.Add("createFaxMessage", "multipart/form-data", `{"to":[]}`, "", true)
	f.Add("createSubscription", "", "", "a=%2C,", false)
	f.Add("updateMessage", "application/json", `[{"readStatus":"x"},null,{}]`, "", false)
	f.Fuzz(func(t *testing.T, id, kind, body, query string, parts bool) {
		op, ok := rcapi.Lookup(id)
		if !ok {
			return
		}
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		r := Request{Op: op, Query: values, Type: kind, Body: []byte(body), Multipart: parts}
		for _, err := range Faults(r) {
			assert.NotEmpty(t, err.Error())
		}
		assert.Equal(t, len(Faults(r)), len(Faults(r)), "the same request has the same faults")
	})
}
