package criteria

// defaultBelow is the percentage below which every text of the rules asks errors to stay.
const defaultBelow = 5

// Budget is the arithmetic of errors that must stay below a share of the traffic. It is exact: 5.0 % is not below 5 %.
// [Verdict.Ratios] holds one for each share that the evidence is judged by. A program that sends calls sets Planned and
// asks [Budget.Allows] before each call that could fail. The zero value has no calls, no errors and a threshold of 5 %.
type Budget struct {
	Errors  int // responses so far that are errors
	Calls   int // responses so far, errors included
	Planned int // calls still to come, including the one to be decided on
	Below   int // percent that the errors must stay below; zero: 5
}

// OK reports whether the errors so far are below the threshold. No errors always are, even of no calls.
func (b Budget) OK() bool { return holds(b.Errors, b.Calls, b.below()) }

// Allows reports whether the threshold would hold in the end if that many more of the planned calls failed and all
// others succeeded. Allows(1) decides on one call; Allows(0) reports whether the plan alone suffices.
func (b Budget) Allows(errors int) bool {
	return holds(b.Errors+errors, b.Calls+max(b.Planned, errors), b.below())
}

// Short returns how many calls without an error are needed in addition to those so far and those planned.
func (b Budget) Short() int {
	if b.Errors == 0 {
		return 0
	}
	return max(0, smallest(b.Errors, b.below())-b.Calls-b.Planned)
}

func (b Budget) below() int { return ErrorRule{Below: b.Below}.below() }

// smallest returns the smallest number of calls of which that many errors are below the threshold.
func smallest(errors, below int) int {
	if errors <= 0 {
		return 0
	}
	return 100*errors/below + 1
}

// holds compares integers: a float would let 5.0 % of some totals pass.
func holds(errors, calls, below int) bool {
	return errors <= 0 || 100*errors < below*calls
}
