package rcapi

import "slices"

// AnswerKind is what the specification documents as the body of a successful response.
type AnswerKind uint8

const (
	AnyAnswer  AnswerKind = iota // media, text, or an operation that the catalogue lacks: any content type
	JSONAnswer                   // a JSON document
	NoAnswer                     // the response has no documented body
)

// Answer returns the kind of the body of a successful response. A response 204 or 205 has no body in any case.
func (o Operation) Answer() AnswerKind {
	known, ok := Lookup(o.ID)
	switch {
	case !ok || known.Method != o.Method || known.Path != o.Path || slices.Contains(media[:], o.ID):
		return AnyAnswer
	case !slices.ContainsFunc(known.Success, mayHaveBody) || slices.Contains(bodiless[:], o.ID):
		return NoAnswer
	}
	return JSONAnswer
}

// Documents reports whether the specification documents a status of success for the operation. It documents none for
// operations that the catalogue lacks, so every status from 200 to 299 is as good. 207 is documented for few of those
// that take several ids; it is taken as documented for all.
func (o Operation) Documents(status int) bool {
	if status < 200 || status > 299 {
		return false
	}
	return status == 207 || len(o.Success) == 0 || slices.Contains(o.Success, status)
}

// mayHaveBody reports whether a successful response of that status can have a body: not 204, 205, or a redirect.
func mayHaveBody(status int) bool { return status >= 200 && status < 204 }

// media lists the operations with another body than JSON. A test compares both lists with the specification.
var media = [...]string{
	"exportSmsConsentRecords", "mthReadMessageContent", "readA2PSMSOptOuts", "readAccountGreetingContent",
	"readCallRecordingContent", "readGreetingContent", "readIVRPromptContent", "readMessageContent",
	"readMessageStoreReportArchiveContent", "readScaledProfileImage", "readUserProfileImageLegacy",
	"updateGlipPostText",
}

// bodiless lists the operations whose 200 or 202 has no documented body.
var bodiless = [...]string{
	"activateGlipWebhook", "activateGlipWebhookNew", "assignMultiplePagingGroupUsersDevices", "callFlipParty",
	"checkHealth", "checkHealth2", "deleteCallRecordingCustomGreeting", "deleteEmergencyLocation",
	"deleteEvent", "deleteEventNew", "deleteGlipCard", "deleteGlipWebhook", "deleteGlipWebhookNew",
	"disconnectTeamsUsers", "linkNumbers", "markChatRead", "markChatUnread", "revokeToken",
	"sendActivationEmailV2", "sendWelcomeEmailV2", "suspendGlipWebhook", "suspendGlipWebhookNew",
	"updateGlipCard",
}
