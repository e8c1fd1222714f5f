package suitegen

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// mostSites bounds how many places of a call are named.
const mostSites = 3

// FromScan returns the operations that production code calls, in the order of their first call, each with its places;
// also those that the catalogue lacks. notes name the calls of which the operation is not known.
func FromScan(r discover.Result) (ops []Operation, notes []string) {
	add := func(op rcapi.Operation, p discover.Place) {
		if p.Reach != discover.Production {
			return
		}
		i := slices.IndexFunc(ops, func(o Operation) bool { return o.Op.String() == op.String() })
		if i < 0 {
			ops = append(ops, Operation{Op: op})
			i = len(ops) - 1
		}
		ops[i].Sites = append(ops[i].Sites, fmt.Sprintf("%s:%d", p.File, p.Line))
	}
	for _, c := range r.Calls {
		add(c.Operation, c.Place)
	}
	for _, u := range r.Unknown {
		// Parse is rcapi.MustParse("…")
		if _, rest, ok := strings.Cut(u.Parse, `"`); ok {
			pattern, _, _ := strings.Cut(rest, `"`)
			if op, err := rcapi.Parse(pattern); err == nil {
				add(op, u.Place)
			}
		}
	}
	for _, u := range r.Unresolved {
		if u.Reach == discover.Production {
			notes = append(notes, fmt.Sprintf("%s:%d calls %s: %s. Add its endpoint.", u.File, u.Line, u.Path, u.Reason))
		}
	}
	return shortened(ops), notes
}

// shortened names the first places of each operation, and counts the others.
func shortened(ops []Operation) []Operation {
	for i, o := range ops {
		if more := len(o.Sites) - mostSites; more > 0 {
			ops[i].Sites = append(o.Sites[:mostSites:mostSites], fmt.Sprintf("and %d more", more))
		}
	}
	return ops
}

// FromRecords returns the operations of recorded calls, in the order of their first call, with the places that are
// known. Calls that a suite made for itself, in Prepare and Cleanup, and authorization requests are left out.
func FromRecords(records iter.Seq[ledger.Record]) (ops []Operation) {
	at := make(map[string]int)
	for r := range records {
		if r.Kind != ledger.Done || r.Stage == ledger.StagePrepare || r.Stage == ledger.StageCleanup {
			continue
		}
		op, ok := rcapi.Lookup(r.Op)
		if !ok {
			var err error
			if op, err = rcapi.Parse(r.Method + " " + r.Path); err != nil {
				continue
			}
		}
		i, seen := at[op.String()]
		switch {
		case op.OAuth():
			continue
		case !seen:
			i = len(ops)
			at[op.String()] = i
			ops = append(ops, Operation{Op: op})
		}
		if o := &ops[i]; r.Site != "" && !slices.Contains(o.Sites, r.Site) {
			o.Sites = append(o.Sites, r.Site)
		}
	}
	return shortened(ops)
}
