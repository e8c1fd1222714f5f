package rctest

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// excluded is a row of documented members that TestFilled does not count, whether an answer has them or not.
type excluded struct {
	rule       string
	operations string // parts of operation ids, separated by spaces; empty: all operations
	members    string // paths within a record, separated by spaces; of all operations: ends of paths
	words      string // the condition: as the specification states it, otherwise what names and schemas say
}

// The rules by which a documented member is not counted. A last rule needs no table: a member of the request that its
// body left out, and that has no default, is not in the answer either.
const (
	byFailure   = "failure"   // the member describes an error, and the call succeeded
	byPage      = "page"      // the link leads to a page that the list does not have
	byState     = "state"     // the resource is not in the state, or not of the type, that the words name
	byFeature   = "feature"   // the account does not have the feature that the words name
	byParameter = "parameter" // the request does not have the parameter, or is not the one, that the words name
)

const postOperations = "GlipPost GlipGroupPost readGlipThreadPosts createPost"

// records are where an answer has its records, from the outside in.
var records = []string{".records[]", ".tasks[]", ".session", ".parties[]", ".legs[]", ".device", ".meetings[]"}

// exclusions are the documented members that are not counted.
var exclusions = []excluded{
	{byFailure, "", "errors bulkItemErrors faxErrorCode deliveryErrorCode failureReason reasonDescription error",
		"list of errors; returned only if `bulkItemSuccessful` is false; delivery error code"},
	{byFailure, "A2P", "rejected", "the list of rejected/invalid recipients"},
	{byFailure, "CallLog CallRecord", "reason", "the reason of the call result, for results of failure"},

	{byPage, "", "navigation.previousPage navigation.prevPageToken paging.previousPageToken",
		"absent for the first page of the result set"},
	{byPage, "", "navigation.nextPage navigation.nextPageToken paging.nextPageToken",
		"absent for the last page of the result set"},
	{byPage, "syncAddressBook", "nextPageId", "for the next page"},

	{byParameter, "Device", "billingStatement", "returned if `prestatement` query parameter is set to 'true'"},
	{byParameter, "listExtensionPhoneNumbers", "extension",
		"returned only for the request of Account phone number list"},
	{byParameter, "PhoneNumber", "vanityPattern", "of a search by vanity pattern"},
	{byParameter, "CallLog CallRecord", "deleted", "returned for deleted records, for ISync requests"},
	{byParameter, "updateUserPresenceStatus", "activeCalls", "returned if detailedTelephonyState is true"},

	{byFeature, "", "site siteCode siteAccess",
		"if multi-site feature is turned on for the account"},
	{byFeature, "Extension", "costCenter", "applicable if Cost Center feature is enabled"},
	{byFeature, "Director Extension", "customFields integration", "custom fields and contact center integration"},
	{byFeature, "", "partnerId references", "for Partner Applications; non-RC internal identifiers"},
	{byFeature, "PhoneNumber", "contactCenterProvider", "Contact Center Routing Number provider"},
	{byFeature, "Device", "lastLocationReportTime inCompanyNet", "of the Emergency Address Auto Update feature"},
	{byFeature, "AccountInfo Director", "federated", "of federated accounts"},
	{byFeature, "VideoMeeting Recordings", "longSummary shortSummary summary keywords transcriptions notes",
		"of meeting insights"},

	{byState, "Extension", "callQueueInfo", "for Call Queue extension type only"},
	{byState, "Extension", "departments", "returned only for members of department"},
	{byState, "Extension AccountInfo", "statusInfo", "reason of a change of status, for Disabled extensions"},
	{byState, "Extension PhoneNumber CallQueueInfo", "subType", "extension subtype, if applicable"},
	{byState, "AnsweringRule", "queue", "applied for call queue extension type, with 'AgentQueue' as the action"},
	{byState, "AnsweringRule", "unconditionalForwarding", "returned if 'UnconditionalForwarding' is the action"},
	{byState, "AnsweringRule", "transfer", "returned if 'TransferToExtension' is the action"},
	{byState, "AnsweringRule", "missedCall", "returned only if `enabled` of a voicemail is 'false'"},
	{byState, "AnsweringRule", "sharedLines", "of shared lines"},
	{byState, "AnsweringRule BusinessHours", "schedule.weeklyRanges schedule.ranges",
		"if specified, the other cannot be specified"},
	{byState, "Device", "hotDeskDevice", "returned if `useAsCommonPhone` is set to false"},
	{byState, "Device SIPRegistration", "shipping boxBillingId", "of devices that are delivered"},
	{byState, "PhoneNumber", "temporaryNumber", "returned for phone numbers in `Pending` porting status only"},
	{byState, "Party CallSession", "status.peerId", "valid in 'Gone' state of a call"},
	{byState, "Party CallSession", "status.parkData park", "returned for calls in 'Parked' state"},
	{byState, "Party CallSession", "status.mobilePickupData", "of calls that a mobile device can pick up"},
	{byState, "Party CallSession", "conferenceRole", "for calls of 'Conference' type only"},
	{byState, "Party CallSession", "ringMeRole ringOutRole", "for calls of 'Ringme' or 'Ringout' type only"},
	{byState, "Party CallSession", "recordings", "active recordings list, of calls that are recorded"},
	{byState, "CallLog CallRecord", "message", "linked message (Fax/Voicemail)"},
	{byState, "CallLog CallRecord", "recording", "returned if the call was recorded"},
	{byState, "CallLog CallRecord", "shortRecording", "not returned if the value is false"},
	{byState, "CallLog CallRecord", "delegate delegationType",
		"the delegate extension that implemented a call action"},
	{byState, "CallLog CallRecord", "transferTarget transferee",
		"of calls that were transferred"},
	{byState, "Message SMS MMS FaxMessage", "forwarding owner", "supported for shared voicemail and sms messages only"},
	{byState, "Message SMS MMS", "vmTranscriptionStatus attachments[].vmDuration private",
		"voicemail only"},
	{byState, "Message SMS MMS", "faxResolution faxPageCount coverIndex coverPageText", "fax only"},
	{byState, "Message SMS MMS", "pgToDepartment", "pager only"},
	{byState, "Message", "smsSendingAttemptsCount smsDeliveryTime segmentCount", "SMS only, outbound"},
	{byState, postOperations, "activity title iconUri iconEmoji", "can be set for bot's messages only"},
	{byState, postOperations, "addedPersonIds", "for 'PersonsAdded' post type only"},
	{byState, postOperations, "parentPostId threadId isParent", "in case post is a part of a thread"},
	{byState, "Note", "lockedBy", "returned for the note being edited (locked) at the current moment"},
	{byState, "Event", "endingAfter endingOn recurrence.endingAfter recurrence.endingOn", "for periodic events only"},
	{byState, "ubscription", "blacklistedData", "returned if a WebHook subscription is blacklisted"},
	{byState, "ubscription", "disabledFilters", "filters that the user is not subscribed to due to limitations"},
	{byState, "mth", "statusReason", "for threads in `Resolved` status only"},
	{byState, "AccountInfo ServiceInfo", "targetServicePlan", "of accounts whose plan changes"},
}

// exclusionOf returns the row by which the member at a path of an operation's answer is not counted, and the end of the
// path in it.
func exclusionOf(operationID, path string) (e excluded, end string, ok bool) {
	within := path
	for _, around := range records {
		within = strings.TrimPrefix(within, around)
	}
	for _, e := range exclusions {
		applies := e.operations == ""
		for part := range strings.FieldsSeq(e.operations) {
			applies = applies || strings.Contains(operationID, part)
		}
		if !applies {
			continue
		}
		for end := range strings.FieldsSeq(e.members) {
			if within == "."+end || e.operations == "" && strings.HasSuffix(path, "."+end) {
				return e, end, true
			}
		}
	}
	return excluded{}, "", false
}

// leftOut reports whether the member at a path is one of the request that its body left out and that has no default.
func leftOut(request *shape.Shape, body any, path string) bool {
	path = strings.TrimPrefix(strings.TrimPrefix(path, ".records[]"), ".")
	name, rest, deeper := strings.Cut(path, ".")
	name, items := strings.CutSuffix(name, "[]")
	if request == nil {
		return false
	}
	for _, a := range request.Alternatives {
		if leftOut(a, body, path) {
			return true
		}
	}
	m, ok := request.Member(name)
	if !ok || m.ReadOnly || m.Shape == nil {
		return false
	}
	o, _ := body.(map[string]any)
	in, sent := o[name]
	switch {
	case !sent:
		return !deeper && m.Shape.Default == nil
	case !deeper:
		return false
	case items:
		list, _ := in.([]any)
		return len(list) > 0 && leftOut(m.Shape.Items, list[0], rest)
	}
	return leftOut(m.Shape, in, rest)
}
