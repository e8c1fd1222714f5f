package spectest

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/internal/specfiles"
)

// given returns the specifications that RC_SPEC lists, read once; nil if it is not set.
var given = sync.OnceValues(func() (*Spec, error) {
	files, err := specfiles.Given()
	if err != nil || len(files) == 0 {
		return nil, err
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	return Load(paths...)
})

// Holds checks a successful answer against the specifications that RC_SPEC lists; without RC_SPEC it does nothing. It
// skips answers that are not JSON and those in [Contradictions].
func Holds(tb testing.TB, operationID string, status int, contentType string, body []byte) {
	tb.Helper()
	spec, err := given()
	if err != nil {
		tb.Fatal(err)
	}
	plainJSON := strings.Contains(contentType, "json") && !strings.Contains(contentType, "multipart")
	if spec == nil || status < 200 || status > 299 || !plainJSON || Contradictory(operationID, status) || formerTransport(body) {
		return
	}
	if err := spec.Answer(operationID, status, contentType, body); err != nil {
		tb.Errorf("%s: the specification does not allow this answer: %v\n%s", operationID, err, body)
	}
}

// formerTransport reports whether an answer is a subscription over a transport that only older editions have.
func formerTransport(body []byte) bool {
	for _, name := range []string{"PubNub", "RC/APNS", "RC/GCM"} {
		if bytes.Contains(body, []byte(`"transportType":"`+name+`"`)) {
			return true
		}
	}
	return false
}
