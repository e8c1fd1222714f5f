package rcapi_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestSpecification compares the committed table with the specification, row by row.
func TestSpecification(t *testing.T) {
	path := os.Getenv("RC_SPEC")
	if path == "" {
		t.Skip("NOT COMPARED WITH THE SPECIFICATION: run RC_SPEC=/path/to/openapi.yml go test ./gradtest/rcapi")
	}
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	spec, err := openapi.Read(src)
	require.NoError(t, err)
	var table []openapi.Row
	for o := range rcapi.All() {
		table = append(table, openapi.Row{
			ID: o.ID, Method: o.Method, Path: o.Path, Group: string(o.Group), Scope: string(o.Scope),
			Permission: o.Permission, Success: o.Success, ContentTypes: o.ContentTypes, PathParams: o.PathParams,
			RequiredQuery: o.RequiredQuery, Deprecated: o.Deprecated,
		})
	}
	if differ := openapi.Compare(table, spec); len(differ) > 0 {
		t.Errorf("%d differences; run go generate in gradtest/rcapi:\n%s", len(differ), strings.Join(differ, "\n"))
	}
}
