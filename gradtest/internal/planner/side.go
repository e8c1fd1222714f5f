package planner

import (
	"math"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// sideCalls are the calls of one operation that an endpoint's Prepare, Do or Cleanup was seen to send.
type sideCalls struct {
	op     string // method and path
	groups []string
	sent   int // in all
	good   int // of them successes
	calls  int // of the endpoint itself, over which they were spread
}

// expected returns how many of them go with that many calls of the endpoint.
func (s sideCalls) expected(calls int) int {
	return ceil(float64(s.sent) * float64(calls) / float64(s.calls))
}

// successes returns how many successes go with that many calls of the endpoint, rounded down.
func (s sideCalls) successes(calls int) int { return s.good * calls / s.calls }

// observe finds what the code of each endpoint sends besides the endpoint's own calls, and how often each was called.
func observe(records []ledger.Record) (side map[string][]sideCalls, calls map[string]int) {
	calls = make(map[string]int)
	for _, r := range records {
		if r.Kind == ledger.Done && r.Stage == ledger.StageCall && !r.Fault {
			calls[r.Endpoint]++
		}
	}
	side = make(map[string][]sideCalls)
	for _, r := range records {
		if r.Kind != ledger.Done || r.Endpoint == "" || r.Stage == ledger.StageCall || r.OAuth || r.Fault || calls[r.Endpoint] == 0 {
			continue
		}
		op := r.Method + " " + r.Path
		list := side[r.Endpoint]
		i := 0
		for i < len(list) && list[i].op != op {
			i++
		}
		if i == len(list) {
			list = append(list, sideCalls{op: op, groups: r.Groups, calls: calls[r.Endpoint]})
		}
		list[i].sent++
		if r.Succeeded() {
			list[i].good++
		}
		side[r.Endpoint] = list
	}
	return side, calls
}

// sends returns how many calls of op one call of an endpoint brings along, as far as was seen.
func (p *draft) sends(endpoint, op string) float64 {
	for _, s := range p.side[endpoint] {
		if s.op == op {
			return float64(s.good) / float64(s.calls)
		}
	}
	return 0
}

func ceil(x float64) int { return int(math.Ceil(x - 1e-9)) }
