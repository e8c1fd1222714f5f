package suitegen

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// known says where the value of a path parameter comes from, if the catalogue alone does not.
type known struct {
	op    string // ID of the operation that has it in its response
	path  string // of the member
	fixed string // a value that exists in every account; then there is no op
	query []pair // of op
	body  *body  // of op; nil: its usual one
}

// fixed values of path parameters.
func fixed(value string) known { return known{fixed: value} }

// knownIDs are what exists already, by the template of its path or by the name of the parameter alone. Operations of
// team messaging under /glip are written as their successors.
var knownIDs = map[string]known{
	"/restapi/{apiVersion}": fixed("v1.0"),
	"scaleSize":             fixed("90x90"),
	"brandId":               {op: "readAccountServiceInfo", path: "brand.id"},
	"contractedCountryId":   {op: "listContractedCountries", path: "records.0.id"},

	"deviceId":          {op: "listExtensionDevices", path: "records.0.id"},
	"departmentId":      {op: "listExtensions", path: "records.[type=Department].id"},
	"callQueueId":       {op: "listCallQueues", path: "records.0.id"},
	"pagingOnlyGroupId": {op: "listExtensions", path: "records.[type=PagingOnly].id"},

	"/restapi/v1.0/account/{accountId}/recording/{recordingId}": {
		op: "readUserCallLog", path: "records.0.recording.id", query: []pair{{"recordingType", "All"}},
	},
	"/restapi/v1.0/account/{accountId}/call-recording/custom-greetings/{greetingId}": {
		op: "listCallRecordingCustomGreetings", path: "records.0.custom.id",
	},
	"/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}/content/{attachmentId}": {
		op: "readMessage", path: "attachments.0.id",
	},
	"/restapi/v1.0/account/{accountId}/message-threads/messages/{messageId}": {
		op: "mthListMessages", path: "records.0.id",
	},
	"/restapi/v1.0/account/{accountId}/message-threads/messages/{messageId}/content/{attachmentId}": {
		op: "mthListMessages", path: "records.0.attachments.0.id",
	},
	"/restapi/v1.0/account/{accountId}/message-threads/{threadId}": {
		op: "mthListThreads", path: "records.[status=Open].id",
	},
	"/restapi/v1.0/account/{accountId}/meeting/{meetingId}": {op: "listMeetings", path: "records.0.id"},
	"/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}": {
		op: "readCallSessionStatus", path: "parties.0.id",
	},

	"domain": fixed("pbx"),
	"sourceRecordId": {
		op: "readUserCallLog", path: "records.0.recording.id", query: []pair{{"recordingType", "All"}},
	},
	"sourceSessionId": {op: "readUserCallLog", path: "records.0.sessionId", query: []pair{{"recordingType", "All"}}},

	"/team-messaging/v1/chats/{chatId}":     {op: "readGlipChatNew", path: "id"},
	"/restapi/v1.0/glip/chats/{chatId}":     {op: "listGlipChats", path: "records.[type=Personal].id"},
	"companyId":                             {op: "readGlipPerson", path: "companyId"},
	"datasetId":                             {op: "readDataExportTask", path: "datasets.0.id"},
	"/team-messaging/v1/groups/{groupId}":   {op: "readGlipChatNew", path: "id"},
	"/team-messaging/v1/persons/{personId}": {op: "readExtension", path: "id"},

	"/rcvideo/v2/bridges/{bridgeId}":     {op: "getDefaultBridge", path: "id"},
	"/rcvideo/v2/bridges/pin/web/{pin}":  {op: "getDefaultBridge", path: "pins.web"},
	"/rcvideo/v2/bridges/pin/pstn/{pin}": {op: "getDefaultBridge", path: "pins.pstn.participant"},

	"/webinar/registration/v1/sessions/{sessionId}": {
		op: "rcwConfigListAllSessions", path: "records.[status=Scheduled].id",
	},
	"/webinar/history/v1/webinars/{webinarId}": {op: "rcwHistoryListAllSessions", path: "records.0.webinar.id"},
	"/webinar/history/v1/webinars/{webinarId}/sessions/{sessionId}": {
		op: "rcwHistoryListAllSessions", path: "records.0.id",
	},
}

// unharmed are operations that change nothing of what is there for good, so that they need no resource of their own.
var unharmed = []string{"mthAssignThread"}

// ending are operations after which the resource of the call is gone or out of reach, so that nothing is left to
// remove.
var ending = []string{
	"rejectParty", "replyParty", "deleteCallParty", "ignoreCallInQueue", "leaveGlipTeam", "leaveGlipTeamNew",
}

// mostlyEmpty are collections in which an account has often nothing, so that a suite creates what it reads.
var mostlyEmpty = []string{
	"/webinar/registration/v1/sessions/{sessionId}/registrants",
	"/restapi/v1.0/subscription", "/webinar/notifications/v1/subscriptions", "/team-messaging/v1/chats/{chatId}/posts",
	"/restapi/v1.0/glip/chats/{chatId}/posts",
}

// knownNew are operations that create what a parameter names, if the catalogue does not show it.
var knownNew = map[string]known{
	"/restapi/v1.0/account/{accountId}/address-book-bulk-upload/tasks/{taskId}": {
		op: "addressBookBulkUpload", path: "id",
	},
	"/restapi/v1.0/account/{accountId}/extension-bulk-update/tasks/{taskId}": {
		op: "extensionBulkUpdate", path: "id",
	},
	"/restapi/v1.0/account/{accountId}/emergency-address-auto-update/tasks/{taskId}": {
		op: "createMultipleSwitches", path: "task.0.id",
	},
	"/restapi/v2/accounts/{accountId}/phone-numbers/bulk-add/{taskId}": {
		op: "addNumbersToInventoryV2", path: "id",
	},
	"/ai/status/v1/jobs/{jobId}":     {op: "caiPunctuate", path: "jobId"},
	"/rcvideo/v2/bridges/{bridgeId}": {op: "createBridge", path: "id"},

	"/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out/{ringoutId}": {
		op: "createRingOutCall", path: "id",
	},
	"/restapi/v1.0/account/{accountId}/extension/{extensionId}/ringout/{ringoutId}": {
		op: "createRingOutCallDeprecated", path: "id",
	},
	"/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}": {
		op: "createCallOutCallSession", path: "session.id",
	},
	"/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/recordings/{recordingId}": {
		op: "startCallRecording", path: "id",
	},
	"/restapi/v1.0/account/{accountId}/message-threads/{threadId}": {op: "mthSendMessage", path: "threadId"},
	"/webinar/configuration/v1/webinars/{webinarId}/sessions/{sessionId}/invitees/{inviteeId}": {
		op: "rcwConfigUpdateInvitees", path: "addedInvitees.0.id",
	},
	"/restapi/v1.0/account/{accountId}/a2p-sms/batch/{batchId}":   {op: "createA2PSMS2021", path: "id"},
	"/restapi/v1.0/account/{accountId}/a2p-sms/batches/{batchId}": {op: "createA2PSMS", path: "id"},

	"/team-messaging/v1/chats/{chatId}/threads/{threadId}": {op: "createGlipPostNew", path: "threadId", body: &body{
		json: `{"text":"` + hello + `","parentPostId":"{{createGlipPostNew id}}"}`,
	}},
	"/team-messaging/v1/notes/{noteId}":          {op: "createChatNoteNew", path: "id"},
	"/team-messaging/v1/tasks/{taskId}":          {op: "createTaskNew", path: "id"},
	"/team-messaging/v1/adaptive-cards/{cardId}": {op: "createGlipAdaptiveCardNew", path: "id"},
	"/team-messaging/v1/webhooks/{webhookId}":    {op: "createGlipGroupWebhookNew", path: "id"},
}

// lookup finds an entry for a parameter of an operation.
func lookup(table map[string]known, op rcapi.Operation, param string) (source, bool) {
	template := parent(op, param) + "/{" + param + "}"
	k, ok := table[template]
	old := !ok && strings.HasPrefix(template, oldChat)
	if old {
		k, ok = table[newChat+strings.TrimPrefix(template, oldChat)]
	}
	if !ok {
		k, ok = table[param]
	}
	if !ok {
		return source{}, false
	}
	s := source{param: param, fixed: k.fixed, path: k.path, query: k.query, body: k.body}
	if k.fixed != "" {
		return s, true
	}
	if old {
		if s.op, ok = rcapi.Lookup(strings.TrimSuffix(k.op, "New")); ok {
			return s, true
		}
	}
	if s.op, ok = rcapi.Lookup(k.op); ok && s.query == nil {
		s.query = requiredQuery(s.op)
	}
	return s, ok
}

// Team messaging has two families of paths: the operations of older editions are under /glip.
const (
	oldChat = "/restapi/v1.0/glip/"
	newChat = "/team-messaging/v1/"
)
