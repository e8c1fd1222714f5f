package drift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Compare returns the differences between the Apps of a module and the calls of its code, by file and line. Accepted
// ones are among them, with the reason. It returns nothing without an App: then nothing is declared that could drift.
func Compare(declared []discover.App, called discover.Result) []Finding {
	if len(declared) == 0 {
		return nil
	}
	c := &comparison{apps: declared, called: called, declared: make(map[string]bool), used: make(map[int]bool)}
	for _, a := range declared {
		for _, e := range a.Endpoints {
			c.declared[key(e.Operation)] = true
		}
		c.open = c.open || slices.ContainsFunc(a.Gaps, func(g discover.Undetermined) bool { return !g.Scopes })
	}
	c.unresolved()
	c.undeclared()
	c.uncalled()
	c.scopes()
	c.accept()
	slices.SortStableFunc(c.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Operation.ID, b.Operation.ID), cmp.Compare(a.Scope, b.Scope))
	})
	return c.findings
}

type comparison struct {
	apps     []discover.App
	called   discover.Result
	declared map[string]bool // by key
	open     bool            // an App may declare more than is known
	used     map[int]bool    // called.Ignores that accept something
	findings []Finding
}

// key identifies an operation by its method and the shape of its path, so that one that was parsed equals one of the
// catalogue.
func key(op rcapi.Operation) string { return op.Method + " " + shape(op.Path) }

// shape is a path with {} for parameters and ids.
func shape(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") || s == "~" || s != "" && strings.Trim(s, "0123456789") == "" {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}

func (c *comparison) add(f Finding) { c.findings = append(c.findings, f) }

// undeclared reports production calls of operations that no App declares, one finding for each operation.
func (c *comparison) undeclared() {
	if c.open {
		return
	}
	type group struct {
		op     rcapi.Operation
		places []discover.Place
		parse  string
	}
	groups := make(map[string]*group)
	var order []string
	add := func(op rcapi.Operation, p discover.Place, parse string) {
		k := key(op)
		if p.Reach != discover.Production || c.declared[k] {
			return
		}
		if groups[k] == nil {
			groups[k] = &group{op: op, parse: parse}
			order = append(order, k)
		}
		groups[k].places = append(groups[k].places, p)
	}
	for _, k := range c.called.Calls {
		add(k.Operation, k.Place, k.Operation.GoString())
	}
	for _, u := range c.called.Unknown {
		add(rcapi.Operation{ID: u.Method + " " + u.Path, Method: u.Method, Path: u.Path}, u.Place, u.Parse)
	}
	for _, k := range order {
		g := groups[k]
		places, reason, accepted := c.split(g.places)
		f := Finding{
			Kind: Undeclared, Operation: g.op, Scope: g.op.Scope, Fix: "add it to Endpoints of " + c.target(),
			Message: "calls " + described(g.op) + ", which no App declares",
		}
		if g.parse != "" {
			f.Paste = "{Op: " + g.parse + "},"
		}
		if params := ownParams(g.op); len(params) > 0 {
			f.Fix += ", with Params or Prepare for " + strings.Join(params, " and ")
		}
		if len(accepted) > 0 {
			a := f
			a.Place, a.Others, a.Accepted = accepted[0], accepted[1:], reason
			c.add(a)
		}
		if len(places) > 0 {
			f.Place, f.Others = places[0], places[1:]
			c.add(f)
		}
	}
}

func described(op rcapi.Operation) string {
	if op.ID == op.String() {
		return op.ID
	}
	return op.ID + " (" + op.String() + ")"
}

// ownParams are the path parameters that do not default to the token's own account and extension.
func ownParams(op rcapi.Operation) (names []string) {
	for _, p := range op.PathParams {
		if p != "accountId" && p != "extensionId" {
			names = append(names, p)
		}
	}
	return names
}

// target names the App to which a declaration is to be added.
func (c *comparison) target() string {
	if len(c.apps) > 1 {
		return "the App that uses it"
	}
	a := c.apps[0]
	if a.Name != "" {
		return fmt.Sprintf("app %q (%s:%d)", a.Name, a.File, a.Line)
	}
	return fmt.Sprintf("the App (%s:%d)", a.File, a.Line)
}

// uncalled reports declarations of operations that nothing calls.
func (c *comparison) uncalled() {
	calls := make(map[string]discover.Reach)
	dead := make(map[string]discover.Place)
	production := 0
	see := func(k string, p discover.Place) {
		if p.Reach == discover.Production {
			production++
		}
		if p.Reach == discover.Dead {
			dead[k] = p
			return
		}
		calls[k] = p.Reach
	}
	for _, k := range c.called.Calls {
		see(key(k.Operation), k.Place)
	}
	for _, k := range c.called.Authorizations {
		if k.Reach != discover.Dead {
			calls[key(k.Operation)] = k.Reach
		}
	}
	for _, u := range c.called.Unknown {
		see(u.Method+" "+shape(u.Path), u.Place)
	}
	for _, u := range c.called.Unresolved {
		if u.Reach == discover.Production {
			production++
		}
	}
	if production == 0 {
		c.add(Finding{
			Place: c.apps[0].Place, Kind: Unresolved, App: c.apps[0].Name,
			Message: "no production code that was scanned calls the platform, so whether what the App declares is called is not known",
			Fix:     "scan the packages of the app too",
		})
		return
	}
	for _, step := range c.called.Steps { // the suite calls it
		if k := key(step.Operation); step.Reach != discover.Dead && calls[k] == "" {
			calls[k] = step.Reach
		}
	}
	for _, a := range c.apps {
		for _, e := range a.Endpoints {
			k := key(e.Operation)
			if _, ok := calls[k]; ok || slices.ContainsFunc(c.called.Unresolved, func(u discover.Unresolved) bool {
				return u.Reach != discover.Dead && u.CouldBe(e.Operation)
			}) {
				continue
			}
			f := Finding{
				Place: e.Place, Kind: Uncalled, App: a.Name, Operation: e.Operation,
				Message: "declares " + described(e.Operation) + ", which nothing calls",
				Fix:     "remove the endpoint",
			}
			if p, ok := dead[k]; ok {
				f.Message = "declares " + described(e.Operation) + ", which only dead code calls " + fmt.Sprintf("(%s:%d)", p.File, p.Line)
				f.Fix = "remove both"
			}
			f.Reach = discover.Dead
			c.add(f)
		}
	}
}
