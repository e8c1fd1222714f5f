package spectest

import (
	"os"
	"strings"
	"sync"
	"testing"
)

// given returns the specification named by RC_SPEC, read once; nil if it is not set.
var given = sync.OnceValues(func() (*Spec, error) {
	path := os.Getenv("RC_SPEC")
	if path == "" {
		return nil, nil
	}
	return Load(path)
})

// Holds checks a successful answer against the specification named by RC_SPEC; without RC_SPEC it does nothing. It
// skips answers that are not JSON and those in [Contradictions].
func Holds(tb testing.TB, operationID string, status int, contentType string, body []byte) {
	tb.Helper()
	spec, err := given()
	if err != nil {
		tb.Fatal(err)
	}
	plainJSON := strings.Contains(contentType, "json") && !strings.Contains(contentType, "multipart")
	if spec == nil || status < 200 || status > 299 || !plainJSON || Contradictory(operationID, status) {
		return
	}
	if err := spec.Answer(operationID, status, contentType, body); err != nil {
		tb.Errorf("%s: the specification does not allow this answer: %v\n%s", operationID, err, body)
	}
}
