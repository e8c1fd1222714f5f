package cli

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// errScopesDiffer ends scopes with the status for "not ready": there is something to add or to remove.
var errScopesDiffer = fmt.Errorf("%w: the scopes differ", errNotReady)

func newScopes(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	var why string
	c := &cobra.Command{
		Use:   "scopes",
		Short: "Compare the app scopes: declared, granted, needed, exercised",
		Long: `Compares the app scopes that the tests declare, that the token grants, that calls of the
last 48 hours and declared endpoints need, and that successful calls have exercised. Says
which to remove and which to add, and names the smallest set that allows what was called.
A scope can include others, as SMS includes ReadMessages: then it needs no declaration of
the other. Before there is any evidence, it compares what the tests declare, as plan does.

--why SCOPE names the operations that need it, the lines of code that call them, and calls
that no line of the app makes: by Prepare and Cleanup of an endpoint, or hidden in an SDK.
gradtest scan --why SCOPE finds the same in the source, without a call.

Exit status: 0 nothing to add or to remove, 1 something is, 2 error.`,
		Example: `  gradtest scopes
  gradtest scopes --why ReadAccounts
  gradtest scopes --json | jq -r '.remove[].scope'`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			asked, err := knownScope(why)
			if err != nil {
				return fmt.Errorf("scopes: %w", err)
			}
			q.say = c.ErrOrStderr()
			m, err := q.scopes(c.Context())
			if err != nil {
				return fmt.Errorf("scopes: %w", err)
			}
			out := c.OutOrStdout()
			switch {
			case why != "" && q.json:
				m.Scopes = slices.DeleteFunc(m.Scopes, func(r report.MatrixRow) bool {
					return r.Scope != string(asked)
				})
				return writeJSON(out, m)
			case why != "":
				return writeWhy(out, m, asked)
			case q.json:
				err = writeJSON(out, m)
			default:
				err = writeScopes(out, m)
			}
			if err != nil {
				return fmt.Errorf("scopes: %w", err)
			}
			if !m.Right() {
				return errScopesDiffer
			}
			return nil
		},
	}
	q.flags(c)
	c.Flags().StringVar(&why, "why", "", "print what needs this app `scope`, and nothing else")
	return c
}

// knownScope returns the canonical spelling of a scope that was typed; empty for none.
func knownScope(name string) (rcapi.Scope, error) {
	s := rcapi.Scope(name).Canonical()
	if name == "" || s.Known() {
		return s, nil
	}
	near := like(name)
	if len(near) == 0 {
		return "", fmt.Errorf("no app scope is named %q: gradtest scopes lists those of the app", name)
	}
	return "", fmt.Errorf("no app scope is named %q: did you mean %s?", name, strings.Join(near, " or "))
}

// scopes compares the scopes of the app that the flags name.
func (q *judgeFlags) scopes(ctx context.Context) (report.ScopeMatrix, error) {
	j, err := q.judge(ctx)
	if err != nil {
		return report.ScopeMatrix{}, err
	}
	m, err := j.scopes(ctx)
	if err != nil {
		return report.ScopeMatrix{}, err
	}
	m.Notes = append(m.Notes, j.notes...)
	return report.NewScopeMatrix(j.name(), m), nil
}

// declares is what the app declares: without a declaration nothing, and what was observed is what is needed.
func (j *judgement) declares() criteria.Want {
	if j.declared == nil {
		return criteria.Want{}
	}
	return j.want
}

// advice leaves out what the tokens of a local server seem to say: they grant what an emulator was started with.
func (j *judgement) advice(m criteria.ScopeMatrix) criteria.ScopeMatrix {
	if evidence.Local(j.dir) {
		return m.WithoutConsole()
	}
	return m
}

// scopes compares the scopes of the app.
func (j *judgement) scopes(ctx context.Context) (m criteria.ScopeMatrix, err error) {
	err = j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) {
		m = j.advice(criteria.Scopes(j.policy, j.declares(), all, j.now))
	})
	return m, err
}
