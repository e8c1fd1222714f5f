package gradtest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var exampleApp = gradtest.App{
	Name:   "example",
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.ListMessages},
	},
}

// A suite is one function. It would be a test of your own package:
func ExampleRun() {
	_ = func(t *testing.T) { gradtest.Run(t, exampleApp) }
}

// An existing test sends its requests through the session's client, and they count.
func ExampleStart() {
	_ = func(t *testing.T) {
		s := gradtest.Start(t, exampleApp)
		resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
}

func ExamplePlan() {
	app := exampleApp
	app.Name = "planned"
	plan, err := gradtest.Plan(app)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range plan.Endpoints {
		fmt.Printf("%s: %d there, %d to send\n", a.Name, a.Have, a.Send)
	}
	fmt.Println(plan.Calls, "calls in all, at the rate limits at least", plan.Duration)
	// Output:
	// readExtension: 0 there, 11 to send
	// listMessages: 0 there, 10 to send
	// 21 calls in all, at the rate limits at least 0s
}

func ExampleSweep() {
	app := exampleApp
	app.Name = "swept"
	verdict, err := gradtest.Sweep(context.Background(), app)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println("ready:", verdict.Ready, "with", verdict.Successes, "successful calls")
	// Output:
	// ready: true with 21 successful calls
}
