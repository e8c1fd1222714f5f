package claims_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// BenchmarkDecide is a decision in the middle of a sweep of twelve endpoints: each process decides after each change of
// the ledger, so n processes take about n² of them.
func BenchmarkDecide(b *testing.B) {
	ops := []rcapi.Operation{
		rcapi.ReadUserCallLog, rcapi.ReadCompanyCallLog, rcapi.ListExtensions, rcapi.CreateSMSMessage, rcapi.ListContacts, rcapi.ReadExtension,
		rcapi.ReadAccountInfo, rcapi.ListMessages, rcapi.ListExtensionDevices, rcapi.ReadUserPresenceStatus,
		rcapi.ListExtensionPhoneNumbers, rcapi.ReadAuthorizationProfile,
	}
	board := newBoard("bench", ops...)
	for i := range 40 {
		op := ops[i%len(ops)]
		at := start.Add(time.Duration(i) * time.Millisecond)
		board.Add([]ledger.Record{{
			Kind: ledger.Done, ID: fmt.Sprintf("%032x", i), At: at, Sent: at, Op: op.ID, Method: op.Method, Path: op.Path, Groups: op.Groups(),
			Status: 200, Scopes: []string{string(op.Scope)},
		}})
	}
	q := claims.Question{
		Room: func(string) int { return 0 }, Limit: func(string) int { return 10 },
		NewID: func() string { return "new" }, Life: func(string) ledger.Life { return ledger.Alive },
	}
	for _, op := range ops {
		q.Offers = append(q.Offers, claims.Offer{Name: op.ID})
	}
	b.ReportAllocs()
	for b.Loop() {
		board.Decide(start.Add(time.Second), q)
	}
}
