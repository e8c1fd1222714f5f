package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// ruleRow is a rule with the length of its bar.
type ruleRow struct {
	Rule
	Percent int  // of the bar, at most 100
	Share   bool // the bar is a share of errors, which must stay below the threshold in its middle
}

// ruleRows gives each rule a bar: how far what is there reaches towards what is needed.
func ruleRows(d Document) []ruleRow {
	var rows []ruleRow
	for _, r := range d.Rules {
		row := ruleRow{Rule: r}
		switch r.Rule {
		case criteria.RuleVolume:
			need, _, _ := strings.Cut(r.Need, " ")
			n, _ := strconv.Atoi(need)
			row.Percent = percent(d.Successes, n)
		case criteria.RuleEndpoints:
			got, need := 0, 0
			for _, e := range d.Endpoints {
				got, need = got+min(e.Got, e.Need), need+e.Need
			}
			row.Percent = percent(got, need)
		case criteria.RuleScopes:
			got := 0
			for _, s := range d.Scopes {
				if s.OK {
					got++
				}
			}
			row.Percent = percent(got, len(d.Scopes))
		default:
			row.Share, row.Percent = true, sharePercent(d, r)
		}
		rows = append(rows, row)
	}
	return rows
}

// percent returns got of need in percent; nothing needed is 100.
func percent(got, need int) int {
	if need <= 0 {
		return 100
	}
	return min(100, got*100/need)
}

// sharePercent scales the worst share of a rule so that its threshold is at 50.
func sharePercent(d Document, r Rule) int {
	worst := 0
	for _, x := range d.Ratios {
		if x.Rule == r.Rule && x.Calls > 0 && x.Below > 0 {
			worst = max(worst, x.Errors*100*50/(x.Calls*x.Below))
		}
	}
	if !r.OK {
		worst = max(worst, 50) // a rule without a share, such as rate-limit
	}
	return min(worst, 100)
}

// endpointRow is an endpoint with its calls.
type endpointRow struct {
	Endpoint
	Percent  int
	Made     int // attempts in the last 48 hours
	P50, P95 time.Duration
	Calls    []Call // the latest first
}

// maxCalls is how many calls a page lists. Beyond it, all that did not succeed come first, then the latest.
const maxCalls = 5000

// shown chooses the calls that a page lists, the latest first, and returns how many it leaves out.
func shown(calls []Call) (listed []Call, left int) {
	listed = slices.Clone(calls)
	if len(listed) > maxCalls {
		slices.SortStableFunc(listed, func(a, b Call) int {
			return cmp.Or(compareBool(a.Outcome == Success, b.Outcome == Success), b.At.Compare(a.At))
		})
		left, listed = len(listed)-maxCalls, listed[:maxCalls]
	}
	slices.SortStableFunc(listed, func(a, b Call) int { return b.At.Compare(a.At) })
	return listed, left
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// endpointRows attaches the calls to the endpoints of the document. Calls that belong to none, such as authorization
// requests, get rows of their own at the end.
func endpointRows(d Document, calls, listed []Call) []endpointRow {
	var rows []endpointRow
	at := make(map[string]int) // by method and path
	byName := make(map[string]int)
	for i, e := range d.Endpoints {
		rows = append(rows, endpointRow{Endpoint: e, Percent: percent(e.Got, e.Need)})
		if _, taken := at[e.Method+" "+e.Path]; !taken {
			at[e.Method+" "+e.Path] = i
		}
		byName[e.Name] = i
	}
	row := func(c Call) int {
		if i, ok := byName[c.Endpoint]; ok && c.Endpoint != "" && rows[i].Path == c.Path && rows[i].Method == c.Method {
			return i
		}
		key := c.Method + " " + c.Path
		i, ok := at[key]
		if !ok {
			i = len(rows)
			at[key] = i
			name := c.Operation
			if name == "" {
				name = key
			}
			rows = append(rows, endpointRow{
				Endpoint: Endpoint{Name: name, Operation: c.Operation, Method: c.Method, Path: c.Path, Declared: true, OK: true},
				Percent:  100,
			})
		}
		return i
	}
	latencies := make([][]time.Duration, 0, len(rows))
	for _, c := range calls {
		i := row(c)
		for len(latencies) <= i {
			latencies = append(latencies, nil)
		}
		rows[i].Made++
		if c.Status != 0 {
			latencies[i] = append(latencies[i], c.Latency)
		}
	}
	for _, c := range listed {
		i := row(c)
		rows[i].Calls = append(rows[i].Calls, c)
	}
	for i, all := range latencies {
		slices.Sort(all)
		rows[i].P50, rows[i].P95 = quantile(all, 50), quantile(all, 95)
	}
	return rows
}

// quantile returns the smallest latency that at least that many percent of the sorted ones do not exceed.
func quantile(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}

// errorGroup is what failed with one code.
type errorGroup struct {
	Code, Meaning, Fix string
	Count              int
	Latest             time.Time
	Where              []string // endpoints, and call sites where they are known
}

// errorGroups groups the calls that failed, the most frequent code first.
func errorGroups(calls []Call) []errorGroup {
	var groups []errorGroup
	at := make(map[string]int)
	for _, c := range calls {
		if c.Outcome != Failure && c.Outcome != Unknown {
			continue
		}
		code := c.Code
		if code == "" {
			code = fmt.Sprintf("status %d", c.Status)
		}
		i, ok := at[code]
		if !ok {
			i = len(groups)
			at[code] = i
			groups = append(groups, errorGroup{Code: code, Meaning: c.Meaning, Fix: c.Fix})
		}
		g := &groups[i]
		g.Count++
		if c.At.After(g.Latest) {
			g.Latest = c.At
		}
		where := c.Name()
		if c.Site != "" {
			where += " at " + c.Site
		}
		if !slices.Contains(g.Where, where) && len(g.Where) < 5 {
			g.Where = append(g.Where, where)
		}
	}
	slices.SortStableFunc(groups, func(a, b errorGroup) int { return b.Count - a.Count })
	return groups
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

func clock(t time.Time) string { return t.UTC().Format("01-02 15:04:05.000") }
