package ledger

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// noon is a moment of the day that tests of stored records use.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456789, time.UTC)

// done is a record with every field that a call can have.
func done(id string, at time.Time) Record {
	return Record{
		Kind: Done, ID: id, At: at, Sent: at.Add(-20 * time.Millisecond), Op: "readUserCallLog", Method: "GET",
		Path: "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log", Groups: []string{"heavy"},
		Scopes: []string{"ReadCallLog"}, Status: 200, RequestID: "0f1e-2d3c",
		Signal: window.Signal{Group: "heavy", Limit: 10, Window: time.Minute, Remaining: 10},
	}
}

// full is a record in which no field is zero, whatever sense that makes.
func full() Record {
	r := done("id", noon)
	r.Latest, r.Code, r.OAuth, r.Fault, r.Partial = noon.Add(time.Minute), "CMN-102", true, true, true
	r.Groups, r.Scopes = []string{"heavy", `odd "],[\ name`}, []string{"ReadCallLog", "é\u2028\x01"}
	r.Signal.RetryAfter, r.Signal.Refused = 30*time.Second, true
	return r
}

func declared() Record {
	return Record{Kind: Declared, ID: "declared", At: noon, Declared: &Declaration{
		App: "crm-sync", Policy: "graduation", Scopes: []string{"ReadCallLog"},
		Endpoints: []DeclaredEndpoint{{Name: "log", Op: "readUserCallLog", Method: "GET", Path: "/restapi/v1.0/account/{accountId}", Group: "heavy", Scope: "ReadCallLog", Calls: 5}},
	}}
}
