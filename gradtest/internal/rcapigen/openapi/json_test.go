package openapi

import (
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestJSON reads one document as JSON and as YAML.
func TestJSON(t *testing.T) {
	const text = `{"b": [1, -2, 1.5, "x", true, null, {}], "a": {"c": {"d": []}, "b": "2021-03"}}`
	got, err := unmarshalOrdered([]byte(text))
	require.NoError(t, err)
	var want yaml.MapSlice
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(text), &want, yaml.UseOrderedMap()))
	assert.Equal(t, want, got)
	for _, bad := range []string{`{`, `{"a"`, `{"a": [`, `{"a": [1`, `{"a": }`, `{"a": [}`} {
		_, err := unmarshalOrdered([]byte(bad))
		assert.Error(t, err, bad)
	}

	const document = `{"paths": {"/a/{b}": {"parameters": [{"name": "b", "in": "path"}], "get": {"operationId": "a",
		"x-throttling-group": "Light", "x-app-permission": "S", "deprecated": true, "responses": {"200": {}},
		"x-error-codes": [{"httpCode": "400", "errorCode": "X-1"}]}}}}`
	rows, err := Read([]byte(document))
	require.NoError(t, err)
	assert.Equal(t, []Row{{
		ID: "a", Method: "GET", Path: "/a/{b}", Group: "Light", Scope: "S", Success: []int{200}, PathParams: []string{"b"},
		Deprecated: true, Errors: []string{"400 X-1"},
	}}, rows)
}
