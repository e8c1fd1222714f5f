package rcapi_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/internal/specfiles"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestSpecification compares the catalogue with the specification of each edition that RC_SPEC lists, row by row.
func TestSpecification(t *testing.T) {
	given, err := specfiles.Given()
	require.NoError(t, err)
	if len(given) == 0 {
		t.Skip("NOT COMPARED WITH THE SPECIFICATIONS: run RC_SPEC=EDITION=PATH:… go test ./gradtest/rcapi")
	}
	for _, f := range given {
		t.Run(string(f.Edition), func(t *testing.T) {
			src, err := os.ReadFile(f.Path)
			require.NoError(t, err)
			spec, err := openapi.Read(src)
			require.NoError(t, err)
			byShape := make(map[string]*openapi.Row, len(spec))
			for i := range spec {
				byShape[unnamed(spec[i].Method+" "+spec[i].Path)] = &spec[i]
			}
			var table []openapi.Row
			for o := range f.Edition.Operations() {
				row := openapi.Row{
					ID: o.ID, Method: o.Method, Path: o.Path, Group: string(o.Group), Scope: string(o.Scope),
					Permission: o.Permission, Success: o.Success, ContentTypes: o.ContentTypes, PathParams: o.PathParams,
					RequiredQuery: o.RequiredQuery, Deprecated: o.Deprecated,
				}
				if want := byShape[unnamed(o.String())]; want != nil {
					// The catalogue has one id and one name for each parameter, those of the newest edition.
					if found, ok := rcapi.Lookup(want.ID); ok && found.ID == o.ID || slices.Contains(reused, o.ID) {
						row.ID = want.ID
					}
					row.Path, row.PathParams, row.Errors = want.Path, want.PathParams, want.Errors
					for _, e := range want.Errors { // the catalogue has those of all editions
						assert.Contains(t, errorsOf(o), e, o.ID)
					}
					if want.Success == nil {
						row.Success = nil
					}
					if found := rcapi.Scope(want.Scope); f.Edition == rcapi.Newest && found.Canonical() == o.Scope {
						row.Scope = want.Scope
					}
				}
				table = append(table, row)
			}
			if differ := openapi.Compare(table, spec); len(differ) > 0 {
				t.Errorf("%d differences; run go generate in gradtest/rcapi:\n%s", len(differ), strings.Join(differ, "\n"))
			}
		})
	}
}

func errorsOf(o rcapi.Operation) []string {
	var out []string
	for _, e := range o.ErrorCodes() {
		out = append(out, fmt.Sprint(e.Status, " ", e.Code))
	}
	return out
}

// reused are operations whose ids of the time belong to other operations today.
var reused = []string{rcapi.CreateA2PSMS2021.ID, rcapi.ReadA2PBatch2021.ID}

// unnamed removes the names of parameters from a template.
func unnamed(template string) string {
	var out []string
	for segment := range strings.SplitSeq(template, "/") {
		if strings.HasPrefix(segment, "{") {
			segment = "{}"
		}
		out = append(out, segment)
	}
	return strings.Join(out, "/")
}
