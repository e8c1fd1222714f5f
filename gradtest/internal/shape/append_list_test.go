package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAppendFillsLists(t *testing.T) {
	s := parse(t, "1 {\"type\":\"array\",\"minItems\":3,\"unique\":true,\"items\":2}\n2 {\"type\":\"string\",\"enum\":[\"a\",\"b\",\"Failed\"]}\n")
	assert.ElementsMatch(t, []any{"a", "b", "Failed"}, value(t, string(Maker{}.Append(nil, s, []any{"b", "c"}, ""))))
}

func TestListsThatCannotBeFilled(t *testing.T) {
	s := parse(t, "1 {\"type\":\"array\",\"minItems\":2,\"unique\":true,\"items\":2}\n2 {\"type\":\"string\",\"enum\":[\"a\"]}\n")
	assert.Equal(t, "null", string(Maker{}.Append(nil, s, []string{"a"}, "")), "there are no two different values")
}
