package rcapi_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The operations most used in official material. A is /restapi/v1.0/account/{accountId}, E its extension/{extensionId}.
// Columns: method, path, operationId, group, scope, user permission, success statuses.
const popular = `
GET E/phone-number listExtensionPhoneNumbers Light ReadAccounts ReadUserPhoneNumbers 200
GET E/call-log readUserCallLog Heavy ReadCallLog ReadCallLog 200
GET A/extension listExtensions Medium ReadAccounts ReadExtensions 200
GET E/message-store listMessages Light ReadMessages ReadMessages 200
GET A/call-log readCompanyCallLog Heavy ReadCallLog FullCompanyCallLog 200
POST /restapi/v1.0/subscription createSubscription Medium - - 200
GET E/message-store/{messageId} readMessage Light ReadMessages ReadMessages 200/207
GET A/call-queues listCallQueues Medium ReadAccounts ReadExtensions 200
POST E/answering-rule createAnsweringRule Medium EditExtensions EditUserAnsweringRules 200
GET E/active-calls listExtensionActiveCalls Heavy ReadCallLog ReadCallLog 200
POST /team-messaging/v1/chats/{chatId}/posts createGlipPostNew Medium TeamMessaging - 201
POST /team-messaging/v1/chats/{chatId}/adaptive-cards createGlipAdaptiveCardNew Medium TeamMessaging - 201
PUT A/device/{deviceId} updateDevice Medium EditAccounts EditCompanyDevices 200
POST E/sms createSMSMessage Medium SMS OutboundSMS 200
DELETE /restapi/v1.0/subscription/{subscriptionId} deleteSubscription Medium - - 204
GET E/answering-rule/{ruleId} readAnsweringRule Light ReadAccounts ReadUserAnsweringRules 200
POST E/ring-out createRingOutCall Heavy RingOut - 200
GET /team-messaging/v1/chats listGlipChatsNew Medium TeamMessaging - 200
GET /restapi/v1.0/subscription/{subscriptionId} readSubscription Light - - 200
GET E readExtension Light ReadAccounts ReadExtensions 200
POST A/answering-rule createCompanyAnsweringRule Medium EditAccounts EditCompanyAnsweringRules 200
GET A/a2p-sms/batches/{batchId} readA2PBatch Light A2PSMS - 200
POST /analytics/calls/v1/accounts/{accountId}/aggregation/fetch analyticsCallsAggregationFetch Light Analytics - 200
POST A/extension createExtension Medium EditAccounts AddRemoveUsers 200
GET E/answering-rule listAnsweringRules Medium ReadAccounts ReadUserAnsweringRules 200
POST E/fax createFaxMessage Heavy Faxes OutboundFaxes 200
GET A/call-queues/{groupId} readCallQueueInfo Light ReadAccounts ReadExtensions 200
PUT /team-messaging/v1/adaptive-cards/{cardId} updateGlipAdaptiveCardNew Medium TeamMessaging - 200
POST /restapi/v1.0/subscription/{subscriptionId}/renew renewSubscription Light - - 200
GET E/device listExtensionDevices Light ReadAccounts ReadUserDevices 200
GET A/device/{deviceId} readDevice Light ReadAccounts ReadCompanyDevices 200
GET A/phone-number listAccountPhoneNumbers Heavy ReadAccounts ReadCompanyPhoneNumbers 200
POST A/telephony/sessions/{telephonySessionId}/supervise superviseCallSession Light CallControl - 201
POST /analytics/calls/v1/accounts/{accountId}/timeline/fetch analyticsCallsTimelineFetch Light Analytics - 200
POST /team-messaging/v1/teams createGlipTeamNew Medium TeamMessaging - 201
POST A/a2p-sms/batches createA2PSMS Light A2PSMS - 201
POST E/forwarding-number createForwardingNumber Medium EditExtensions EditUserForwardingFlipNumbers 200
GET /restapi/v1.0/subscription listSubscriptions Light - - 200
POST E/mms createMMS Medium SMS OutboundSMS 200
PATCH /restapi/v2/accounts/{accountId}/extensions/{extensionId}/comm-handling/states/{stateId} updateCicState Medium EditExtensions - 200
`

func TestPopularOperations(t *testing.T) {
	const account = "/restapi/v1.0/account/{accountId}"
	ids := make(map[string]string)
	for id := range strings.FieldsSeq("accountId extensionId messageId chatId deviceId subscriptionId ruleId batchId groupId cardId telephonySessionId stateId") {
		ids["{"+id+"}"] = "1234"
	}
	n := 0
	for line := range strings.Lines(strings.TrimSpace(popular)) {
		n++
		f := strings.Fields(line)
		require.Len(t, f, 7, line)
		path := f[1]
		switch {
		case path == "E" || strings.HasPrefix(path, "E/"):
			path = account + "/extension/{extensionId}" + path[1:]
		case path == "A" || strings.HasPrefix(path, "A/"):
			path = account + path[1:]
		}
		o, ok := rcapi.Lookup(f[2])
		if !assert.True(t, ok, f[2]) {
			continue
		}
		var statuses []string
		for _, s := range o.Success {
			statuses = append(statuses, strconv.Itoa(s))
		}
		dash := func(s string) string {
			if s == "" {
				return "-"
			}
			return s
		}
		got := []string{o.Method, o.Path, o.ID, string(o.Group), dash(string(o.Scope)), dash(o.Permission), strings.Join(statuses, "/")}
		assert.Equal(t, []string{f[0], path, f[2], f[3], f[4], f[5], f[6]}, got)

		concrete := path
		for from, to := range ids {
			concrete = strings.ReplaceAll(concrete, from, to)
		}
		require.NotContains(t, concrete, "{")
		found, ok := rcapi.Match(f[0], concrete)
		assert.True(t, ok, concrete)
		assert.Equal(t, f[2], found.ID, concrete)
	}
	assert.Equal(t, 40, n)
}
