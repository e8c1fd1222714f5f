package cli

import (
	"cmp"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// operation is one row of ops, as --json writes it.
type operation struct {
	ID            string   `json:"id"`
	Method        string   `json:"method"`
	Path          string   `json:"path"`
	Group         string   `json:"group,omitempty"`
	Scope         string   `json:"scope,omitempty"`
	Permission    string   `json:"permission,omitempty"` // of the user
	Success       []int    `json:"success"`
	ContentTypes  []string `json:"contentTypes"`
	PathParams    []string `json:"pathParams"`
	RequiredQuery []string `json:"requiredQuery"`
	Deprecated    bool     `json:"deprecated"`
	Editions      []string `json:"editions"`              // that have it, the oldest first
	Replacement   string   `json:"replacement,omitempty"` // id of the operation that replaces one that is gone
	ErrorCodes    []string `json:"errorCodes,omitempty"`  // that it documents, as "status code"
	Go            string   `json:"go"`                    // the operation in Go source
}

func newOps() *cobra.Command {
	var f opsFilters
	var asJSON bool
	c := &cobra.Command{
		Use:   "ops [WORDS]",
		Short: "Search the platform's operations",
		Long: `Lists the operations of the platform's public API that contain every word in their
operation id, method, path, usage-plan group, app scope or user permission. Case does
not matter. Without words it lists all operations, those that are gone among them: the
catalogue has four editions of the platform, from 2021 to today. --edition shows one of
them, with the groups and scopes of the time.

A concrete path, such as one from a log, finds its operation.`,
		Example: `  gradtest ops message store
  gradtest ops --scope ReadCallLog --group Heavy
  gradtest ops --edition 2024-03-05 meeting
  gradtest ops post /restapi/v1.0/account/~/extension/~/sms`,
		RunE: func(c *cobra.Command, words []string) error {
			found, err := search(words, f)
			if err != nil {
				return fmt.Errorf("ops: %w", err)
			}
			if asJSON {
				return writeJSON(c.OutOrStdout(), foundOperations{opsSchema, described(found)})
			}
			// The longest column is the last, so that a narrow terminal wraps no other.
			rows := [][]string{{"OPERATION", "GROUP", "SCOPE", "ENDPOINT"}}
			for _, op := range found {
				id := op.ID
				if remark := remarkOn(op, f.edition); remark != "" {
					id += " (" + remark + ")"
				}
				rows = append(rows, []string{id, string(op.Group), cmp.Or(string(op.Scope), "-"), op.String()})
			}
			return table(c.OutOrStdout(), rows)
		},
	}
	c.Flags().StringVar(&f.scope, "scope", "", "only operations that exercise this app `scope`, under any of its names")
	c.Flags().StringVar(&f.edition, "edition", "", "the operations of one `edition` of the platform: "+list(rcapi.Editions()))
	c.Flags().StringVar(&f.group, "group", "", "only operations of this usage-plan `group`: "+list(usagePlanGroups()))
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON with everything that the catalogue knows about each")
	return c
}

// opsFilters are the flags that choose operations.
type opsFilters struct{ scope, group, edition string }

// remarkOn says what a reader should know about an operation; empty: nothing. Within an edition, only the edition's own
// view counts.
func remarkOn(op rcapi.Operation, edition string) string {
	if edition == "" && !slices.Contains(op.Editions(), rcapi.Newest) {
		last := op.Editions()[len(op.Editions())-1]
		if by, ok := op.Replacement(rcapi.Newest); ok {
			return fmt.Sprintf("last in %s, use %s", last, by.ID)
		}
		return fmt.Sprintf("last in %s", last)
	}
	if op.Deprecated {
		return "deprecated"
	}
	return ""
}

// search finds operations. None is an error that suggests another search.
func search(words []string, f opsFilters) ([]rcapi.Operation, error) {
	var split []string
	for _, w := range words {
		split = append(split, strings.Fields(w)...)
	}
	of, err := scopeFilter(f.scope)
	if err != nil {
		return nil, err
	}
	in, err := groupFilter(f.group)
	if err != nil {
		return nil, err
	}
	var edition rcapi.Edition
	if f.edition != "" {
		if edition, err = rcapi.ParseEdition(f.edition); err != nil {
			return nil, err
		}
	}
	keep := func(all iter.Seq[rcapi.Operation]) (found []rcapi.Operation) {
		for op := range all {
			if at, ok := op.At(edition); ok && of(at) && in(at) {
				found = append(found, at)
			}
		}
		return found
	}
	found := keep(rcapi.Search(split...))
	if len(found) == 0 {
		found = keep(slices.Values(matchingPath(split)))
	}
	if len(found) > 0 {
		return found, nil
	}
	act := "use fewer words, or other filters"
	if near := rcapi.Nearest(strings.Join(split, ""), 3); len(near) > 0 {
		act = "did you mean " + strings.Join(near, " or ") + "? " + act
	}
	return nil, fmt.Errorf("no operation matches %q: %s", strings.Join(split, " "), act)
}

// matchingPath lists the operations of a concrete path, with the given method or with any.
func matchingPath(words []string) (found []rcapi.Operation) {
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	path := ""
	for _, w := range words {
		switch {
		case slices.Contains(methods, strings.ToUpper(w)):
			methods = []string{strings.ToUpper(w)}
		case path == "" && strings.HasPrefix(w, "/"):
			path = w
		default:
			return nil
		}
	}
	for _, m := range methods {
		if op, ok := rcapi.Match(m, path); ok {
			found = append(found, op)
		}
	}
	return found
}

func everything(rcapi.Operation) bool { return true }

func scopeFilter(name string) (func(rcapi.Operation) bool, error) {
	if name == "" {
		return everything, nil
	}
	s := rcapi.Scope(name)
	if !s.Known() {
		act := "leave --scope out to see the scopes of all operations"
		if near := like(name); len(near) > 0 {
			act = "did you mean " + strings.Join(near, " or ") + "?"
		}
		return nil, fmt.Errorf("no app scope is named %q: %s", name, act)
	}
	if !s.Exercisable() {
		return nil, fmt.Errorf("no operation exercises the scope %s: "+
			"an app that declares it can never show a call for it", s.Canonical())
	}
	return func(op rcapi.Operation) bool { return op.Exercises(s) }, nil
}

// usagePlanGroups returns the groups that an operation can be in, cheapest first.
func usagePlanGroups() (names []rcapi.Group) {
	for _, g := range rcapi.Groups() {
		if !g.Service {
			names = append(names, g.Group)
		}
	}
	return names
}

func groupFilter(name string) (func(rcapi.Operation) bool, error) {
	if name == "" {
		return everything, nil
	}
	known := usagePlanGroups()
	for _, g := range known {
		if strings.EqualFold(string(g), name) {
			return func(op rcapi.Operation) bool { return op.Group == g }, nil
		}
	}
	return nil, fmt.Errorf("no usage-plan group is named %q: use one of %s", name, list(known))
}

// like lists the scopes that a misspelt name is similar to.
func like(name string) []string { return texts(rcapi.NearestScopes(name, 3)) }

// list joins names for an error.
func list[S ~string](names []S) string { return strings.Join(texts(names), ", ") }

func texts[S ~string](names []S) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = string(n)
	}
	return out
}

func described(found []rcapi.Operation) []operation {
	out := make([]operation, len(found))
	for i, op := range found {
		out[i] = operation{
			ID: op.ID, Method: op.Method, Path: op.Path,
			Group: string(op.Group), Scope: string(op.Scope), Permission: op.Permission,
			Success: filled(op.Success), ContentTypes: filled(op.ContentTypes),
			PathParams: filled(op.PathParams), RequiredQuery: filled(op.RequiredQuery),
			Deprecated: op.Deprecated, Editions: texts(op.Editions()), Go: op.GoString(),
		}
		out[i].Replacement = replacement(op)
		for _, e := range op.ErrorCodes() {
			out[i].ErrorCodes = append(out[i].ErrorCodes, fmt.Sprint(e.Status, " ", e.Code))
		}
	}
	return out
}

// filled returns a list that is never nil, so that JSON has no null.
func filled[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
