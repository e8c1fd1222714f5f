package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAppendPicksByDiscriminator(t *testing.T) {
	s := Of("createSubscription").Responses[0].Contents[0].Shape
	v := testMaker.Make(s, "1", true).(map[string]any)
	for _, kind := range []string{"WebHook", "WebSocket"} {
		v["deliveryMode"] = map[string]any{"transportType": kind}
		b := testMaker.Append(nil, s, v, "1")
		got := value(t, string(b)).(map[string]any)
		assert.Equal(t, kind, got["deliveryMode"].(map[string]any)["transportType"])
		assert.True(t, s.Valid(got), "%s", b)
	}
}

func TestMadeOfAlternativesThatExcludeEachOther(t *testing.T) {
	s := parse(t, `1 {"oneOf":[2,3]}
2 {"type":"object","members":["records 4!"]}
3 {"type":"object","members":["id 4","status 4"]}
4 {"type":"string"}
`)
	for _, full := range []bool{false, true} {
		b := Maker{}.AppendMade(nil, s, "1", full)
		assert.Equal(t, 1, s.matches(b), "%s", b)
	}
}

func TestAppendPicksByLikeness(t *testing.T) {
	s := parse(t, `1 {"oneOf":[2,3,5]}
2 {"type":"object","members":["code 4!"]}
3 {"type":"object","members":["label 4!","size 6!"]}
4 {"type":"string"}
5 {"type":"array","items":4}
6 {"type":"integer"}
`)
	for v, want := range map[string]string{
		`{"code":"c","size":1}`:  `{"code":"c"}`,
		`{"label":"n","size":1}`: `{"label":"n","size":1}`,
		`["a",1,null]`:           `["a","1"]`,
		`{"size":4,"label":[]}`:  `{"label":"Label","size":4}`,
	} {
		assert.Equal(t, want, string(Maker{}.Append(nil, s, value(t, v), "1")), v)
	}
	assert.Equal(t, `{"code":"c"}`, string(Maker{}.Append(nil, s, map[string]string{"code": "c"}, "1")), "other types go by their JSON")
}
