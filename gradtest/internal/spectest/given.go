package spectest

import (
	"os"
	"strings"
	"sync"
	"testing"
)

// given is the specification that the environment names, read once.
var given = sync.OnceValues(func() (*Spec, error) {
	path := os.Getenv("RC_SPEC")
	if path == "" {
		return nil, nil
	}
	return Load(path)
})

// Holds holds an answer of success against the specification that RC_SPEC names; without one it does nothing. Answers that are no
// JSON, and those that nothing fits, are passed over.
func Holds(tb testing.TB, operationID string, status int, contentType string, body []byte) {
	tb.Helper()
	spec, err := given()
	if err != nil {
		tb.Fatal(err)
	}
	if spec == nil || status < 200 || status > 299 || !strings.Contains(contentType, "json") || strings.Contains(contentType, "multipart") || Contradictory(operationID, status) {
		return
	}
	if err := spec.Answer(operationID, status, contentType, body); err != nil {
		tb.Errorf("%s: the specification does not have such an answer: %v\n%s", operationID, err, body)
	}
}
