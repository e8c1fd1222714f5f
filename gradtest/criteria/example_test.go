package criteria_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var (
	now  = time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC)
	want = criteria.Want{
		Endpoints: []criteria.Endpoint{{Op: rcapi.ReadUserCallLog}, {Op: rcapi.ListMessages}},
		Scopes:    []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
	}
)

// example is that of the platform's own page: 3 + 3 calls yesterday, 2 + 12 today.
func example() []ledger.Record {
	var records []ledger.Record
	add := func(n int, op rcapi.Operation, at time.Time) {
		for range n {
			records = append(records, ledger.Record{
				Kind: ledger.Done, ID: fmt.Sprint(len(records)), At: at, Sent: at, Status: 200,
				Op: op.ID, Method: op.Method, Path: op.Path, Scopes: []string{string(op.Scope)},
			})
		}
	}
	add(3, rcapi.ReadUserCallLog, now.AddDate(0, 0, -1))
	add(3, rcapi.ListMessages, now.AddDate(0, 0, -1))
	add(2, rcapi.ReadUserCallLog, now)
	add(12, rcapi.ListMessages, now)
	return records
}

func ExampleEvaluate() {
	v := criteria.Evaluate(criteria.Graduation, want, slices.Values(example()), now)
	for _, f := range v.Findings {
		fmt.Printf("%s: %t %q\n", f.Rule, f.OK, f.Fix)
	}
	fmt.Println(criteria.Evaluate(criteria.Legacy, want, slices.Values(example()), now).Ready)
	// Output:
	// volume: false "1 more successful call to any endpoint"
	// endpoints: true ""
	// scopes: true ""
	// auth-errors: true ""
	// true
}

func ExampleVerdict_needs() {
	n := criteria.Evaluate(criteria.Graduation, want, slices.Values(example()[:4]), now).Needs
	for _, e := range n.Endpoints {
		fmt.Println(e.Name, e.Calls)
	}
	fmt.Println("any", n.Any, "in all", n.Total)
	// Output:
	// readUserCallLog 2
	// listMessages 4
	// any 11 in all 17
}

func ExampleForecast() {
	f := criteria.Forecast(criteria.Legacy, want, slices.Values(example()), now)
	fmt.Println("apply from", f.Earliest.Format(time.DateTime), "and before", f.Latest.Format(time.DateTime))
	// Output:
	// apply from 2026-11-05 12:00:00 and before 2026-11-06 00:00:00
}

func ExampleBudget() {
	b := criteria.Budget{Calls: 15, Planned: 5}
	fmt.Println(b.Allows(1)) // 1 of 20 is 5.0 %, not below 5 %
	b.Planned++
	fmt.Println(b.Allows(1))
	// Output:
	// false
	// true
}
