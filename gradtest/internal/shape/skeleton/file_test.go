package skeleton

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const zoo = `1 {"type":"object","members":["name 2!","young 3","keeper 0r"]}
2 {"type":"string"}
3 {"type":"array","items":1}
list {"answers":["200 application/json 3"]}
feed {"params":["path id 2!"],"request":["application/json 1!"],"answers":["204 0"]}
`

func TestMarshalIsWhatUnmarshalReads(t *testing.T) {
	f, err := Unmarshal(zoo)
	require.NoError(t, err)
	assert.Equal(t, []Member{{Name: "name", Shape: 2, Required: true}, {Name: "young", Shape: 3}, {Name: "keeper", ReadOnly: true}}, f.Rows[0].Members)
	again, err := f.Marshal()
	require.NoError(t, err)
	assert.Equal(t, zoo, string(again))
}

func TestUnmarshalFaults(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"1 {\"type\":1}\n", "schema 1"},
		{"list []\n", "operation list"},
		{"1 {\"members\":[\"name\"]}\n", `member "name": no number`},
		{"1 {\"members\":[\"name x!\"]}\n", `member "name x!"`},
	} {
		_, err := Unmarshal(tt.text)
		assert.ErrorContains(t, err, tt.want)
	}
}

func TestCompare(t *testing.T) {
	want, err := Unmarshal(zoo)
	require.NoError(t, err)
	assert.Nil(t, Compare(want, want))

	renumbered, err := Unmarshal(`1 {"type":"string"}
2 {"type":"array","items":3}
3 {"type":"object","members":["name 1!","young 2","keeper 0r"]}
feed {"params":["path id 1!"],"request":["application/json 3!"],"answers":["204 0"]}
list {"answers":["200 application/json 2"]}
`)
	require.NoError(t, err)
	assert.Nil(t, Compare(renumbered, want), "numbers and order are no difference")

	other, err := Unmarshal(`1 {"type":"object","members":["name 2","young 3","keeper 0r"]}
2 {"type":"string"}
3 {"type":"array","items":1}
list {"answers":["200 application/json 3"]}
lose {"answers":["204 0"]}
`)
	require.NoError(t, err)
	assert.Equal(t, []string{
		`list: got {"type":"object","members":["name 3","young 1","keeper 0r"]}, want {"type":"object","members":["name 3!","young 1","keeper 0r"]}`,
		"feed: in the specification, not in the data",
		"lose: in the data, not in the specification",
	}, Compare(other, want))
}
