package criteria

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestCallersOfAnUndeclaredEndpoint: an endpoint that only Prepare and Cleanup called names them, with the fix; one
// that anything else called too is an undeclared endpoint like any other.
func TestCallersOfAnUndeclaredEndpoint(t *testing.T) {
	want := Want{Endpoints: []Endpoint{{Op: rcapi.CreateContact}, {Op: second}}}
	call := func(stage ledger.Stage, endpoint string) ledger.Record {
		return by(answer(rcapi.DeleteContact, 204, today), stage, endpoint, "")
	}
	byCleanup, byPrepare := call(ledger.StageCleanup, "createContact"), call(ledger.StagePrepare, "listMessages")
	cleanup, prepare := Caller{ledger.StageCleanup, "createContact"}, Caller{ledger.StagePrepare, "listMessages"}
	const undeclared = "deleteContact is called but not declared "
	for name, tt := range map[string]struct {
		calls []ledger.Record
		want  []Caller
		fix   string
	}{
		"Cleanup alone": {
			[]ledger.Record{byCleanup, byCleanup}, []Caller{cleanup},
			"deleteContact, called by Cleanup of createContact: 3 more successful calls (2 of 5), " +
				"which further calls of createContact make, or declare it",
		},
		"Cleanup and Prepare": {
			[]ledger.Record{byPrepare, byCleanup}, []Caller{cleanup, prepare},
			"deleteContact, called by Cleanup of createContact and Prepare of listMessages: 3 more successful calls (2 of 5), " +
				"which further calls of createContact or listMessages make, or declare it",
		},
		"Do":                   {[]ledger.Record{call(ledger.StageDo, "createContact")}, nil, undeclared + "(1 of 5)"},
		"Cleanup and the app":  {[]ledger.Record{byCleanup, call("", "")}, nil, undeclared + "(2 of 5)"},
		"by an older gradtest": {[]ledger.Record{call("", "createContact")}, nil, undeclared + "(1 of 5)"},
	} {
		t.Run(name, func(t *testing.T) {
			l := new(log).ok(5, rcapi.CreateContact, today).ok(16, second, today)
			for _, r := range tt.calls {
				l.add(r)
			}
			v := Evaluate(Policy{}, want, l.all(), noon)
			require.Len(t, v.Endpoints, 3)
			e := v.Endpoints[2]
			assert.Equal(t, "deleteContact", e.Name)
			assert.False(t, e.Declared)
			assert.Equal(t, tt.want, e.Callers)
			assert.Contains(t, v.finding(RuleEndpoints).Fix, tt.fix)
			assert.False(t, v.Ready, "the platform would see these calls too")
		})
	}
}
