package cli

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// choice is an app that can be judged: the evidence of a host and client id, and a declaration. Apps with the same
// client id share the evidence and have their own declarations.
type choice struct {
	*appEvidence
	declared *declaredAt // nil: none
	notes    []string    // what the choice is based on, if there is no evidence
}

// name is the app's declared name; empty: nothing is declared.
func (c choice) name() string {
	if c.declared == nil {
		return ""
	}
	return c.declared.App
}

// key identifies the choice.
func (c choice) key() string {
	if c.declared == nil {
		return c.dir
	}
	return c.dir + "/" + c.declared.App
}

// means reports whether the value of --app means this choice.
func (c choice) means(app string) bool {
	return app == "" || app == c.dir || app == c.key() || app == c.name()
}

// choose finds the app that --app names. Damage to the evidence of other apps does not matter.
func choose(ctx context.Context, in evidenceRoot, app string, now time.Time) (choice, error) {
	all, err := survey(ctx, in, now)
	if err != nil {
		return choice{}, err
	}
	chosen, err := among(all, app)
	if err != nil {
		return choice{}, err
	}
	return chosen, chosen.fault
}

// among finds the app that --app names.
func among(all []choice, app string) (choice, error) {
	var meant []choice
	for _, c := range all {
		if c.means(app) {
			meant = append(meant, c)
		}
	}
	switch len(meant) {
	case 1:
		return meant[0], nil
	case 0:
		return choice{}, fmt.Errorf("no app is named %q: use --app with one of %s", app, keys(all))
	}
	return choice{}, fmt.Errorf("there are %d apps: name one with --app: %s", len(meant), keys(meant))
}

// survey lists the choices. None is an error.
func survey(ctx context.Context, in evidenceRoot, now time.Time) (all []choice, err error) {
	names, err := in.names(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		all = append(all, gather(ctx, in, name, now).choices()...)
	}
	if len(all) == 0 {
		return nil, &noEvidenceError{in: in}
	}
	return all, nil
}

// choices lists the apps for which the evidence can be judged; none if nothing is recorded.
func (e *appEvidence) choices() []choice {
	if e.count == 0 && e.fault == nil {
		return nil
	}
	current := e.current()
	if len(current) == 0 {
		return []choice{{appEvidence: e}}
	}
	var all []choice
	for i := range current {
		all = append(all, choice{appEvidence: e, declared: &current[i]})
	}
	return all
}

// known reports whether all have the declaration of c.
func known(all []choice, c choice) bool {
	return slices.ContainsFunc(all, func(o choice) bool {
		return reflect.DeepEqual(o.declared.Declaration, c.declared.Declaration)
	})
}

func keys(all []choice) string {
	out := make([]string, len(all))
	for i, c := range all {
		var known []string
		if c.declared != nil && c.notes == nil {
			known = append(known, "declared "+minute(c.declared.at))
		}
		if !c.last.IsZero() {
			known = append(known, "last used "+minute(c.last))
		}
		if c.fault != nil {
			known = append(known, "damaged")
		}
		out[i] = c.key()
		if len(known) > 0 {
			out[i] += " (" + strings.Join(known, ", ") + ")"
		}
	}
	return strings.Join(out, "; ")
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
