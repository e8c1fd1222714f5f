package drift

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// split divides places into those that no comment accepts and the others, with the reason of the first.
func (c *comparison) split(places []discover.Place) (open []discover.Place, reason string, accepted []discover.Place) {
	for _, p := range places {
		if i := c.ignore(p); i >= 0 {
			c.used[i] = true
			reason = cmp.Or(reason, c.called.Ignores[i].Reason)
			accepted = append(accepted, p)
		} else {
			open = append(open, p)
		}
	}
	return open, reason, accepted
}

// ignore returns the index of the comment that accepts a place, or -1. One without a reason accepts nothing.
func (c *comparison) ignore(p discover.Place) int {
	return slices.IndexFunc(c.called.Ignores, func(i discover.Ignore) bool { return i.At(p) && i.Reason != "" })
}

// accept marks the findings that comments accept and reports comments that accept nothing.
func (c *comparison) accept() {
	for i := range c.findings {
		f := &c.findings[i]
		if k := c.ignore(f.Place); k >= 0 && f.Accepted == "" {
			c.used[k] = true
			f.Accepted = c.called.Ignores[k].Reason
		}
	}
	for k, i := range c.called.Ignores {
		switch {
		case i.Reason == "":
			c.add(Finding{
				Place: i.Place, Kind: BadIgnore, Message: "gradtest:ignore without a reason accepts nothing",
				Fix: "write why: //gradtest:ignore reason",
			})
		case !c.used[k] && !c.uncertain(i):
			c.add(Finding{
				Place: i.Place, Kind: BadIgnore, Message: fmt.Sprintf("gradtest:ignore accepts nothing here (%s)", i.Reason),
				Fix: "remove it",
			})
		}
	}
}

// uncertain reports whether a comment may be about something that is not reported because parts are unresolved.
func (c *comparison) uncertain(i discover.Ignore) bool {
	unresolved := slices.ContainsFunc(c.findings, func(f Finding) bool { return f.Kind == Unresolved })
	if !unresolved {
		return false
	}
	for _, k := range c.called.Calls {
		if i.At(k.Place) {
			return true
		}
	}
	for _, a := range c.apps {
		if i.At(a.Place) || i.At(a.ScopesAt) || slices.ContainsFunc(a.Endpoints, func(e discover.Declaration) bool { return i.At(e.Place) }) {
			return true
		}
	}
	return false
}
