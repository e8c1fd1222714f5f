package gradtest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// govern refuses a call that could fail when one more error would exceed the error budget even if every remaining call of
// the plan succeeded. The first error is always allowed: otherwise nothing could ever be tried.
func (s *session) govern(inFlight int, plan sweepPlan) error {
	now := time.Now()
	v := criteria.Evaluate(s.policy, s.want, slices.Values(s.local.all()), now)
	left := 0
	for _, a := range plan.Endpoints {
		left += max(0, plan.had[a.Op.String()]+a.Send-s.local.count(a.Op, criteria.Since(now)))
	}
	for _, r := range v.Ratios {
		r.Planned = max(0, left-inFlight)
		r.Errors, r.Calls = r.Errors+inFlight, r.Calls+inFlight
		if r.Errors == 0 || r.Allows(1) {
			continue
		}
		if inFlight > 0 {
			return errors.New("calls that could fail are in flight")
		}
		return fmt.Errorf("not called: one more error would make it %d of %d calls, and rule %s wants less than 5 %%: mend the errors above, then run "+
			"the whole suite again: it first adds the good calls that make room, or wait until the errors have left the window of two days",
			r.Errors+1, r.Calls+max(1, r.Planned), r.Rule)
	}
	return nil
}
