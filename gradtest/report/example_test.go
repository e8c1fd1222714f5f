package report_test

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

func ExampleText() {
	now := time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC)
	op := rcapi.ReadUserCallLog
	var records []ledger.Record
	for i := range 20 {
		records = append(records, ledger.Record{
			Kind: ledger.Done, ID: fmt.Sprint(i), At: now, Sent: now, Status: 200,
			Op: op.ID, Method: op.Method, Path: op.Path, Scopes: []string{string(op.Scope)},
		})
	}
	want := criteria.Want{Endpoints: []criteria.Endpoint{{Op: op}}, Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}
	v := criteria.Evaluate(criteria.Graduation, want, slices.Values(records), now)
	if err := report.Text(os.Stdout, v, report.Options{App: "crm-sync"}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// crm-sync: NOT READY, 1 more successful call needed
	// Policy graduation 2023-05-02, judged at 2026-11-05 12:00:00 UTC. Successes count
	// from 2026-11-04 00:00:00 UTC.
	//
	//     RULE         GOT                         NEED
	// NO  volume       20 successful calls         21 successful calls
	//       -> 1 more successful call to any endpoint
	//          borderline: 20 would meet the policy legacy, which asks for "at least
	//          20"; this policy asks for "more than 20"
	// ok  endpoints    1 of 1 endpoint             5 successful calls on each
	// ok  scopes       1 of 1 app scope exercised  1 successful call for each
	// ok  auth-errors  no errors in 20 API calls   less than 5 %
	//
	//     ENDPOINT         GOT
	// ok  readUserCallLog  20 of 5
	//
	//     APP SCOPE    GOT
	// ok  ReadCallLog  20
	//
	// Calls still needed: 1 to any endpoint for volume.
}
