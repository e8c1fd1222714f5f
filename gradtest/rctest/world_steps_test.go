package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestWorldFromFile(t *testing.T) {
	w, err := ReadWorld(strings.NewReader(`{"bare": true, "steps": [
		{"op": "createContact", "body": {"firstName": "Ada"}, "as": "ada"},
		{"op": "updateContact", "params": {"contactId": "{ada}"}, "body": {"lastName": "Known"}},
		{"op": "updateFavoriteContactList", "body": {"records": [{"id": 1, "contactId": "{ada}"}]}}
	]}`))
	require.NoError(t, err)
	a := newApp(t, Config{World: w})
	list := a.call("GET " + own + "/address-book/contact").json(t)
	records := list["records"].([]any)
	require.Len(t, records, 1)
	assert.Equal(t, "Known", records[0].(map[string]any)["lastName"])
	assert.NotContains(t, a.call("GET "+own+"/favorite").body, "{ada}")
	assert.Zero(t, len(a.h.Calls())-3, "steps are not recorded as calls")
	assert.Equal(t, 2, a.h.Verdict().Successes)
}

func TestWorldOfValues(t *testing.T) {
	type contact struct {
		FirstName string `json:"firstName"`
	}
	a := newApp(t, Config{World: World{Bare: true, Steps: []Step{{Op: rcapi.CreateContact.ID, Body: contact{"Eve"}}}}})
	assert.Contains(t, a.call("GET "+own+"/address-book/contact").body, `"Eve"`)
}

func TestWorldFaults(t *testing.T) {
	for text, want := range map[string]string{
		`{"stepz": []}`: "stepz",
		`{} {}`:         "after the object",
		`{"steps":[{"op":"createContact","ago":"x"}]}`: "duration such as",
		`[`: "write an object such as",
	} {
		_, err := ReadWorld(strings.NewReader(text))
		assert.ErrorContains(t, err, want, text)
	}
	for _, c := range []struct {
		step Step
		want string
	}{
		{Step{Op: "createNothing"}, "step 1 (createNothing): the catalogue has no such operation"},
		{Step{Op: "readContact"}, "the path needs contactId"},
		{Step{Op: "readContact", Params: map[string]string{"contactId": "7"}}, "404 CMN-102"},
		{Step{Op: "createAnsweringRule", Body: map[string]any{"type": "Custom"}}, "400 CMN-100 (Parameter [name] is mandatory): fix the step"},
		{Step{Op: "deleteContact", As: "x", Params: map[string]string{"contactId": "{unknown}"}}, "404 CMN-102"},
	} {
		_, err := NewHandler(Config{World: World{Steps: []Step{c.step}}})
		assert.ErrorContains(t, err, c.want)
	}
}

// TestSeed: generated values depend only on the seed.
func TestSeed(t *testing.T) {
	body := func(seed uint64) string {
		return newApp(t, Config{Seed: seed}).call("GET /restapi/v1.0/account/~/ivr-menus").body
	}
	assert.Equal(t, body(1), body(1))
	assert.NotEqual(t, body(1), body(2))
}
