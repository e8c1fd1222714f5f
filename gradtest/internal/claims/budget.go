package claims

import (
	"errors"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// withinBudget refuses a call that could fail when one more error would exceed the error budget even if every remaining
// call succeeded. ratios count the live claims as successes; risky of them could still fail, and planned calls follow.
// The first error is always allowed: otherwise nothing could ever be tried.
func withinBudget(ratios []criteria.Ratio, risky, planned int) error {
	for _, r := range ratios {
		r.Errors += risky
		r.Planned = planned
		if r.Errors == 0 || r.Allows(1) {
			continue
		}
		if risky > 0 {
			return errors.New("calls that could fail are in flight")
		}
		return fmt.Errorf("not called: one more error would make %d errors in %d calls, and the rule %s needs %s: "+
			"fix the calls that failed and run the whole suite again, which first adds the calls that make room, "+
			"or wait until the errors have left the window of two days",
			r.Errors+1, r.Calls+max(1, r.Planned), r.Rule, r.Threshold())
	}
	return nil
}

// failTogether returns how many calls of one of the sessions may fail at the same moment, such that the error rules
// hold in the end if all others succeed: at least 1, and 0 for any number, if there is no such rule. ratios count the
// live claims as successes, and planned calls follow.
func failTogether(ratios []criteria.Ratio, planned, sessions int) int {
	if len(ratios) == 0 {
		return 0
	}
	n := 0
	for holds := true; holds; n++ {
		for _, r := range ratios {
			r.Errors += n + 1
			r.Planned = planned
			holds = holds && r.Allows(0)
		}
	}
	return max(1, (n-1)/sessions)
}
