package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// callFilter are the flags of calls.
type callFilter struct {
	endpoint string
	failed   bool
	since    string
	last     int
}

func newCalls(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	var f callFilter
	c := &cobra.Command{
		Use:   "calls",
		Short: "List the calls behind a number of the report",
		Long: `Lists the recorded calls of the last 48 hours, the oldest first: when the response arrived,
endpoint, status, error code, latency, which attempt of the request it was, the line of
the app's code that made it, and the platform's request id. The error codes are explained
below the table. --json has everything that is known of each call.

The line of code is known for calls through a client or transport of gradtest. Calls that
a sweep makes by itself have the line of gradtest.Run.`,
		Example: `  gradtest calls --failed
  gradtest calls --endpoint readMessage --since 2h
  gradtest calls --json | jq -r '.calls[] | select(.outcome == "failure") | .site'`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			calls, err := q.calls(c.Context(), f)
			if err != nil {
				return fmt.Errorf("calls: %w", err)
			}
			if q.json {
				return writeJSON(c.OutOrStdout(), listedCalls{callsSchema, filled(calls)})
			}
			return writeCalls(c.OutOrStdout(), calls)
		},
	}
	q.evidenceFlags(c)
	c.Flags().StringVar(&f.endpoint, "endpoint", "", "only calls of this endpoint: its `name`, its operation id, or method and path")
	c.Flags().BoolVar(&f.failed, "failed", false, "only calls that did not succeed")
	c.Flags().StringVar(&f.since, "since", "",
		"only calls since a `time`: a duration ago such as 2h, a UTC day such as 2026-11-23, or an RFC 3339 time (default: 48h)")
	c.Flags().IntVar(&f.last, "last", 0, "only the last `number` of calls (default: all)")
	return c
}

// calls reads the calls that the filter keeps.
func (q *judgeFlags) calls(ctx context.Context, f callFilter) ([]report.Call, error) {
	if f.last < 0 {
		return nil, fmt.Errorf("--last is %d: use a number above 0", f.last)
	}
	now := time.Now()
	from, err := moment(cmp.Or(f.since, "48h"), now)
	if err != nil {
		return nil, err
	}
	chosen, err := q.choose(ctx, now)
	if err != nil {
		return nil, err
	}
	var all []report.Call
	names := make(map[string]bool)
	err = chosen.read(ctx, now, func(records iter.Seq[ledger.Record]) {
		for r := range records {
			if r.Kind != ledger.Done {
				continue
			}
			c := report.NewCall(r)
			names[c.Name()] = true
			if !r.At.Before(from) && (!f.failed || c.Outcome != report.Success) && f.means(c) {
				all = append(all, c)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	if f.endpoint != "" && len(all) == 0 && !names[f.endpoint] && len(names) > 0 {
		return nil, fmt.Errorf("no call was made to the endpoint %q: there are calls to %s", f.endpoint,
			strings.Join(sortedKeys(names), ", "))
	}
	slices.SortStableFunc(all, func(a, b report.Call) int { return a.At.Compare(b.At) })
	if f.last > 0 && len(all) > f.last {
		all = all[len(all)-f.last:]
	}
	return all, nil
}

// means reports whether --endpoint means the endpoint of a call.
func (f callFilter) means(c report.Call) bool {
	return f.endpoint == "" || slices.Contains([]string{c.Endpoint, c.Operation, c.Method + " " + c.Path}, f.endpoint)
}

func sortedKeys(m map[string]bool) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func writeCalls(w io.Writer, calls []report.Call) error {
	if len(calls) == 0 {
		_, err := fmt.Fprintln(w, "No calls.")
		return err
	}
	rows := [][]string{{"TIME (UTC)", "ENDPOINT", "STATUS", "CODE", "MS", "TRY", "CODE LINE", "REQUEST ID"}}
	var codes []string
	explained := make(map[string]report.Call)
	for _, c := range calls {
		status := fmt.Sprint(c.Status)
		switch c.Outcome {
		case report.Unknown:
			status = "none"
		case report.Fault:
			status += " (fault)"
		}
		name := c.Name()
		if c.Stage != "" {
			name += " (" + c.Stage + ")"
		}
		rows = append(rows, []string{
			c.At.Format("01-02 15:04:05.000"), name, status, c.Code, fmt.Sprint(c.Latency.Milliseconds()),
			fmt.Sprint(c.Attempt), c.Site, c.RequestID,
		})
		if _, known := explained[c.Code]; !known && c.Meaning != "" {
			explained[c.Code] = c
			codes = append(codes, c.Code)
		}
	}
	if err := table(w, rows); err != nil {
		return err
	}
	for i, code := range codes {
		lead := ""
		if i == 0 {
			lead = "\n"
		}
		if _, err := fmt.Fprintf(w, "%s%s: %s. %s\n", lead, code, explained[code].Meaning, explained[code].Fix); err != nil {
			return err
		}
	}
	return nil
}
