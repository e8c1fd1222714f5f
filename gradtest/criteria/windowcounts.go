package criteria

// windowCounts counts the calls inside one window. Adding with n = -1 takes a call out again, so that a window can be
// moved along the calls without counting anew.
type windowCounts struct {
	volume  int
	good    []int // successes per endpoint
	bad     []int // answers 4xx per endpoint
	lost    []int // outcome unknown, per endpoint
	unknown int   // outcome unknown, in all
	scopes  []int // successes per declared scope
	logins  []int // of these, authorization requests
	shares  [2]share
	refused int
}

// share is a rule's errors and calls: of API calls, and of authorization requests.
type share struct{ errors, calls [2]int }

const (
	api = iota
	auth
)

func newWindowCounts(e *evidence) *windowCounts {
	n, s := len(e.endpoints), len(e.scopes)
	all := make([]int, 3*n+2*s)
	return &windowCounts{
		good: all[:n], bad: all[n : 2*n], lost: all[2*n : 3*n], scopes: all[3*n : 3*n+s], logins: all[3*n+s:],
	}
}

func (f *windowCounts) add(e *evidence, c *call, n int) {
	if t := c.endpoint; t >= 0 {
		switch {
		case c.outcome == success:
			f.good[t] += n
		case c.outcome == failed:
			f.bad[t] += n
		case c.unknown():
			f.lost[t] += n
		}
	}
	if c.unknown() {
		f.unknown += n
	}
	if c.outcome == success {
		if c.volume {
			f.volume += n
		}
		for _, s := range e.sets[c.scopes] {
			f.scopes[s] += n
			if c.oauth {
				f.logins[s] += n
			}
		}
	}
	if !c.counted() {
		return
	}
	part := api
	if c.oauth {
		part = auth
	}
	for i, answers := range e.errors {
		f.shares[i].calls[part] += n
		if c.kinds&answers != 0 {
			f.shares[i].errors[part] += n
		}
	}
	if c.refused {
		f.refused += n
	}
}

// budget returns the share's errors and calls over one kind of traffic.
func (s share) budget(over Traffic, below int) Budget {
	if over == APITraffic {
		return Budget{Errors: s.errors[api], Calls: s.calls[api], Below: below}
	}
	return Budget{Errors: s.errors[api] + s.errors[auth], Calls: s.calls[api] + s.calls[auth], Below: below}
}
