package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func newPlan(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	c := &cobra.Command{
		Use:   "plan",
		Short: "Show what is missing, how long it takes, and when to apply",
		Long: `Shows the calls that go test would send: how many for each endpoint, how long they take
inside the rate limits, and the earliest and latest time to apply. Limits are those that
the server has reported, else the documented ones. plan itself sends nothing.

Before there is any evidence, plan runs the tests that call gradtest.Run or gradtest.Start
for their declaration alone: they get no credentials, end at that call, and send nothing.

Exit status: 0 nothing is missing, 1 not ready, 2 error.`,
		Example: `  gradtest plan
  gradtest plan --json | jq .calls`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			q.say = c.ErrOrStderr()
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
