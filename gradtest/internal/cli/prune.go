package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
)

// pruning is the result of prune for one ledger, as --json writes it.
type pruning struct {
	Ledger  string    `json:"ledger"`
	Removed int       `json:"removed"` // files, each of one UTC day
	Before  time.Time `json:"before"`  // all days that were over then
}

func newPrune(getenv func(string) string) *cobra.Command {
	p := ledgerFlags{getenv: getenv}
	var keep time.Duration
	c := &cobra.Command{
		Use:   "prune",
		Short: "Remove evidence that no policy needs any more",
		Long: `Removes the files of UTC days that ended longer ago than --keep. Records that a policy or
a rate limit can still need are kept, and so is the app's declaration while there are
calls that count.`,
		Example: `  gradtest ledger prune
  gradtest ledger prune --keep 720h`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			if keep < evidence.Reach {
				return fmt.Errorf("ledger prune: --keep %v would remove evidence that still counts: use %v or more",
					keep, evidence.Reach)
			}
			p.stderr = c.ErrOrStderr()
			done, err := p.prune(c.Context(), time.Now().Add(-keep))
			var write error
			if p.json {
				write = writeJSON(c.OutOrStdout(), prunedLedgers{pruneSchema, filled(done)})
			} else if len(done) > 0 {
				rows := [][]string{{"LEDGER", "DAYS REMOVED"}}
				for _, d := range done {
					rows = append(rows, []string{d.Ledger, number(d.Removed)})
				}
				write = table(c.OutOrStdout(), rows)
			}
			if err := errors.Join(err, write); err != nil {
				return fmt.Errorf("ledger prune: %w", err)
			}
			return nil
		},
	}
	p.flags(c)
	c.Flags().DurationVar(&keep, "keep", evidence.Reach, "how much evidence to keep, at least")
	return c
}

// prune prunes ledger by ledger. An error in one does not stop the others.
func (p *ledgerFlags) prune(ctx context.Context, before time.Time) (all []pruning, err error) {
	in, names, err := p.names(ctx)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, name := range names {
		n, err := p.pruneOne(ctx, in, name, before)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		all = append(all, pruning{Ledger: name, Removed: n, Before: before.UTC()})
	}
	return all, errors.Join(faults...)
}

func (p *ledgerFlags) pruneOne(ctx context.Context, in evidenceRoot, name string, before time.Time) (removed int, err error) {
	d, err := in.open(ctx, name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	defer p.sayWaits(d)()
	return d.Prune(ctx, before)
}
