package cli

import "github.com/spf13/cobra"

func newLedger(getenv func(string) string) *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "Verify, prune, export and import the evidence",
		Long: `Works on the evidence itself: one directory for each server and client id, one file for
each UTC day. Nothing in it is secret or personal. The access token that the processes of
a machine share is in a separate directory, and no command shows it.`,
		Example: `  gradtest ledger verify
  gradtest ledger prune
  gradtest ledger export -o shard-1.jsonl    # on one machine
  gradtest ledger import shard-1.jsonl       # on another`,
	}
	group(c)
	c.AddCommand(newLedgerVerify(getenv), newExport(getenv), newImport(getenv), newPrune(getenv))
	return c
}
