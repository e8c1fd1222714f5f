package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// pruning is what prune did to one ledger, as --json writes it.
type pruning struct {
	Ledger  string    `json:"ledger"`
	Removed int       `json:"removed"` // files, each of one UTC day
	Before  time.Time `json:"before"`  // all days that were over then
}

func newPrune(getenv func(string) string) *cobra.Command {
	p := place{getenv: getenv}
	var keep time.Duration
	c := &cobra.Command{
		Use:   "prune",
		Short: "Remove evidence that no policy looks at any more",
		Long: `Removes the files of UTC days that were over longer ago than --keep. What any policy or
rate limit can still look at is kept, and so is what the app declares as long as there
is evidence for it.`,
		Example: `  gradtest ledger prune
  gradtest ledger prune --keep 720h`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			if keep < horizon {
				return fmt.Errorf("ledger prune: --keep %v would remove evidence that still counts: use %v or more", keep, horizon)
			}
			done, err := p.prune(c.Context(), time.Now().Add(-keep))
			var write error
			if p.json {
				write = writeJSON(c.OutOrStdout(), filled(done))
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
	c.Flags().DurationVar(&keep, "keep", horizon, "how much evidence to keep, at least")
	return c
}

// prune prunes ledger by ledger; what is wrong with one does not keep it from the others.
func (p *place) prune(ctx context.Context, before time.Time) (all []pruning, err error) {
	dir, names, err := p.names(ctx)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, name := range names {
		n, err := prune(ctx, filepath.Join(dir, name), before)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		all = append(all, pruning{Ledger: name, Removed: n, Before: before.UTC()})
	}
	return all, errors.Join(faults...)
}

func prune(ctx context.Context, path string, before time.Time) (removed int, err error) {
	d, err := ledger.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := carryOver(ctx, d, before); err != nil {
		return 0, err
	}
	return d.Prune(ctx, before)
}

// carryOver writes the declarations that are about to be removed into the first day that is kept, if any call is kept.
func carryOver(ctx context.Context, d *ledger.Dir, before time.Time) error {
	first := before.UTC().Truncate(24 * time.Hour)
	var old, kept evidence
	calls := 0
	for r, err := range d.Records(ctx, time.Time{}) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil: // for verify to report; a file to be removed may well be damaged
		case !r.At.Before(first):
			kept.add(r)
			if r.Kind == ledger.Done {
				calls++
			}
		case r.Kind == ledger.Declared:
			old.add(r)
		}
	}
	if calls == 0 {
		return nil
	}
	var move []ledger.Record
	for i := range old.declarations {
		declared := old.declarations[i].Declaration
		if slices.ContainsFunc(kept.declarations, func(d declaration) bool { return d.App == declared.App }) {
			continue
		}
		move = append(move, ledger.Record{
			Kind: ledger.Declared, ID: fmt.Sprintf("declared-%d-%d", first.UnixNano(), i),
			At: first.Add(time.Duration(i)), Declared: &declared,
		})
	}
	if len(move) == 0 {
		return nil
	}
	return d.Append(ctx, move...)
}
