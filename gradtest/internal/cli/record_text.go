package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/recorder"
)

// recordText writes a summary for people.
func recordText(w io.Writer, s recorder.Summary) error {
	var b strings.Builder
	if len(s.Operations) > 0 {
		rows := [][]string{{"OPERATION", "GROUP", "APP SCOPE", "CALLS", "STATUS", "SENT BY"}}
		for _, o := range s.Operations {
			name := o.ID
			if o.Undeclared {
				name += " (not declared)"
			}
			rows = append(rows, []string{
				name, cmp.Or(o.Group, "-"), cmp.Or(o.Scope, "-"), strconv.Itoa(o.Calls), statuses(o.Statuses),
				cmp.Or(strings.Join(o.Clients, ", "), "-"),
			})
		}
		if err := table(&b, rows); err != nil {
			return err
		}
	}
	if len(s.Authorizations) > 0 {
		b.WriteString("\nAuthorization, which counts for no endpoint:\n")
		for _, o := range s.Authorizations {
			grants := ""
			if o.ID == "getToken" && len(s.Grants) > 0 {
				grants = " (" + strings.Join(slices.Sorted(maps.Keys(s.Grants)), ", ") + ")"
			}
			name := cmp.Or(o.ID, o.Method+" "+safetext.Clean(o.Path))
			fmt.Fprintf(&b, "  %s%s: %d, %s\n", name, grants, o.Calls, statuses(o.Statuses))
		}
	}
	if len(s.Unknown) > 0 {
		b.WriteString("\nNot in the catalogue:\n")
		for _, u := range s.Unknown {
			lacking(&b, fmt.Sprintf("%d × (%s)", u.Calls, statuses(u.Statuses)), u.Method, u.Path, u.Nearest, u.Parse)
		}
	}
	if len(s.Scopes) > 0 {
		b.WriteString("\nApp scopes needed: " + strings.Join(s.Scopes, ", ") + "\n")
	}
	limitsText(&b, s)
	b.WriteString("\n")
	for _, n := range s.Notes {
		b.WriteString(safetext.Clean(n) + "\n")
	}
	b.WriteString(nextSteps(s))
	_, err := io.WriteString(w, strings.TrimPrefix(b.String(), "\n"))
	return err
}

// lacking writes a method and path that the catalogue lacks, and what to do about it.
func lacking(b *strings.Builder, where, method, path, nearest, parse string) {
	fmt.Fprintf(b, "  %s: %s %s: the nearest operation is %s\n", where, method, safetext.Clean(path), nearest)
	if parse != "" {
		b.WriteString("    declare it with " + safetext.Clean(parse) + "\n")
	}
}

// limitsText says how much of each limit was used, and where the program broke one.
func limitsText(b *strings.Builder, s recorder.Summary) {
	var use []string
	broken := false
	for _, g := range s.Groups {
		limit := "unlimited"
		if g.Limit > 0 {
			limit = fmt.Sprintf("%d of %d in %s", g.Most, g.Limit, span(g.Window.Seconds()))
		}
		use = append(use, g.Name+" "+limit)
		broken = broken || g.Broken()
	}
	if len(use) > 0 {
		b.WriteString("\nLimits, at the busiest: " + safetext.Clean(strings.Join(use, ", ")) + "\n")
	}
	if !broken {
		return
	}
	b.WriteString("\nLimits broken:\n")
	for _, g := range s.Groups {
		if g.Broken() {
			fmt.Fprintf(b, "  %s: %d over the limit, %d answered 429; the first is %s at %s\n",
				safetext.Clean(g.Name), g.Over, g.Refused, safetext.Clean(g.By), g.At.Format("15:04:05.000 UTC"))
		}
	}
	if !s.Paced {
		b.WriteString("  --pace holds the program inside the limits.\n")
	}
}

// statuses lists outcomes, the most frequent first.
func statuses(n map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(n), func(a, b string) int {
		return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b))
	})
	for i, k := range keys {
		if n[k] > 1 || len(keys) > 1 {
			keys[i] = fmt.Sprintf("%s ×%d", k, n[k])
		}
	}
	return strings.Join(keys, ", ")
}

// nextSteps names what to type after a recording.
func nextSteps(s recorder.Summary) string {
	switch {
	case len(s.Operations)+len(s.Unknown) == 0:
		return ""
	case s.Evidence == "":
		return "The records are not kept (--dir DIR keeps them). Next: gradtest init --from traffic -- PROGRAM\n"
	}
	return "Recorded in " + safetext.Clean(s.Evidence) +
		". Next: gradtest init --from ledger, gradtest scopes, gradtest status\n"
}
