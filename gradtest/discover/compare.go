package discover

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Change is what distinguishes two scans of a program. Only calls of production code count.
type Change struct {
	Added, Removed             []Call        // the first call of each operation that only one of the scans has; one without ID is not in the catalogue
	AddedScopes, RemovedScopes []rcapi.Scope // app scopes that only one of them needs
	Unclear                    []string      // new calls that are unresolved, one line each
}

// Compare returns what a change to a program adds and removes. Lines that moved are no change.
func Compare(before, after Result) Change {
	old, now := operations(before), operations(after)
	c := Change{Added: without(now, old), Removed: without(old, now)}
	c.AddedScopes = withoutScopes(now, old)
	c.RemovedScopes = withoutScopes(old, now)
	seen := make(map[string]int)
	for _, l := range unclear(before) {
		seen[l.key]++
	}
	for _, l := range unclear(after) {
		if seen[l.key]--; seen[l.key] < 0 {
			c.Unclear = append(c.Unclear, l.text)
		}
	}
	return c
}

// operations returns the first production call of each operation, by ID, and of each that the catalogue lacks, by a
// tilde, method and path.
func operations(r Result) map[string]Call {
	m := make(map[string]Call)
	for _, c := range r.Calls {
		if _, ok := m[c.Operation.ID]; !ok && c.Reach == Production {
			m[c.Operation.ID] = c
		}
	}
	for _, u := range r.Unknown {
		if k := "~" + u.Method + " " + u.Path; m[k].File == "" && u.Reach == Production {
			m[k] = Call{u.Place, rcapi.Operation{Method: u.Method, Path: u.Path}}
		}
	}
	return m
}

func without(a, b map[string]Call) (calls []Call) {
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if _, ok := b[id]; !ok {
			calls = append(calls, a[id])
		}
	}
	return calls
}

func withoutScopes(a, b map[string]Call) []rcapi.Scope {
	scopes := make(map[rcapi.Scope]bool)
	for _, c := range a {
		scopes[c.Operation.Scope] = true
	}
	for _, c := range b {
		delete(scopes, c.Operation.Scope)
	}
	delete(scopes, "")
	return slices.Sorted(maps.Keys(scopes))
}

type unclearLine struct{ key, text string }

func unclear(r Result) (lines []unclearLine) {
	for _, u := range r.Unresolved {
		if u.Reach == Production {
			what := cmp.Or(u.Method, "?") + " " + u.Path
			lines = append(lines, unclearLine{what, fmt.Sprintf("%s:%d calls %s: %s", u.File, u.Line, what, u.Reason)})
		}
	}
	return lines
}

// Empty reports whether there is no difference.
func (c Change) Empty() bool { return len(c.Added)+len(c.Removed)+len(c.Unclear) == 0 }

// Markdown returns the change as text for a pull request.
func (c Change) Markdown() string {
	if c.Empty() {
		return "This change adds and removes no RingCentral endpoint and no app scope.\n"
	}
	var b strings.Builder
	b.WriteString("### RingCentral endpoints\n\n")
	if len(c.Added)+len(c.Removed) > 0 {
		b.WriteString("| | operation | endpoint | app scope | where |\n| --- | --- | --- | --- | --- |\n")
		row := func(sign string, calls []Call) {
			for _, k := range calls {
				id, scope := "`"+k.Operation.ID+"`", cmp.Or(string(k.Operation.Scope), "none")
				if k.Operation.ID == "" {
					id, scope = "not in the catalogue", "not known"
				}
				fmt.Fprintf(&b, "| %s | %s | `%s` | %s | %s:%d |\n", sign, id, cell(k.Operation.String()), scope, cell(k.File), k.Line)
			}
		}
		row("added", c.Added)
		row("removed", c.Removed)
		b.WriteString("\n")
	}
	if len(c.AddedScopes) > 0 {
		fmt.Fprintf(&b, "New app scopes: %s. Add them to `App.Scopes` and in the developer console.\n\n", quote(c.AddedScopes))
	}
	if len(c.RemovedScopes) > 0 {
		fmt.Fprintf(&b, "App scopes that no call needs any more: %s. Remove them from `App.Scopes` and in the developer console.\n\n", quote(c.RemovedScopes))
	}
	if len(c.Unclear) > 0 {
		b.WriteString("New calls to look at:\n\n")
		for _, l := range c.Unclear {
			b.WriteString("- `" + strings.ReplaceAll(l, "`", "'") + "`\n")
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// cell is a text in a table. GitHub reads a bar as the end of a cell, in code too.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func quote(scopes []rcapi.Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = "`" + string(s) + "`"
	}
	return strings.Join(names, ", ")
}
