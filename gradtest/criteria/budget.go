package criteria

// defaultBelow is the percentage that every text of the rules names for errors.
const defaultBelow = 5

// Budget is the arithmetic of errors below a share of the traffic, in integers: 5.0 % is not below 5 %. A governor
// keeps one per share ([Verdict.Ratios] has those of the evidence) and asks [Budget.Allows] before each call that
// could fail. The zero value has no calls, no errors and a threshold of 5 %.
type Budget struct {
	Errors  int // answers so far that are errors
	Calls   int // answers so far, errors included
	Planned int // calls still to come, the one in question included
	Below   int // percent that the errors must stay below; zero: 5
}

// OK reports whether the errors so far are below the threshold of the calls so far. No errors are always below it.
func (b Budget) OK() bool { return holds(b.Errors, b.Calls, b.below()) }

// Allows reports whether the threshold would still hold at the end if that many more of the planned calls failed and
// all the others succeeded. Allows(1) is a governor's question; Allows(0) tells whether the plan alone suffices.
func (b Budget) Allows(errors int) bool {
	return holds(b.Errors+errors, b.Calls+max(b.Planned, errors), b.below())
}

// Short is how many calls without an error are needed on top of those so far and planned.
func (b Budget) Short() int {
	if b.Errors == 0 {
		return 0
	}
	return max(0, smallest(b.Errors, b.below())-b.Calls-b.Planned)
}

func (b Budget) below() int { return ErrorRule{Below: b.Below}.below() }

// smallest returns the smallest number of calls of which that many errors are below a percentage; zero for no errors.
func smallest(errors, below int) int {
	if errors <= 0 {
		return 0
	}
	return 100*errors/below + 1
}

// holds compares in integers, where a float would make 5.0 % of some totals pass.
func holds(errors, calls, below int) bool {
	return errors <= 0 || 100*errors < below*calls
}
