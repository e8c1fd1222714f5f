package criteria

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestPolicyIn(t *testing.T) {
	assert.Equal(t, rcapi.Edition2024, Graduation.Edition)
	old := Graduation.In(rcapi.Edition2021)
	assert.Equal(t, "graduation@2021-03 2023-05-02", old.String())
	assert.Equal(t, Graduation, old.In(rcapi.Edition2024), "the policy's own edition is no part of the name")
	assert.Equal(t, old, Policy{}.In(rcapi.Edition2021))
	for name, want := range map[string]Policy{
		"graduation@2021-03": old, "Graduation@2021": old, "graduation@2024": Graduation, "legacy@2024": Legacy.In(rcapi.Edition2024),
	} {
		got, err := ByName(name)
		assert.NoError(t, err)
		assert.Equal(t, want, got, name)
	}
	bar := Graduation
	bar.Name = "ours"
	assert.Equal(t, "ours@2021-03", bar.In(rcapi.Edition2021).Name)
	for name, want := range map[string]string{
		"graduation@2020": "one of 2021-03, 2023-05", "graduation@": `no edition is named ""`, "ours@2021": `no policy is named "ours@2021"`, "@2021": "no policy",
	} {
		_, err := ByName(name)
		assert.ErrorContains(t, err, want, name)
	}
}

func TestEndpointsOutsideTheEdition(t *testing.T) {
	own := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/audit-trail").Needs(rcapi.ScopeReadAccounts)
	meetings, _ := rcapi.Lookup("listMeetings")
	ringOut, _ := rcapi.Lookup("createRingOutCallDeprecated")
	want := Want{Endpoints: []Endpoint{
		{Op: rcapi.ListGlipChats}, {Name: "threads", Op: rcapi.MthListThreads}, {Op: own}, {Op: rcapi.ReadExtension}, {Op: meetings},
	}}
	records := new(log).ok(5, ringOut, today)
	for _, tt := range []struct {
		policy Policy
		want   []string
	}{
		{Graduation, []string{"edition 2024-03-05 of the platform, which the policy is about, lacks 4 endpoints: " +
			"listGlipChats (use listGlipChatsNew), threads, GET /restapi/v1.0/account/{accountId}/audit-trail, " +
			"createRingOutCallDeprecated (use createRingOutCall)"}},
		{Graduation.In(rcapi.Edition2021), []string{"edition 2021-03 of the platform, which the policy is about, lacks 2 endpoints: " +
			"threads, GET /restapi/v1.0/account/{accountId}/audit-trail"}},
		{Graduation.In(rcapi.Newest), []string{"edition 2026-08 of the platform, which the policy is about, lacks 4 endpoints: " +
			"listGlipChats (use listGlipChatsNew), GET /restapi/v1.0/account/{accountId}/audit-trail, " +
			"listMeetings (use listVideoMeetings), createRingOutCallDeprecated (use createRingOutCall)"}},
		{Graduation.In(""), nil},
	} {
		assert.Equal(t, tt.want, Evaluate(tt.policy, want, records.all(), noon).Notes, tt.policy.Name)
	}
}

// TestScopesOfTheEdition checks an operation that needed another scope then.
func TestScopesOfTheEdition(t *testing.T) {
	want := Want{Scopes: []rcapi.Scope{"Meetings", rcapi.ScopeReadAccounts}, Endpoints: []Endpoint{{Op: rcapi.ReadUserVideoConfiguration}}}
	records := new(log).ok(21, rcapi.ReadUserVideoConfiguration, today)
	got := func(p Policy) []int {
		v := Evaluate(p, want, records.all(), noon)
		require.Len(t, v.Scopes, 2)
		return []int{v.Scopes[0].Got, v.Scopes[1].Got}
	}
	assert.Equal(t, []int{0, 21}, got(Graduation))
	assert.Equal(t, []int{21, 0}, got(Graduation.In(rcapi.Edition2021)))

	then := Want{Scopes: []rcapi.Scope{"Glip", "TelephonySessions"}, Endpoints: []Endpoint{{Op: rcapi.ListGlipChats}, {Op: rcapi.DeleteCallParty}}}
	records = new(log).ok(11, rcapi.ListGlipChats, today).answers(11, rcapi.DeleteCallParty, 204, today)
	assert.True(t, Evaluate(Graduation.In(rcapi.Edition2021), then, records.all(), noon).Ready, "names of the time are the same scopes")
	assert.True(t, Evaluate(Graduation, then, records.all(), noon).Ready, "what the edition lacks is judged by the same rules")
}

func TestScopeThatTheEditionLacks(t *testing.T) {
	want := Want{Scopes: []rcapi.Scope{rcapi.ScopeRingSense}}
	v := Evaluate(Graduation.In(rcapi.Edition2021), want, enough(21).all(), noon)
	assert.Contains(t, v.finding(RuleScopes).Fix, "RingSense")
}
