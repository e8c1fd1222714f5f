package shape

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
	"github.com/graduationkit/ringcentral/gradtest/internal/spectest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// contradictions are answers that no value fits, by the specification's own fault.
var contradictions = map[string]string{
	"getSessionInsights 200": "the paging requires sortableFields and allows no members of that name",
	"caiJobStatusGet 200":    "exactly one of five alternatives, of which none requires anything that the others refuse",
}

// TestSpecification compares the committed data with the specification, operation by operation.
func TestSpecification(t *testing.T) {
	path := os.Getenv("RC_SPEC")
	if path == "" {
		t.Skip("NOT COMPARED WITH THE SPECIFICATION: run RC_SPEC=/path/to/openapi.yml go test ./gradtest/internal/shape")
	}
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := openapi.Read(src)
	require.NoError(t, err)
	want, err := openapi.Skeletons(src, rows)
	require.NoError(t, err)
	have, err := skeleton.Unmarshal(text)
	require.NoError(t, err)
	if differ := skeleton.Compare(have, want); len(differ) > 0 {
		t.Errorf("%d operations differ; run go generate in gradtest/rcapi:\n%s", len(differ), strings.Join(differ, "\n"))
	}
}

func TestSpecificationAcceptsWhatIsMade(t *testing.T) {
	path := os.Getenv("RC_SPEC")
	if path == "" {
		t.Skip("NOT CHECKED AGAINST THE SPECIFICATION: run RC_SPEC=/path/to/openapi.yml go test ./gradtest/internal/shape")
	}
	spec, err := spectest.Load(path)
	require.NoError(t, err)
	seen := make(map[string]bool)
	for o := range rcapi.All() {
		op := Of(o.ID)
		for _, a := range op.Answers {
			for _, c := range a.Contents {
				for _, full := range []bool{false, true} {
					b := testMaker.AppendMade(nil, c.Shape, "123456789", full)
					where := fmt.Sprintf("%s %d", o.ID, a.Status)
					switch err := spec.Answer(o.ID, a.Status, c.Type, b); {
					case contradictions[where] != "":
						seen[where] = seen[where] || err != nil
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
	for where, why := range contradictions {
		if !seen[where] {
			t.Errorf("%s is no longer a contradiction (%s): remove it from the table", where, why)
		}
	}
}
