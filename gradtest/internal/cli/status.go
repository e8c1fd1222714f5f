package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/report"
)

func newStatus(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	compare := false
	c := &cobra.Command{
		Use:   "status",
		Short: "Show whether the app is ready, rule by rule",
		Long: `Judges the recorded evidence by the rules of a policy: what there is, what is needed, and
what closes the gap. The tests write the app's declaration into the evidence. Without a
declaration, status judges the endpoints and scopes that were called. Before there is any
evidence, it runs the tests for their declaration alone, as plan does.

Exit status: 0 ready, 1 not ready, 2 error.`,
		Example: `  gradtest status
  gradtest status --policy strictest
  gradtest status --compare
  gradtest status --json | jq .needs`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			q.say = c.ErrOrStderr()
			j, err := q.judge(c.Context())
			if err != nil {
				return fmt.Errorf("status: %w", err)
			}
			v, err := j.verdict(c.Context())
			if err != nil {
				return fmt.Errorf("status: %w", err)
			}
			o := j.options(c.OutOrStdout(), getenv)
			o.Full = q.full
			if compare {
				if o.Policies, err = j.compare(c.Context()); err != nil {
					return fmt.Errorf("status: %w", err)
				}
			}
			out, write := c.OutOrStdout(), report.Text
			if q.json {
				write = report.JSON
			}
			if err := write(out, v, o); err != nil {
				return fmt.Errorf("status: %w", err)
			}
			return conclude(v.Ready)
		},
	}
	q.flags(c)
	q.fullFlag(c)
	c.Flags().BoolVar(&compare, "compare", false, "say what the other policies make of the evidence")
	return c
}
