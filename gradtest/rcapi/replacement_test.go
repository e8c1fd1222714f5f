package rcapi_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestReplacement lists the operations that are gone and have no successor; every other one has one.
func TestReplacement(t *testing.T) {
	var none []string
	n := 0
	for o := range rcapi.All() {
		if _, today := o.At(rcapi.Newest); today {
			_, ok := o.Replacement("")
			assert.False(t, ok, "%s is there itself", o.ID)
			continue
		}
		by, ok := o.Replacement("")
		if !ok {
			none = append(none, o.ID)
			continue
		}
		n++
		assert.Contains(t, by.Editions(), rcapi.Newest, o.ID)
	}
	assert.Equal(t, []string{
		"caiSpeakerIdentify", "caiEnrollmentsList", "caiEnrollmentsCreate", "caiEnrollmentsGet", "caiEnrollmentsUpdate",
		"caiEnrollmentsDelete", "socMsgListContents", "socMsgCreateContent", "socMsgGetContent", "socMsgListIdentities",
		"socMsgImportIdentity", "socMsgGetIdentity", "socMsgAnonymizeIdentity", "socMsgDeanonymizeIdentity", "introspectToken",
		"getOAuthSessionInfo", "createUserMeetingProfileImage", "updateMeetingServiceInfo", "getUserSetting", "endMeeting",
		"readAssistants", "updateUserVideoConfiguration", "getAccountLockedSetting", "markChatRead", "markChatUnread",
		"readDataExportTaskDataset", "readGlipPreferences", "addForwardedNumbersV2", "listLicensesV2", "bulkAssignLicensesV2",
		"checkHealth", "checkHealth2",
	}, none)
	assert.Equal(t, 126, n+len(none))
}

func TestReplacementInOtherEditions(t *testing.T) {
	for _, tt := range []struct {
		from rcapi.Operation
		in   rcapi.Edition
		want string
	}{
		{rcapi.ListGlipChats, "", "listGlipChatsNew"},
		{rcapi.ListGlipChats, rcapi.Edition2024, "listGlipChatsNew"},
		{rcapi.ListGlipChats, rcapi.Edition2021, ""},
		{rcapi.ListGlipChatsNew, rcapi.Edition2021, "listGlipChats"},
		{rcapi.CreateRingOutCallDeprecated, "", "createRingOutCall"},
		{rcapi.ReadGlipCard, "", "getGlipAdaptiveCardNew"},
		{rcapi.ReadA2PBatch, rcapi.Edition2021, "readA2PBatch2021"},
		{rcapi.SearchViaGet, rcapi.Edition2021, ""},
		{rcapi.SearchViaGet, "", "scimSearchViaGet2"},
		{rcapi.CheckHealth, "", ""},
		{rcapi.MthListThreads, rcapi.Edition2021, ""},
		{rcapi.MustParse("GET /own"), "", ""},
	} {
		got, ok := tt.from.Replacement(tt.in)
		assert.Equal(t, tt.want, got.ID, "%s in %s", tt.from.ID, tt.in)
		assert.Equal(t, tt.want != "", ok)
	}
}
