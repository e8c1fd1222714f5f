package suitegen_test

import (
	"fmt"
	"log"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/suitegen"
)

// A suite for two operations, of which one needs an id.
func ExampleGenerate() {
	source, err := suitegen.Generate(suitegen.Request{
		Package: "crm",
		Operations: []suitegen.Operation{
			{Op: rcapi.ReadExtension, Sites: []string{"crm/owner.go:12"}},
			{Op: rcapi.ReadMessage, Sites: []string{"crm/inbox.go:40"}},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(source))
	// Output:
	// package crm
	//
	// import (
	// 	"testing"
	//
	// 	"github.com/graduationkit/ringcentral/gradtest"
	// 	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	// )
	//
	// // app declares what the app calls on the RingCentral platform. gradtest init adds to it what is
	// // new, and changes nothing that is there: edit it freely. An endpoint that you remove does not come
	// // back, because the lines below name all that were added once.
	// //
	// //gradtest:init readExtension readMessage listMessages
	// var app = gradtest.App{
	// 	Scopes: []rcapi.Scope{
	// 		rcapi.ScopeReadAccounts,
	// 		rcapi.ScopeReadMessages,
	// 	},
	// 	Endpoints: []gradtest.Endpoint{
	// 		// crm/owner.go:12
	// 		{Op: rcapi.ReadExtension},
	// 		// crm/inbox.go:40
	// 		{
	// 			Op:      rcapi.ReadMessage,
	// 			Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId"),
	// 		},
	//
	// 		// The suite itself calls these, to find, create or remove what the endpoints above need.
	// 		{Op: rcapi.ListMessages},
	// 	},
	// }
	//
	// func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
}

// An app has begun to read its call log. What was written by hand stays.
func ExampleMerge() {
	const file = `package crm

import (
	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// App is what the CRM calls.
var App = gradtest.App{
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension, Calls: 7}, // the owner
	},
}
`
	m, err := suitegen.Merge([]byte(file), suitegen.Request{
		Operations: []suitegen.Operation{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Added)
	// Output: [readUserCallLog]
}
