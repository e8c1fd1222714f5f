package lines

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLinkIsReversible(t *testing.T) {
	record := Begin(nil, 1)
	record = AppendText(record, `"id":`, `x","n":5,"h":"y`)
	prev := HashOf([]byte("line\n"))
	for name, l := range map[string]Link{
		"first of all":    {N: 1},
		"first of a day":  {N: 1, Prev: prev, First: First{Before: Place{"2026-11-23", 12}}},
		"after old lines": {N: 1, First: First{Before: Place{"2026-11-23", 0}, From: 4711}},
		"late":            {N: 1, First: First{Before: Place{"2026-11-23", 0}, Late: true, From: 4711}},
		"late and first":  {N: 1, First: First{Late: true}},
		"in an old file":  {N: 1, First: First{From: 4711}},
		"another":         {N: 123456, Prev: prev},
	} {
		body := AppendLink(append([]byte{}, record...), l)
		rest, got, ok := CutLink(body)
		require.True(t, ok, name)
		assert.Equal(t, l, got, name)
		assert.Equal(t, record, rest, name)
	}
	for _, body := range []string{
		"", string(record), string(AppendLink(nil, Link{N: 0})), `,"n":01,"h":"` + prev.String() + `"`,
		`,"n":1,"h":"` + prev.String()[1:] + `"`, `,"n":1,"h":"` + prev.String() + ` `,
		`,"n":1,"h":"` + prev.String()[1:] + `~"`, `,"n":9999999999999999999,"h":"` + prev.String() + `"`,
	} {
		rest, _, ok := CutLink([]byte(body))
		assert.False(t, ok, body)
		assert.Equal(t, body, string(rest))
	}
}

func TestWhole(t *testing.T) {
	line := Seal(AppendText(Begin(nil, 1), `"id":`, "a"), 0)
	line = line[:len(line)-1]
	for text, want := range map[string]struct{ more, ok bool }{
		string(line): {false, true}, string(line) + "x": {true, true}, string(line) + TornMark: {true, true},
		string(line[:len(line)-1]): {}, "": {}, "x": {}, checksumKey: {}, "x" + string(line): {},
	} {
		part, more, ok := Whole([]byte(text))
		assert.Equal(t, want.ok, ok, text)
		assert.Equal(t, want.more, more, text)
		if ok {
			assert.Equal(t, line, part)
		}
	}
}

func FuzzLink(f *testing.F) {
	f.Add(AppendLink(nil, Link{N: 1, First: First{Before: Place{"2026-11-23", 1}, From: 1}}))
	f.Add([]byte(`,"from":0,"n":1,"h":"` + "0000000000000000000\n\n\n000000000000000000000" + `"`))
	f.Add([]byte(`{"v":1,"id":"x"`))
	f.Fuzz(func(t *testing.T, body []byte) {
		record, l, ok := CutLink(body)
		if !ok {
			require.Equal(t, body, record)
			return
		}
		require.Equal(t, string(body), string(AppendLink(append([]byte{}, record...), l)))
	})
}
