package rctest_test

import (
	"errors"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

func ExampleHandler_Apply() {
	platform, err := rctest.NewHandler(rctest.Config{
		Scopes:         []rcapi.Scope{rcapi.ScopeReadAccounts},
		AnalyticsDelay: rctest.NoDelay, // by default the figures of the console lag by five minutes
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = platform.Apply()
	if refusal, ok := errors.AsType[*rctest.Refusal](err); ok {
		for _, missing := range refusal.Missing {
			fmt.Println(missing)
		}
	}
	fmt.Println(platform.Console().Stage)
	// Output:
	// 0 of 21 successful calls
	// scope ReadAccounts: not exercised
	// Develop App
}
