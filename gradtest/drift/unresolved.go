package drift

import (
	"cmp"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// unresolved reports what is not known of the declarations and the production calls, and what follows from it.
func (c *comparison) unresolved() {
	for _, a := range c.apps {
		for _, g := range a.Gaps {
			f := Finding{Place: g.Place, Kind: Unresolved, App: a.Name}
			if g.Scopes {
				f.Message = "a scope of the App is known only when the program runs (" + g.Reason + "), so that no missing scope is reported"
				f.Fix = "list the scopes as constants"
			} else {
				f.Message = "an endpoint of the App is known only when the program runs (" + g.Reason + "), so that no call is reported as undeclared"
				f.Fix = "write the operation as a constant of package rcapi"
			}
			c.add(f)
		}
	}
	for _, u := range c.called.Unresolved {
		if u.Reach != discover.Production || c.allDeclared(u) {
			continue
		}
		c.add(Finding{
			Place: u.Place, Kind: Unresolved,
			Message: "calls " + cmp.Or(u.Method, "?") + " " + u.Path + ", which is known only when the program runs (" + u.Reason +
				"), so whether an App declares it is not known",
		})
	}
}

// allDeclared reports whether every operation that a call can be is declared.
func (c *comparison) allDeclared(u discover.Unresolved) bool {
	found := false
	for op := range rcapi.All() {
		if !u.CouldBe(op) {
			continue
		}
		if !c.declared[key(op)] {
			return false
		}
		found = true
	}
	return found
}
