package cli

import "github.com/spf13/cobra"

func newLedger(getenv func(string) string) *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "The evidence itself: verify it, prune it",
		Example: `  gradtest ledger verify
  gradtest ledger prune`,
	}
	group(c)
	c.AddCommand(newVerify(getenv), newPrune(getenv))
	return c
}
