package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// noon is the time of day of stored records in tests.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456789, time.UTC)

// done is a record with every field that a typical call has.
func done(id string, at time.Time) Record {
	return Record{
		Kind: Done, ID: id, At: at, Sent: at.Add(-20 * time.Millisecond), Op: "readUserCallLog", Method: "GET",
		Path: "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log", Groups: []string{"heavy"},
		Scopes: []string{"ReadCallLog"}, Status: 200, RequestID: "0f1e-2d3c",
		Signal: window.Signal{Group: "heavy", Limit: 10, Window: time.Minute, Remaining: 10},
	}
}

// full is a record in which no field is zero, although the combination makes no sense.
func full() Record {
	r := done("id", noon)
	r.Latest, r.Code, r.OAuth, r.Fault, r.Partial = noon.Add(time.Minute), "CMN-102", true, true, true
	r.Groups, r.Scopes = []string{"heavy", `odd "],[\ name`}, []string{"ReadCallLog", "é\u2028\x01"}
	r.Signal.RetryAfter, r.Signal.Refused = 30*time.Second, true
	r.Endpoint, r.Stage, r.Claim, r.Owner = "read the \"log\"", StagePrepare, "c1", "p1"
	r.Site, r.Test, r.Earlier = "crm/client.go:42", "TestSync/\"all\"", 3
	r.Granted = []string{"ReadCallLog", "SMS"}
	r.Waited = 38 * time.Second
	return r
}

func declared() Record {
	return Record{Kind: Declared, ID: "declared", At: noon, Declared: &Declaration{
		App: "crm-sync", Policy: "graduation", Scopes: []string{"ReadCallLog"},
		Endpoints: []DeclaredEndpoint{{Name: "log", Op: "readUserCallLog", Method: "GET", Path: "/restapi/v1.0/account/{accountId}", Group: "heavy", Scope: "ReadCallLog", Calls: 5}},
	}}
}

func TestSucceeded(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Record)
		want   bool
	}{
		"answered 200":    {func(*Record) {}, true},
		"answered 299":    {func(r *Record) { r.Status = 299 }, true},
		"authorization":   {func(r *Record) { r.OAuth = true }, true},
		"answered 199":    {func(r *Record) { r.Status = 199 }, false},
		"redirected":      {func(r *Record) { r.Status = 300 }, false},
		"no answer":       {func(r *Record) { r.Status = 0 }, false},
		"failure inside":  {func(r *Record) { r.Status, r.Partial = 207, true }, false},
		"injected answer": {func(r *Record) { r.Fault = true }, false},
		"only a slot":     {func(r *Record) { r.Kind = Reserved }, false},
		"only the slot's": {func(r *Record) { r.Kind = Settled }, false},
		"given back":      {func(r *Record) { r.Kind = Released }, false},
		"a queued call":   {func(r *Record) { r.Kind = Waiting }, false},
		"a declaration":   {func(r *Record) { r.Kind = Declared }, false},
	} {
		r := done("id", noon)
		test.change(&r)
		assert.Equal(t, test.want, r.Succeeded(), name)
	}
}
