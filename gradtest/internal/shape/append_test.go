package shape

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAppend(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["id 2!","uri 3","when 4","day 5","tags 6","pets 8","pick 11","free 14","more 15","seq 16!w"]}
2 {"type":"integer"}
3 {"type":"string","format":"uri"}
4 {"type":"string","format":"date-time"}
5 {"type":"string","format":"date"}
6 {"type":"array","minItems":2,"maxItems":3,"unique":true,"items":7}
7 {"type":"string","maxLength":9}
8 {"type":"array","items":9}
9 {"type":"object","members":["name 10!","href 10"]}
10 {"type":"string"}
11 {"oneOf":[12,13]}
12 {"type":"object","members":["code 10!"]}
13 {"type":"object","members":["name 10!","size 2"]}
14 {"type":"object"}
15 {"type":"object","members":["id 2"],"others":2}
16 {"type":"integer"}
`)
	m := Maker{Base: "http://host"}
	at := time.Date(2026, 11, 24, 13, 0, 0, 0, time.FixedZone("", 3600))
	for _, tt := range []struct {
		v    map[string]any
		want string
	}{
		{map[string]any{"id": 7}, `{"id":7}`},
		{map[string]any{"uri": "/a", "id": int64(7), "unknown": 1}, `{"id":7,"uri":"http://host/a"}`},
		{map[string]any{"id": 7.0, "uri": "https://other/a"}, `{"id":7,"uri":"https://other/a"}`},
		{map[string]any{"id": "seven"}, `{"id":42}`},
		{map[string]any{"id": "7"}, `{"id":7}`},
		{map[string]any{"id": "07"}, `{"id":42}`},
		{map[string]any{"id": 7, "tags": []any{1, 2.5, 1234567890}}, `{"id":7,"tags":["1","2.5"]}`},
		{map[string]any{}, `{"id":42}`},
		{map[string]any{"id": 7, "uri": 7}, `{"id":7}`},
		{map[string]any{"id": 7, "uri": nil}, `{"id":7}`},
		{map[string]any{"id": 7, "when": at, "day": at}, `{"id":7,"when":"2026-11-24T12:00:00.000Z","day":"2026-11-24"}`},
		{map[string]any{"id": 7, "tags": []string{"a", "a", "b", "much too long", "c", "d"}}, `{"id":7,"tags":["a","b","c"]}`},
		{map[string]any{"id": 7, "pets": []map[string]any{{"name": "Rex", "href": "/pets/1"}}}, `{"id":7,"pets":[{"name":"Rex","href":"http://host/pets/1"}]}`},
		{map[string]any{"id": 7, "pets": []any{1, map[string]any{"name": "Rex", "age": 2}}}, `{"id":7,"pets":[{"name":"Rex"}]}`},
		{map[string]any{"id": 7, "pick": map[string]any{"name": "n", "size": 1, "colour": "red"}}, `{"id":7,"pick":{"name":"n","size":1}}`},
		{map[string]any{"id": 7, "pick": "n"}, `{"id":7}`},
		{map[string]any{"id": 7, "free": map[string]any{"b": []any{nil}, "a": "/a"}}, `{"id":7,"free":{"a":"/a","b":[null]}}`},
		{map[string]any{"id": 7, "more": map[string]any{"z": 1, "b": "x", "id": 2}}, `{"id":7,"more":{"id":2,"z":1}}`},
		{map[string]any{"id": 7, "free": json.RawMessage(`{"a": 1}`)}, `{"id":7,"free":{"a": 1}}`},
		{map[string]any{"id": 7, "pets": []struct {
			Name string `json:"name"`
		}{{"Rex"}}}, `{"id":7,"pets":[{"name":"Rex"}]}`},
	} {
		assert.Equal(t, tt.want, string(m.Append(nil, s, tt.v, "42")), "%v", tt.v)
	}
	assert.JSONEq(t, `{"id":42}`, string(m.Append(nil, s, []any{}, "42")), "a value that does not fit at all")
	assert.Equal(t, `x{"id":1}`, string(m.Append([]byte("x"), s, map[string]any{"id": 1}, "")))
	assert.Equal(t, `[1,"a"]`, string(m.Append(nil, nil, []any{1, "a"}, "")))
}

// TestAppendInListAndAlone: the generated members of a resource are the same in a list and alone.
func TestAppendInListAndAlone(t *testing.T) {
	const rows = `{"type":"array","items":2}
2 {"type":"object","members":["id 3!","name 3!","uri 4!","from 5!"]}
3 {"type":"string"}
4 {"type":"string","format":"uri"}
5 {"type":"object","members":["phoneNumber 3!"]}
`
	list := parse(t, "1 "+rows)
	alone := value(t, string(testMaker.Append(nil, list.Items, map[string]any{"id": "77"}, "77")))
	among := value(t, string(testMaker.Append(nil, list, []any{map[string]any{"id": "76"}, map[string]any{"id": 77}}, "list")))
	assert.Equal(t, alone, among.([]any)[1])
	assert.NotEqual(t, alone, among.([]any)[0])
}

func FuzzAppend(f *testing.F) {
	for _, seed := range []string{`{}`, `null`, `[]`, `"a"`, `{"id":"x","uri":"/a","records":[{"id":1},2,null]}`, `{"paging":{"perPage":-1},"navigation":[]}`,
		`{"deliveryMode":{"transportType":"WebSocket"}}`, `{"schemas":["a","a"],"Resources":[{"name":{"familyName":1}}]}`, `{"id":1e400}`, `{"response":{"errors":[]}}`} {
		f.Add(uint16(0), seed)
		f.Add(uint16(300), seed)
	}
	f.Fuzz(func(t *testing.T, n uint16, body string) {
		op := Of(ids[int(n)%len(ids)])
		var v any
		if json.Unmarshal([]byte(body), &v) != nil {
			v = body
		}
		for _, a := range op.Responses {
			for _, c := range a.Contents {
				b := testMaker.Append(nil, c.Shape, v, "key")
				var got any
				require.NoError(t, json.Unmarshal(b, &got), "%s: %s", op.ID, b)
				require.True(t, c.Shape.Valid(got), "%s %s: %s", op.ID, c.Type, b)
			}
		}
	})
}
