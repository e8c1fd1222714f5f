package gradtest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// count judges the evidence after the sweep. Nothing is counted if it cannot be read; the verdict reports that.
func (u *suite) count(ctx context.Context) map[string]criteria.EndpointCount {
	v, _ := u.verdict(ctx)
	counts := make(map[string]criteria.EndpointCount)
	for _, e := range v.Endpoints {
		if e.Declared {
			counts[e.Name] = e
		}
	}
	return counts
}

// fail notes an endpoint that lacks successes.
func (u *suite) fail(name string) {
	u.failing.Lock()
	defer u.failing.Unlock()
	u.failed = append(u.failed, name)
}

// attributes says what a test got and needs, for programs that read the output of go test -json, such as gotestsum.
func attributes(t *testing.T, got, need string) {
	t.Attr("gradtest.got", oneLine.Replace(got))
	t.Attr("gradtest.need", oneLine.Replace(need))
}

// oneLine makes a text an attribute. Policies that a user writes can have any.
var oneLine = strings.NewReplacer("\n", " ", "\r", " ")

// summarize gives a test whose subtests failed a text of its own: JUnit readers show each test alone.
func summarize(t *testing.T, what string, all int, failed []string) {
	if len(failed) > 0 {
		fmt.Fprintf(t.Output(), "%d of %d %s failed: %s\n", len(failed), all, what, strings.Join(failed, ", "))
	}
}
