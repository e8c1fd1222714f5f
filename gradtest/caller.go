package gradtest

import "github.com/graduationkit/ringcentral/gradtest/ledger"

// caller is what runs a sweep: the place of the calls that gradtest makes by itself.
type caller struct {
	site string // of Run or Sweep in the app's code; empty: unknown
	test string // that Run belongs to; empty: Sweep
}

// label completes the record of an attempt for an endpoint. An attempt that the app's own code makes has its line
// already.
func (c caller) label(r *ledger.Record, endpoint string) {
	if r.Site == "" {
		r.Site = c.site
	}
	if c.test != "" {
		r.Test = c.test + "/endpoints/" + endpoint
	}
}
