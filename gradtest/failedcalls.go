package gradtest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// failedShown is how many calls the output of a failed endpoint or rule names.
const failedShown = 5

// failedCalls describes the latest of the calls that failed and that keep selects, one line each, and says how to list
// the rest. It is empty if there are none.
func (s *session) failedCalls(ctx context.Context, keep func(report.Call) bool, flags string) string {
	records, err := s.load(ctx)
	if err != nil {
		return "" // the verdict reports it
	}
	var failed []report.Call
	for _, r := range records {
		if r.Kind != ledger.Done {
			continue
		}
		if c := report.NewCall(r); (c.Outcome == report.Failure || c.Outcome == report.Unknown) && keep(c) {
			failed = append(failed, c)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	slices.SortStableFunc(failed, func(a, b report.Call) int { return b.At.Compare(a.At) })
	var b strings.Builder
	explained := make(map[string]bool)
	for _, c := range failed[:min(len(failed), failedShown)] {
		b.WriteString("  " + c.String() + "\n")
		if c.Meaning != "" && !explained[c.Code] {
			explained[c.Code] = true
			fmt.Fprintf(&b, "    %s: %s. %s\n", c.Code, c.Meaning, c.Fix)
		}
	}
	if more := len(failed) - failedShown; more > 0 {
		fmt.Fprintf(&b, "  and %s before", calls(more))
		if !s.target.Emulator {
			b.WriteString(": go tool gradtest calls --failed" + flags)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// ofEndpoint selects the calls that were made for an endpoint.
func ofEndpoint(e Endpoint) func(report.Call) bool {
	return func(c report.Call) bool {
		return c.Endpoint == e.name() || c.Endpoint == "" && c.Method == e.Op.Method && c.Path == e.Op.Path
	}
}
