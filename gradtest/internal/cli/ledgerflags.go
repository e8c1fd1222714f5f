package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// ledgerFlags are the flags of the subcommands that work on whole ledgers.
type ledgerFlags struct {
	dir    string
	app    string
	json   bool
	getenv func(string) string
	stderr io.Writer
}

// sayWaits says on standard error when an app ledger waits for another process, until stop is called.
func (p *ledgerFlags) sayWaits(d appLedger) (stop func()) {
	n, ok := d.(ledger.WaitNotifier)
	if !ok {
		return func() {}
	}
	return n.NotifyWait(func(what string) { fmt.Fprintln(p.stderr, "gradtest: waiting:", what) })
}

func (p *ledgerFlags) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&p.dir, "dir", "", dirUsage)
	f.StringVar(&p.app, "app", "", "only this app: its declared `name`, or its directory (default: all)")
	f.BoolVar(&p.json, "json", false, "write JSON")
}

// names returns the app ledgers that the flags mean, and their root.
func (p *ledgerFlags) names(ctx context.Context) (in evidenceRoot, names []string, err error) {
	if in, err = locate(p.dir, p.getenv); err != nil {
		return nil, nil, err
	}
	all, err := in.names(ctx)
	if err != nil || p.app == "" {
		return in, all, err
	}
	for _, name := range all {
		e := gather(ctx, in, name, time.Now())
		if name == p.app || slices.ContainsFunc(e.choices(), func(c choice) bool { return c.means(p.app) }) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, nil, fmt.Errorf("no app is named %q: use --app with one of %s", p.app, list(all))
	}
	return in, names, nil
}
