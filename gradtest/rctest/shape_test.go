package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestNumericIDs: v1.0 has numbers in its older parts and text elsewhere; a client that decodes into int64 breaks on the
// wrong one.
func TestNumericIDs(t *testing.T) {
	for op, want := range map[*rcapi.Operation]bool{
		&rcapi.ReadAccountInfo: true, &rcapi.ReadExtension: true, &rcapi.ListExtensionPhoneNumbers: true, &rcapi.ReadMessage: true,
		&rcapi.CreateSMSMessage: true, &rcapi.CreateContact: true, &rcapi.ListCallQueueMembers: true,
		&rcapi.ListCallMonitoringGroupMembers: false, &rcapi.ReadUserCallRecord: false, &rcapi.CreateRingOutCall: false,
		&rcapi.ReadDevice: false, &rcapi.CreateGlipPostNew: false, &rcapi.ListAccountPhoneNumbersV2: false, &rcapi.ListA2PBatches: false,
	} {
		assert.Equal(t, want, newShape(*op, success(*op)).numeric, op.ID)
	}
}

func TestStyles(t *testing.T) {
	for op, want := range map[*rcapi.Operation]style{
		&rcapi.ReadUserCallLog: byPage, &rcapi.ListMessages: byPage, &rcapi.ListA2PBatches: byToken, &rcapi.ListAccountPhoneNumbersV2: byToken,
		&rcapi.ListGlipChatsNew: byChat, &rcapi.SyncMessages: bySync, &rcapi.MthListThreads: byToken, &rcapi.RcwConfigListAllSessions: byToken,
	} {
		assert.Equal(t, want, styleOf(*op), op.ID)
	}
}
