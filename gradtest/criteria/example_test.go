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

func ExampleOutlook_changes() {
	for _, c := range criteria.Forecast(criteria.Legacy, want, slices.Values(example()), now).Changes[:1] {
		fmt.Println(c)
	}
	// Output:
	// 2026-11-06 00:00:00 UTC: not ready: volume fails: successes of the day before yesterday expire at 00:00 UTC; endpoints fails: successes of the day before yesterday expire at 00:00 UTC
}

func ExampleCompare() {
	records := example()
	refused := &records[19]
	refused.Status, refused.At, refused.Sent = 429, now.Add(-time.Hour), now.Add(-time.Hour)
	ours := criteria.Graduation
	ours.Name, ours.Successes = "ours", 15
	legacy := criteria.Legacy
	legacy.Successes, legacy.ClientErrors = 15, criteria.ErrorRule{}
	fmt.Println(criteria.Sentence(criteria.Compare(want, slices.Values(records), now, ours, legacy)))

	for _, miss := range criteria.Compare(want, slices.Values(records), now, criteria.Legacy)[0].Misses {
		fmt.Println(miss)
	}
	// Output:
	// passes ours; misses legacy: one 429 at 2026-11-05 11:00:00 UTC, leaves the window at 2026-11-07 11:00:00 UTC
	// volume: 19 successful calls, needs 20 successful calls
	// 1 of 20 API calls (5.0 %) since 00:00 UTC yesterday, the last at 2026-11-05 11:00:00 UTC, leaves the window at 2026-11-07 11:00:00 UTC
	// one 429 at 2026-11-05 11:00:00 UTC, leaves the window at 2026-11-07 11:00:00 UTC
}

func ExampleBestStart() {
	starts := criteria.Starts(criteria.Graduation, want, slices.Values(example()), now, criteria.StartConfig{
		Takes:    2 * time.Minute,
		Delay:    5 * time.Minute, // of the console's figures
		Calendar: criteria.Calendar{Holidays: []time.Time{time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)}},
	})
	best, _ := criteria.BestStart(starts)
	fmt.Println("begin at", best.At.Format(time.DateTime), "with", best.Needs.Total, "calls, apply from", best.Apply.Format(time.DateTime))
	fmt.Println("ready until", best.Until.Format(time.DateTime), "reviewed before", best.Review.To.Format(time.DateTime))
	// Output:
	// begin at 2026-11-09 00:00:00 with 21 calls, apply from 2026-11-09 00:07:00
	// ready until 2026-11-11 00:00:00 reviewed before 2026-11-11 00:00:00
}

func ExampleScopes() {
	declared := want
	declared.Scopes = append(slices.Clone(want.Scopes), rcapi.ScopeFaxes, rcapi.ScopeSMS)
	declared.Endpoints = append(slices.Clone(want.Endpoints), criteria.Endpoint{Op: rcapi.CreateSMSMessage})
	m := criteria.Scopes(criteria.Graduation, declared, slices.Values(example()), now)
	for _, c := range m.Remove {
		fmt.Println("remove", c.Scope+":", c.Why)
	}
	fmt.Println("smallest for what was called:", m.Smallest)
	fmt.Println("not called yet:", m.Uncalled)
	// Output:
	// remove Faxes: no call of the last 48 hours and no declared endpoint needs it
	// remove ReadMessages: SMS includes it, and a scope that is not declared needs no call of its own
	// smallest for what was called: [ReadCallLog ReadMessages]
	// not called yet: [SMS]
}
