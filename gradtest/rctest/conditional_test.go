package rctest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// membersAt returns the values at a path: names separated by dots, of which those with [] are in every item of an
// array.
func membersAt(v any, path string) (out []any) {
	name, rest, more := strings.Cut(path, ".")
	name, items := strings.CutSuffix(name, "[]")
	o, _ := v.(map[string]any)
	in, ok := o[name]
	all, _ := in.([]any)
	switch {
	case !ok:
		return nil
	case items:
		for _, one := range all {
			out = append(out, membersAt(one, rest)...)
		}
		return out
	case more:
		return membersAt(in, rest)
	}
	return []any{in}
}

// TestConditionalMembers asks for each member that the specification gives only for a view, a flag or a parameter, with
// the condition and without.
func TestConditionalMembers(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), Users: []User{{}, {Name: "Second User"}}})
	_, err := a.h.ReceiveCall(PhoneCall{Answered: true})
	require.NoError(t, err)
	batch := `{"from":"+16505550190","text":"hi","messages":[{"to":["+16505550160"]}]}`
	require.Less(t, a.call("POST /restapi/v1.0/account/~/a2p-sms/batches", batch).status, 300)
	const company = "/restapi/v1.0/account/~"
	record := membersAt(a.call("GET "+own+"/call-log").json(t), "records[].uri")[0].(string)
	record = record[strings.Index(record, "/restapi"):]
	rule := own + "/answering-rule"
	role := a.filled(t, "$readUserRole$")
	for _, tt := range []struct{ path, asks, member string }{
		{own + "/call-log", "view=Detailed", "records[].legs"},
		{own + "/call-log", "view=Detailed", "records[].billing"},
		{own + "/call-log", "view=Detailed", "records[].lastModifiedTime"},
		{company + "/call-log", "view=Detailed", "records[].legs"},
		{own + "/call-log-sync?syncType=FSync", "view=Detailed", "records[].legs"},
		{company + "/call-log-sync?syncType=FSync", "view=Detailed", "records[].legs"},
		{own + "/active-calls", "view=Detailed", "records[].legs"},
		{company + "/active-calls", "view=Detailed", "records[].legs"},
		{record, "view=Detailed", "legs"},
		{record, "view=Detailed", "billing"},
		{strings.Replace(record, "/extension/62264425", "", 1), "view=Detailed", "legs"},
		{own + "/presence", "detailedTelephonyState=true", "activeCalls"},
		{own + "/presence?detailedTelephonyState=true", "sipData=true", "activeCalls[].sipData"},
		{company + "/presence", "detailedTelephonyState=true", "records[].activeCalls"},
		{company + "/presence?detailedTelephonyState=true", "sipData=true", "records[].activeCalls[].sipData"},
		{company + "/a2p-sms/messages", "view=Detailed", "records[].text"},
		{rule, "view=Detailed", "records[].callHandlingAction"},
		{rule, "view=Detailed", "records[].schedule"},
		{role, "advancedPermissions=true", "permissions[].permissionsCapabilities"},
	} {
		ask := "?"
		if strings.Contains(tt.path, "?") {
			ask = "&"
		}
		without, with := a.call("GET "+tt.path), a.call("GET "+tt.path+ask+tt.asks)
		require.Equal(t, 200, without.status, without.body)
		require.Equal(t, 200, with.status, with.body)
		assert.Empty(t, membersAt(without.json(t), tt.member), "%s has %s unasked", tt.path, tt.member)
		assert.NotEmpty(t, membersAt(with.json(t), tt.member), "%s with %s lacks %s", tt.path, tt.asks, tt.member)
	}
	for path, member := range map[string]string{
		"/restapi/v1.0/account/~/directory/entries?showFederated=false": "records[].account",
		own + "/phone-number": "records[].extension",
	} {
		assert.Empty(t, membersAt(a.call("GET "+path).json(t), member), path)
	}
	require.Less(t, a.call("GET "+own).status, 300)
	other := a.call("GET /restapi/v1.0/account/~/extension/62264426").json(t)
	assert.NotContains(t, other, "serviceFeatures", "of oneself alone")
	assert.Contains(t, a.call("GET "+own).json(t), "serviceFeatures")
}

// TestRingOutLegs expects both legs of a RingOut call, of which one is the master.
func TestRingOutLegs(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), World: World{Bare: true}})
	require.Equal(t, 200, a.call("POST "+own+"/ring-out", talk).status)
	a.h.Advance(2 * time.Minute)
	log := a.call("GET " + own + "/call-log?view=Detailed").json(t)
	assert.Equal(t, []any{true, false}, membersAt(log, "records[].legs[].master"))
	assert.Equal(t, []any{"RingOutWebToSubscriber", "RingOutWebToCaller"}, membersAt(log, "records[].legs[].legType"))
}

// TestActiveCallIsTheSameRecordAfterwards reads the record of a call by its address, during the call and after it.
func TestActiveCallIsTheSameRecordAfterwards(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), World: World{Bare: true}})
	_, err := a.h.ReceiveCall(PhoneCall{Answered: true, Lasts: time.Minute})
	require.NoError(t, err)
	active := a.call("GET " + own + "/active-calls").json(t)
	uri := membersAt(active, "records[].uri")[0].(string)
	uri = uri[strings.Index(uri, "/restapi"):]
	assert.Equal(t, false, a.call("GET " + uri).json(t)["finished"])
	assert.Empty(t, a.call("GET " + own + "/call-log").json(t)["records"], "it goes on")
	a.h.Advance(2 * time.Minute)
	assert.Equal(t, true, a.call("GET " + uri).json(t)["finished"])
	assert.Len(t, a.call("GET " + own + "/call-log").json(t)["records"], 1)
	assert.Empty(t, a.call("GET " + own + "/active-calls").json(t)["records"])
}
