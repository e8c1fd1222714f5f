package shape

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadConverts(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["text 2","count 3","ratio 4","list 5","either 6","pet 8","small 11"],"others":2}
2 {"type":"string"}
3 {"type":"integer"}
4 {"type":"number"}
5 {"type":"array","items":1}
6 {"oneOf":[3,2]}
7 {"type":"string","enum":["dog"]}
8 {"oneOf":[9,10],"discriminator":"is"}
9 {"type":"object","members":["is 7!","age 3"]}
10 {"type":"object","members":["is 12!","age 2"]}
11 {"type":"integer","max":9}
12 {"type":"string","enum":["cat"]}
`)
	for _, tt := range []struct{ body, want, wrong string }{
		{`{"text":62264425,"list":[{"text":1}]}`, `{"text":"62264425","list":[{"text":"1"}]}`, ""},
		{`{"text":12345678901234567890}`, `{"text":"12345678901234567890"}`, ""},
		{`{"count":"17","ratio":"1.5"}`, `{"count":17,"ratio":1.5}`, ""},
		{`{"other":1}`, `{"other":"1"}`, ""},
		{`{"either":"1"}`, `{"either":"1"}`, ""},
		{`{"either":1}`, `{"either":1}`, ""},
		{`{"pet":{"is":"cat","age":3}}`, `{"pet":{"is":"cat","age":"3"}}`, ""},
		{`{"pet":{"is":"dog","age":"3"}}`, `{"pet":{"is":"dog","age":3}}`, ""},
		{`{"small":"10"}`, ``, "small"},
		{`{"count":"1.5"}`, ``, "count"},
		{`{"count":"0x10"}`, ``, "count"},
		{`{"count":"ten"}`, ``, "count"},
		{`{"count":" 1"}`, ``, "count"},
		{`{"text":{}}`, ``, "text"},
		{`{"text":[1]}`, ``, "text"},
		{`{"text":true}`, ``, "text"},
		{`{"count":[]}`, ``, "count"},
	} {
		var v any
		d := json.NewDecoder(strings.NewReader(tt.body))
		d.UseNumber()
		require.NoError(t, d.Decode(&v))
		before, err := json.Marshal(v)
		require.NoError(t, err)
		got, wrong := s.Read(v)
		after, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, string(before), string(after), "what was read is left as it is")
		if tt.wrong != "" {
			require.Len(t, wrong, 1, tt.body)
			assert.Equal(t, tt.wrong, wrong[0].Path)
			continue
		}
		assert.Empty(t, wrong, tt.body)
		text, err := json.Marshal(got)
		require.NoError(t, err)
		assert.JSONEq(t, tt.want, string(text))
	}
}
