package shape

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func value(t testing.TB, text string) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v))
	return v
}

func TestCheckOperations(t *testing.T) {
	request := func(id string) *Shape { return Of(id).Request[0].Shape }
	for _, tt := range []struct {
		id, body string
		want     []Mismatch
	}{
		{"createSMSMessage", `{"from":{"phoneNumber":"+16505550100"},"to":[{"phoneNumber":"+16505550101"}],"text":"hello"}`, nil},
		{"createSMSMessage", `{"from":{"phoneNumber":"+16505550100"},"to":[{"phoneNumber":"+16505550101"}],"text":"hello","country":{"id":"","uri":"","name":"","isoCode":"","callingCode":""}}`, nil},
		{"createSMSMessage", `{}`, []Mismatch{
			{Path: "from", Missing: true, Want: "object"}, {Path: "to", Missing: true, Want: "array"}, {Path: "text", Missing: true, Want: "string"}}},
		{"createSMSMessage", `{"from":{"phoneNumber":16505550100},"to":{"phoneNumber":"+1"},"text":null}`, []Mismatch{
			{Path: "to", Value: `{"phoneNumber":"+1"}`, Want: "array"}, {Path: "text", Value: "null", Want: "string"}}},
		{"createSMSMessage", `"hello"`, []Mismatch{{Value: "hello", Want: "object"}}},
		{"createSubscription", `{"eventFilters":["/restapi/v1.0/account/~/presence"],"deliveryMode":{"transportType":"WebHook","address":"https://example.com"}}`, nil},
		{"createSubscription", `{"eventFilters":["a"],"deliveryMode":{"transportType":"Pigeon"}}`, []Mismatch{
			{Path: "deliveryMode.transportType", Value: "Pigeon", Want: "one of WebHook, PubNub, RC/APNS, RC/GCM"}}},
	} {
		assert.Equal(t, tt.want, request(tt.id).Check(value(t, tt.body)), "%s %s", tt.id, tt.body)
	}
}

func TestCheck(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["kind 2!","made 3!r","secret 4!w","when 5","tags 6","pick 8","pet 11","own 14"]}
2 {"type":"string","enum":["A","B"]}
3 {"type":"integer"}
4 {"type":"string","minLength":2,"maxLength":3}
5 {"type":"string","format":"date-time"}
6 {"type":"array","minItems":1,"maxItems":2,"unique":true,"items":7}
7 {"type":"string","pattern":"^[a-z]+$"}
8 {"oneOf":[9,10]}
9 {"type":"object","members":["id 4!"]}
10 {"type":"object","members":["code 4!","name 4!"]}
11 {"oneOf":[12,13],"discriminator":"is"}
12 {"type":"object","members":["is 15!","bark 3!"]}
13 {"type":"object","members":["is 16!","purr 3!"]}
14 {"type":"object","members":["a 3"],"closed":true,"nullable":true}
15 {"type":"string","enum":["dog"]}
16 {"type":"string","enum":["cat"]}
`)
	for _, tt := range []struct {
		body string
		want []Mismatch
	}{
		{`{"kind":"A","secret":"abc"}`, nil},
		{`{"kind":"C","secret":"abcd"}`, []Mismatch{{Path: "kind", Value: "C", Want: "one of A, B"}, {Path: "secret", Value: "abcd", Want: "string, at least 2 characters, at most 3 characters"}}},
		{`{"kind":"A"}`, []Mismatch{{Path: "secret", Missing: true, Want: "string, at least 2 characters, at most 3 characters"}}},
		{`{"kind":"A","secret":"abc","when":"2026-11-24"}`, nil},
		{`{"kind":"A","secret":"abc","when":"soon"}`, []Mismatch{{Path: "when", Value: "soon", Want: "string (date-time)"}}},
		{`{"kind":"A","secret":"abc","tags":[]}`, []Mismatch{{Path: "tags", Value: "[]", Want: "at least 1 items"}}},
		{`{"kind":"A","secret":"abc","tags":["a","B","a"]}`, []Mismatch{
			{Path: "tags", Value: `["a","B","a"]`, Want: "at most 2 items"}, {Path: "tags[1]", Value: "B", Want: "string, like ^[a-z]+$"},
			{Path: "tags[2]", Value: "a", Want: "a value different from the other items"}}},
		{`{"kind":"A","secret":"abc","pick":{"code":"ab"}}`, []Mismatch{{Path: "pick.id", Missing: true, Want: "string, at least 2 characters, at most 3 characters"}}},
		{`{"kind":"A","secret":"abc","pick":{"code":"ab","name":"ab","id":"ab"}}`, nil},
		{`{"kind":"A","secret":"abc","pet":{"is":"cat"}}`, []Mismatch{{Path: "pet.purr", Missing: true, Want: "integer"}}},
		{`{"kind":"A","secret":"abc","pet":{}}`, []Mismatch{{Path: "pet.is", Missing: true, Want: "one of dog, cat"}}},
		{`{"kind":"A","secret":"abc","pet":1}`, []Mismatch{{Path: "pet", Value: "1", Want: "object"}}},
		{`{"kind":"A","secret":"abc","own":null}`, nil},
		{`{"kind":"A","secret":"abc","own":{"b":1}}`, []Mismatch{{Path: "own.b", Value: "1", Want: "no such member"}}},
	} {
		assert.Equal(t, tt.want, s.Check(value(t, tt.body)), tt.body)
	}
	assert.True(t, s.Valid(map[string]any{"kind": "B", "made": 1}), "what is only written is not in answers")
	assert.False(t, s.Valid(map[string]any{"kind": "B"}), "what is only read is")
	assert.True(t, s.Valid(json.RawMessage(`{"kind":"A","made":1}`)))
	assert.False(t, s.Valid(json.RawMessage(`{`)))
	assert.True(t, s.Valid(map[string]any{"kind": "B", "made": 1, "when": time.Now(), "tags": []string{"a"}}))
	assert.True(t, s.Valid(struct {
		Kind string `json:"kind"`
		Made int    `json:"made"`
	}{"A", 1}), "other types go by their JSON")
	assert.False(t, s.Valid(func() {}))
}

func TestCheckShortensValues(t *testing.T) {
	s := parse(t, "1 {\"type\":\"integer\"}\n")
	long := make([]rune, 100)
	for i := range long {
		long[i] = 'é'
	}
	found := s.Check(string(long))
	require.Len(t, found, 1)
	assert.Equal(t, string(long[:60])+"…", found[0].Value)
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`{}`, `null`, `[1,2]`, `{"from":{"phoneNumber":1},"to":[{}],"text":""}`, `{"deliveryMode":{"transportType":"WebHook"}}`} {
		f.Add(uint16(0), seed)
		f.Add(uint16(400), seed)
	}
	f.Fuzz(func(t *testing.T, n uint16, body string) {
		op := Of(ids[int(n)%len(ids)])
		var v any
		if json.Unmarshal([]byte(body), &v) != nil {
			v = body
		}
		for _, c := range op.Request {
			for _, fault := range c.Shape.Check(v) {
				if fault.Want == "" {
					t.Errorf("%s: a fault that does not say what is wanted: %+v", op.ID, fault)
				}
			}
		}
		for _, p := range op.Parameters {
			p.Check([]string{body})
		}
	})
}
