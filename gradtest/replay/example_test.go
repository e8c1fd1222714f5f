package replay_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// In a test, Start takes the place of Open and Close. GRADTEST_RECORD=1 go test records the cassette again.
func Example() {
	app := gradtest.App{
		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
	}
	r, err := replay.Open(context.Background(), app, "testdata/example.yaml")
	if err != nil {
		log.Fatal(err)
	}
	resp, err := r.Client().Get(r.URL() + "/restapi/v1.0/account/~/extension/~")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var extension struct{ Name, ExtensionNumber string }
	if err := json.NewDecoder(resp.Body).Decode(&extension); err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.Status, extension.ExtensionNumber)
	if err := r.Close(); err != nil {
		log.Fatal(err)
	}
	// Output: 200 OK 101
}

func ExampleMissingError() {
	r, err := replay.Open(context.Background(), gradtest.App{}, "testdata/example.yaml", replay.Options{AllowUnused: true})
	if err != nil {
		log.Fatal(err)
	}
	_, err = r.Client().Get(r.URL() + "/restapi/v1.0/account/~/extension/~/call-log")
	if missing, ok := errors.AsType[*replay.MissingError](err); ok {
		fmt.Println(missing)
	}
	// Output:
	// replay: testdata/example.yaml has no response for GET /restapi/v1.0/account/~/extension/~/call-log
	// The nearest is GET /restapi/v1.0/account/~/extension/~:
	//   path: recorded /restapi/v1.0/account/~/extension/~, sent /restapi/v1.0/account/~/extension/~/call-log
	// If the request is right, record it with
	// 	GRADTEST_RECORD=1 go test -count=1 ./gradtest/replay
}
