package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestShapesThatContainThemselves(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["id 2!","below 3"]}
2 {"type":"string"}
3 {"type":"array","items":1}
`)
	assert.Same(t, s, s.Members[1].Shape.Items)
	v := Maker{}.Make(s, "1", true).(map[string]any)
	assert.Equal(t, "1", v["id"])
	below := v["below"].([]any)[0].(map[string]any)
	assert.NotContains(t, below, "below", "what contains itself is made one level down, and no further")
	assert.True(t, s.Valid(v))
}

func TestDataThatIsBroken(t *testing.T) {
	d := &data{text: "1 {\"type\":3}\nlist {\"answers\":[\"200 application/json 1\"]}\n"}
	assert.PanicsWithValue(t, "shape: skeletons.gen.txt: json: cannot unmarshal number into Go struct field Row.type of type string: run go generate in gradtest/rcapi",
		func() { d.operation("list") })
}
