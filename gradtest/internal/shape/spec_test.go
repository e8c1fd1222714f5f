package shape

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
	"github.com/graduationkit/ringcentral/gradtest/internal/specfiles"
	"github.com/graduationkit/ringcentral/gradtest/internal/spectest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func specification(t *testing.T) *spectest.Spec {
	given, err := specfiles.Given()
	require.NoError(t, err)
	if len(given) < len(rcapi.Editions()) {
		t.Skip("NOT CHECKED AGAINST THE SPECIFICATIONS: run RC_SPEC=EDITION=PATH:… go test ./gradtest/internal/shape with all editions")
	}
	var paths []string
	for _, f := range given {
		paths = append(paths, f.Path)
	}
	spec, err := spectest.Load(paths...)
	require.NoError(t, err)
	return spec
}

// TestSpecification compares the committed data with the specifications, operation by operation.
func TestSpecification(t *testing.T) {
	given, err := specfiles.Given()
	require.NoError(t, err)
	if len(given) < len(rcapi.Editions()) {
		t.Skip("NOT COMPARED WITH THE SPECIFICATIONS: run RC_SPEC=EDITION=PATH:… go test ./gradtest/internal/shape with all editions")
	}
	var editions []openapi.Edition
	for _, f := range given {
		src, err := os.ReadFile(f.Path)
		require.NoError(t, err)
		rows, err := openapi.Read(src)
		require.NoError(t, err)
		editions = append(editions, openapi.Edition{Name: string(f.Edition), Src: src, Rows: rows})
	}
	rows, err := openapi.Merge(editions, nil)
	require.NoError(t, err)
	want, err := openapi.Skeletons(editions, rows)
	require.NoError(t, err)
	have, err := skeleton.Unmarshal(text)
	require.NoError(t, err)
	if differ := skeleton.Compare(have, want); len(differ) > 0 {
		t.Errorf("%d operations differ; run go generate in gradtest/rcapi:\n%s", len(differ), strings.Join(differ, "\n"))
	}
}

func TestSpecificationAcceptsWhatIsMade(t *testing.T) {
	spec := specification(t)
	failed := make(map[string]bool)
	for o := range rcapi.All() {
		if opened(o.ID) {
			continue // what is made uses the opening
		}
		op := Of(o.ID)
		for _, a := range op.Responses {
			for _, c := range a.Contents {
				for _, full := range []bool{false, true} {
					b := testMaker.AppendMade(nil, c.Shape, "123456789", full)
					switch err := spec.Answer(o.ID, a.Status, c.Type, b); {
					case spectest.Contradictory(o.ID, a.Status):
						failed[o.ID] = failed[o.ID] || err != nil
					case err != nil:
						t.Errorf("full %v: %v", full, err)
					}
				}
			}
		}
		for _, c := range op.Request {
			for _, full := range []bool{false, true} {
				m := testMaker
				m.Request = true
				b := m.AppendMade(nil, c.Shape, "123456789", full)
				if err := spec.Request(o.ID, c.Type, b); err != nil {
					t.Errorf("full %v: %v", full, err)
				}
			}
		}
	}
	for _, c := range spectest.Contradictions() {
		if !failed[c.Operation] {
			t.Errorf("%s %d is no longer a contradiction (%s): remove it from the table", c.Operation, c.Status, c.Why)
		}
	}
}

// TestValuesWithAFault holds Valid against the validator, and lets the validator judge what Append makes of the value.
func TestValuesWithAFault(t *testing.T) {
	spec := specification(t)
	fits, unfit, places := 0, 0, 0
	var b []byte
	judge := func(id string, status int, c Content) {
		v := testMaker.Make(c.Shape, "1", true)
		places++
		spoiled(v, places, func(what string) {
			raw, err := json.Marshal(v)
			require.NoError(t, err)
			err = spec.Answer(id, status, c.Type, raw)
			if got := c.Shape.Valid(v); got != (err == nil) {
				t.Errorf("%s %s: Valid says %v, the validator %v", id, what, got, err)
			}
			if err == nil {
				fits++
			} else {
				unfit++
			}
			b = testMaker.Append(b[:0], c.Shape, v, "1")
			if err := spec.Answer(id, status, c.Type, b); err != nil {
				t.Errorf("%s, repaired: %v", what, err)
			}
		})
	}
	for _, id := range ids {
		for _, a := range Of(id).Responses {
			for _, c := range a.Contents {
				if strings.HasSuffix(c.Type, "json") && !opened(id) && !spectest.Contradictory(id, a.Status) {
					judge(id, a.Status, c)
				}
			}
		}
	}
	t.Logf("%d values fit, %d do not", fits, unfit)
	require.Greater(t, min(fits, unfit), 3000)
}

// opened reports whether an operation has parts that are optional or of any value, unlike in the specification.
func opened(id string) bool {
	return slices.ContainsFunc(openings, func(o opening) bool {
		return (o.any || o.optional || o.answer) && slices.Contains(strings.Fields(o.operations), id)
	})
}
