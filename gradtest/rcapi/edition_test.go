package rcapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestEditions(t *testing.T) {
	all := rcapi.Editions()
	assert.Equal(t, []rcapi.Edition{"2021-03", "2023-05", "2024-03-05", "2026-08"}, all)
	assert.True(t, slices.IsSorted(all), "a date is comparable as text")
	assert.Equal(t, rcapi.Newest, all[len(all)-1])

	sizes, spans := make(map[rcapi.Edition]int), make(map[string]int)
	for o := range rcapi.All() {
		spans[fmt.Sprint(o.Editions())]++
		for _, e := range o.Editions() {
			sizes[e]++
		}
	}
	assert.Equal(t, map[rcapi.Edition]int{"2021-03": 347, "2023-05": 468, "2024-03-05": 482, "2026-08": 520}, sizes)
	assert.Equal(t, map[string]int{
		"[2026-08]": 72, "[2024-03-05]": 10, "[2024-03-05 2026-08]": 7, "[2023-05]": 3, "[2023-05 2024-03-05]": 8,
		"[2023-05 2024-03-05 2026-08]": 199, "[2021-03]": 88, "[2021-03 2024-03-05 2026-08]": 1, "[2021-03 2023-05]": 1,
		"[2021-03 2023-05 2024-03-05]": 16, "[2021-03 2023-05 2024-03-05 2026-08]": 241,
	}, spans)
	for e, n := range sizes {
		assert.Len(t, slices.Collect(e.Operations()), n, e)
	}
	assert.Len(t, slices.Collect(rcapi.Edition("").Operations()), 646)
	assert.Empty(t, slices.Collect(rcapi.Edition("2020").Operations()))
}

func TestParseEdition(t *testing.T) {
	for name, want := range map[string]rcapi.Edition{
		"2021": rcapi.Edition2021, "2023-05": rcapi.Edition2023, "2024-03-05": rcapi.Edition2024, "2026-08": rcapi.Newest,
	} {
		got, err := rcapi.ParseEdition(name)
		assert.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for _, name := range []string{"", "2022", "2024-03-05T00:00:00Z"} {
		_, err := rcapi.ParseEdition(name)
		assert.EqualError(t, err, fmt.Sprintf("rcapi: no edition is named %q: use one of 2021-03, 2023-05, 2024-03-05, 2026-08", name))
	}
}

// TestAt lists all operations whose group or scope differs between editions.
func TestAt(t *testing.T) {
	got := make(map[string][]string)
	for o := range rcapi.All() {
		for _, e := range o.Editions() {
			at, ok := o.At(e)
			require.True(t, ok)
			assert.Equal(t, o.ID, at.ID)
			assert.Equal(t, o.Path, at.Path)
			assert.Equal(t, o.Editions(), at.Editions())
			if at.Group != o.Group {
				got[o.ID] = append(got[o.ID], string(e[:4])+" "+string(at.Group))
			}
			if at.Scope.Canonical() != o.Scope || at.Scope != o.Scope && at.Scope != "Glip" {
				got[o.ID] = append(got[o.ID], string(e[:4])+" scope "+string(at.Scope))
			}
		}
	}
	assert.Equal(t, map[string][]string{
		"createCallPartyWithBringIn":    {"2021 scope TelephonySessions"},
		"createConferenceCallSession":   {"2021 scope TelephonySessions"},
		"createCustomField":             {"2021 Light"},
		"createUserMeetingProfileImage": {"2021 scope "},
		"deleteCallParty":               {"2021 scope TelephonySessions"},
		"deleteCustomField":             {"2021 Light"},
		"readIVRPromptContent":          {"2021 Medium", "2023 Medium"},
		"readScaledProfileImage":        {"2021 Light", "2023 Light"},
		"readUserVideoConfiguration":    {"2021 scope Meetings"},
		"scimGetProviderConfig2":        {"2021 NoThrottling", "2021 scope "},
		"updateCustomField":             {"2021 Light"},
		"updateUserCallQueues":          {"2021 scope Accounts"},
	}, got)
}

func TestAtOtherFacts(t *testing.T) {
	at := func(o rcapi.Operation, e rcapi.Edition) rcapi.Operation {
		t.Helper()
		got, ok := o.At(e)
		require.True(t, ok)
		return got
	}
	assert.Equal(t, []int{200}, at(rcapi.DeleteForwardingNumber, rcapi.Edition2021).Success)
	assert.Equal(t, []string{"brandId"}, at(rcapi.PauseResumeCallRecording, rcapi.Edition2024).RequiredQuery)
	assert.Empty(t, at(rcapi.Authorize, rcapi.Edition2023).RequiredQuery)
	assert.Equal(t, "JoinLeaveCallQueue", at(rcapi.UpdateUserCallQueues, rcapi.Edition2021).Permission)
	assert.False(t, at(rcapi.ParsePhoneNumber, rcapi.Edition2024).Deprecated)
	assert.True(t, rcapi.ParsePhoneNumber.Deprecated)

	own := rcapi.UpdateUserCallQueues.In(rcapi.Heavy).Needs(rcapi.ScopeSMS)
	assert.Equal(t, rcapi.ScopeSMS, at(own, rcapi.Edition2021).Scope, "what the app says holds in every edition")
	assert.Equal(t, rcapi.ReadAPIVersion, at(rcapi.ReadAPIVersion, ""))

	for _, o := range []rcapi.Operation{rcapi.ListGlipChatsNew, rcapi.MustParse("GET /own")} {
		got, ok := o.At(rcapi.Edition2021)
		assert.False(t, ok)
		assert.Equal(t, o, got)
	}
	assert.Nil(t, rcapi.MustParse("GET /own").Editions())
}

// TestOldNames checks the cases in which editions use ids and templates differently: one operation with several ids,
// one id for two operations, and templates that differ only in the names of parameters.
func TestOldNames(t *testing.T) {
	for old, is := range map[string]rcapi.Operation{
		"GetUserSetting": rcapi.GetUserSetting, "deleteUser2": rcapi.ScimDeleteUser2, "readUserFeatures": rcapi.ReadExtensionFeatures,
		"readUserProfileImage": rcapi.ReadUserProfileImageLegacy, "listIVRPrompts": rcapi.ListIvrPrompts,
	} {
		got, ok := rcapi.Lookup(old)
		assert.True(t, ok, old)
		assert.Equal(t, is, got, old)
	}
	for _, o := range []rcapi.Operation{rcapi.CreateA2PSMS2021, rcapi.ReadA2PBatch2021} {
		assert.Equal(t, []rcapi.Edition{rcapi.Edition2021}, o.Editions())
		assert.Contains(t, o.Path, "/a2p-sms/batch")
	}
	for path, want := range map[string]rcapi.Operation{
		"/restapi/v1.0/account/~/a2p-sms/batch/7": rcapi.ReadA2PBatch2021, "/restapi/v1.0/account/~/a2p-sms/batches/7": rcapi.ReadA2PBatch,
		"/restapi/v1.0/glip/chats/1/posts/2": rcapi.ReadGlipPost, "/scim/v2/Users/1": rcapi.ScimGetUser2,
	} {
		got, ok := rcapi.Match("GET", path)
		assert.True(t, ok)
		assert.Equal(t, want.ID, got.ID, path)
	}
	assert.Zero(t, testing.AllocsPerRun(100, func() { rcapi.Lookup("readUserFeatures") }))
}
