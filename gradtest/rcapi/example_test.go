package rcapi_test

import (
	"fmt"
	"net/http/httptest"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func Example() {
	o := rcapi.ReadUserCallLog
	fmt.Println(o)
	fmt.Println(o.Group, o.Scope, o.Permission, o.Success)
	// Output:
	// GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log
	// Heavy ReadCallLog ReadCallLog [200]
}

func ExampleMatch() {
	o, ok := rcapi.Match("GET", "/restapi/v1.0/account/~/extension/1234/message-store/55?view=x")
	fmt.Println(o.ID, ok)
	// Output: readMessage true
}

func ExampleMatchRequest() {
	r := httptest.NewRequest("POST", "/restapi/v1.0/subscription/7", nil)
	r.Header.Set("X-HTTP-Method-Override", "DELETE")
	o, _ := rcapi.MatchRequest(r)
	fmt.Println(o.ID, rcapi.Method(r))
	// Output: deleteSubscription DELETE
}

func ExampleAll() {
	free := 0
	for o := range rcapi.All() {
		if o.Scope == "" && o.Reads() && len(o.Missing(nil)) == 0 && !o.OAuth() {
			free++
		}
	}
	fmt.Println(free, "operations can be called as they stand, by any app")
	// Output: 18 operations can be called as they stand, by any app
}

func ExampleLookup() {
	o, ok := rcapi.Lookup("createRingOutCall")
	fmt.Println(o, ok)
	// Output: POST /restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out true
}

func ExampleNearest() {
	fmt.Println(rcapi.Nearest("readUserCalLog", 2))
	fmt.Println(rcapi.Nearest("sendSMS", 1))
	// Output:
	// [readUserCallLog syncUserCallLog]
	// [createSMSMessage]
}

func ExampleSearch() {
	for o := range rcapi.Search("call-log", "get", "extension") {
		fmt.Println(o.ID)
	}
	// Output:
	// readUserCallLog
	// syncUserCallLog
	// readUserCallRecord
}

func ExampleParse() {
	o, err := rcapi.Parse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(o.Groups())
	fmt.Println(o.In(rcapi.Light).Needs(rcapi.ScopeMeetings).Groups())

	_, err = rcapi.Parse("GET /restapi/v1.0/account/~/meeting")
	fmt.Println(err)
	// Output:
	// [heavy medium light]
	// [light]
	// rcapi: parse "GET /restapi/v1.0/account/~/meeting": segment ~ after "account": write a parameter such as {accountId}; it defaults to ~
}

func ExampleNewCatalogue() {
	calendars := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars").In(rcapi.Light)
	c := rcapi.NewCatalogue(calendars, rcapi.ReadUserCallLog.In(rcapi.Medium))
	o, _ := c.Match("GET", "/restapi/v1.0/account/~/extension/~/cloud-calendars")
	fmt.Println(o.ID)
	o, _ = c.Match("GET", "/restapi/v1.0/account/~/extension/~/call-log")
	fmt.Println(o.ID, o.Group)
	// Output:
	// GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars
	// readUserCallLog Medium
}

func ExampleOperation_Expand() {
	path, err := rcapi.ReadMessage.Expand(map[string]string{"messageId": "1,2"})
	fmt.Println(path, err)
	_, err = rcapi.ReadMessage.Expand(nil)
	fmt.Println(err)
	// Output:
	// /restapi/v1.0/account/~/extension/~/message-store/1,2 <nil>
	// rcapi: expand readMessage: path parameter messageId is missing: set it in Params, or at run time in Prepare
}

func ExampleOperation_Groups() {
	fmt.Println(rcapi.ReadUserCallLog.Groups(), rcapi.CreateSMSMessage.Groups(), rcapi.ReadOpenIdConfiguration.Groups())
	// Output: [heavy] [medium sms] []
}

func ExampleCheapest() {
	o, ok := rcapi.Cheapest(rcapi.ScopeReadMessages)
	fmt.Printf("%#v %v\n", o, ok)
	_, ok = rcapi.Cheapest(rcapi.ScopeVoicemail)
	fmt.Println(ok)
	// Output:
	// rcapi.ListMessages true
	// false
}

func ExampleOperations() {
	for o := range rcapi.Operations(rcapi.ScopeRingOut) {
		fmt.Println(o.Method, o.ID, o.Group)
	}
	// Output:
	// POST createRingOutCall Heavy
	// GET readRingOutCallStatus Light
	// DELETE deleteRingOutCall Heavy
	// POST createRingOutCallDeprecated Heavy
	// GET readRingOutCallStatusDeprecated Light
	// DELETE deleteRingOutCallDeprecated Heavy
}

func ExampleScope_Canonical() {
	fmt.Println(rcapi.Scope("Glip").Canonical(), rcapi.Scope("Webhook Subscriptions").Canonical())
	// Output: TeamMessaging SubscriptionWebhook
}

func ExampleScope_Includes() {
	fmt.Println(rcapi.ScopeAccounts.Includes())
	// Output: [EditAccounts EditExtensions ReadAccounts]
}

func ExampleParseScopes() {
	fmt.Println(rcapi.ParseScopes("SMS ReadCallLog Glip"))
	// Output: [ReadCallLog SMS TeamMessaging]
}

func ExampleTemplate() {
	fmt.Println(rcapi.Template("/restapi/v1.0/account/80012345/extension/~/cloud-calendars/77?host=ada"))
	// Output: /restapi/v1.0/account/{}/extension/{}/{}/{}
}

func ExampleGroups() {
	for _, g := range rcapi.Groups() {
		if !g.Service && g.Calls > 0 {
			fmt.Println(g.Group, g.Calls, g.Window)
		}
	}
	// Output:
	// Light 50 1m0s
	// Medium 40 1m0s
	// Heavy 10 1m0s
	// Auth 5 1m0s
}

func ExampleOperation_Exercises() {
	fmt.Println(rcapi.CreateSMSMessage.Exercises(rcapi.ScopeSMS), rcapi.CreateSMSMessage.Exercises(rcapi.ScopeReadMessages))
	fmt.Println(rcapi.CreateSubscription.Exercises(rcapi.ScopeSubscriptionWebhook), rcapi.ScopeSubscriptionWebhook.Condition())
	// Output:
	// true false
	// true creates a subscription with WebHook transport
}

func ExampleOperation_Replacement() {
	o := rcapi.ListGlipChats
	fmt.Println(o.Editions())
	by, _ := o.Replacement(rcapi.Newest)
	fmt.Printf("%#v\n", by)
	// Output:
	// [2021-03]
	// rcapi.ListGlipChatsNew
}

func ExampleOperation_At() {
	at, ok := rcapi.DeleteCallParty.At(rcapi.Edition2021)
	fmt.Println(at.Scope, at.Scope.Canonical(), ok)
	_, ok = rcapi.ListGlipChatsNew.At(rcapi.Edition2021)
	fmt.Println(ok)
	// Output:
	// TelephonySessions CallControl true
	// false
}

func ExampleEdition_Operations() {
	gone := 0
	for o := range rcapi.Edition2024.Operations() {
		if _, ok := o.At(rcapi.Newest); !ok {
			gone++
		}
	}
	fmt.Println(gone, "operations of the time of the gate are gone")
	// Output: 34 operations of the time of the gate are gone
}
