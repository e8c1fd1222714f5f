package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func newPlan(getenv func(string) string) *cobra.Command {
	q := question{getenv: getenv}
	c := &cobra.Command{
		Use:   "plan",
		Short: "What is missing, how long it takes, when to apply",
		Long: `Says exactly which calls are missing, per endpoint and scope; how long they take at the
rate limits, as the platform told them or else as it documents them; and the earliest
and latest moment to apply. It sends nothing: go test does.

Exit status: 0 nothing is missing, 1 not ready, 2 error.`,
		Example: `  gradtest plan
  gradtest plan --json | jq .calls`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			j, err := q.judge(c.Context())
			if err != nil {
				return fmt.Errorf("plan: %w", err)
			}
			p, err := j.plan(c.Context())
			outlook, faults := j.outlook(c.Context())
			if err := errors.Join(err, faults); err != nil {
				return fmt.Errorf("plan: %w", err)
			}
			s := newSchedule(j.name(), p, outlook, j.notes)
			if q.json {
				err = writeJSON(c.OutOrStdout(), s)
			} else {
				err = s.write(c.OutOrStdout())
			}
			if err != nil {
				return fmt.Errorf("plan: %w", err)
			}
			return conclude(s.Ready)
		},
	}
	q.flags(c)
	return c
}
