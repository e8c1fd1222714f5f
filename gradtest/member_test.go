package gradtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConditionsInPaths(t *testing.T) {
	const body = `{"records":["x",{"id":1,"type":"Department","on":false},` +
		`{"id":2,"type":"User","on":true,"tags":["a","b"]}]}`
	for path, want := range map[string]string{
		"records.[type=User].id": "2", "records.[tags=b].id": "2", "records.[id=1].type": "Department",
		"records.[on=true].id": "2",
	} {
		got, err := memberOf([]byte(body), path)
		require.NoError(t, err, path)
		assert.Equal(t, want, got, path)
	}
	for path, want := range map[string]string{
		"records.[type=Site].id": "records has 3 items, none with type Site: create one first",
		"records.[type].id":      `records is a list: write the index of an item instead of "[type]"`,
		"records.[].id":          "write the index of an item",
		"[type=User].id":         "the response has no member [type=User]",
	} {
		_, err := memberOf([]byte(body), path)
		assert.ErrorContains(t, err, want, path)
	}
}
