package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parse makes a shape of the lines of a data file, of which the first is the one.
func parse(t testing.TB, rows string) *Shape {
	t.Helper()
	d := &data{text: rows}
	d.operation("")
	require.NotEmpty(t, d.rows)
	return d.shape(1)
}

func TestMember(t *testing.T) {
	s := Of("createSMSMessage").Request[0].Shape
	m, ok := s.Member("text")
	require.True(t, ok)
	assert.True(t, m.Required)
	assert.Equal(t, "string", m.Shape.Type)
	_, ok = s.Member("Text")
	assert.False(t, ok)
	var nothing *Shape
	_, ok = nothing.Member("a")
	assert.False(t, ok)
}

func TestFree(t *testing.T) {
	var nothing *Shape
	assert.True(t, nothing.Free())
	assert.True(t, parse(t, "1 {\"type\":\"object\"}\n").Free())
	assert.False(t, parse(t, "1 {\"type\":\"object\",\"closed\":true}\n").Free())
	assert.False(t, parse(t, "1 {\"type\":\"object\",\"members\":[\"a 0\"]}\n").Free())
}
