package bundle_test

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/bundle"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// evidence is a ledger with four calls to one endpoint, and what the app declares.
func evidence(at time.Time) (ledger.Store, *ledger.Declaration) {
	op := rcapi.ReadExtension
	store, d := ledger.NewMemory(), &ledger.Declaration{
		App: "crm-sync", Scopes: []string{string(op.Scope)},
		Endpoints: []ledger.DeclaredEndpoint{
			{Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Scope: string(op.Scope)},
		},
	}
	for i := range 4 {
		_ = store.Append(context.Background(), ledger.Record{
			Kind: ledger.Done, ID: fmt.Sprint("call", i), At: at.Add(-time.Hour), Op: op.ID, Method: op.Method, Path: op.Path,
			Scopes: []string{string(op.Scope)}, Status: 200,
		})
	}
	return store, d
}

func ExampleVerify() {
	at := time.Date(2026, 11, 5, 14, 0, 0, 0, time.UTC)
	store, declaration := evidence(at)
	var file bytes.Buffer
	m, err := bundle.Write(context.Background(), &file, store, bundle.Options{
		Origin: "platform.ringcentral.com-0a1b2c3d", Declaration: declaration, At: at,
	})
	fmt.Println(m.App, m.Records.Calls, m.Ready, err)

	r, err := bundle.Verify(context.Background(), bytes.NewReader(file.Bytes()), int64(file.Len()), bundle.VerifyOptions{})
	fmt.Println(r.OK, r.Ready, err)
	for _, rule := range r.Document.Rules {
		fmt.Println(rule.Rule, rule.OK, rule.Got)
	}

	changed := append(file.Bytes(), "more"...)
	r, err = bundle.Verify(context.Background(), bytes.NewReader(changed), int64(len(changed)), bundle.VerifyOptions{})
	fmt.Println(r.OK, len(r.Differences), err)
	// Output:
	// crm-sync 4 false <nil>
	// true false <nil>
	// volume false 4 successful calls
	// endpoints false 0 of 1 endpoint
	// scopes true 1 of 1 app scope exercised
	// auth-errors true no errors in 4 API calls
	// false 1 <nil>
}
