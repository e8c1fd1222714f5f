package world

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// conditional is a part of responses that is there only if the request fulfils a condition. Source: descriptions in the
// four editions of the specification, found by searching for "view", "only" and "returned if".
type conditional struct {
	operations string // ids, separated by spaces
	members    string // paths of package shape, separated by spaces
	met        func(w *World, q *Request) bool
	byUser     bool // the condition depends on who asks
}

const (
	callLists = "readUserCallLog readCompanyCallLog syncUserCallLog syncAccountCallLog extractSyncAccountCallLog " +
		"listExtensionActiveCalls listCompanyActiveCalls"
	callRecords = "readUserCallRecord readCompanyCallRecord"
	bridges     = "getDefaultBridge getBridge getBridgeByWebPin getBridgeByPstnPin"
)

// conditionals is the table of all conditional parts of responses.
var conditionals = []conditional{
	{operations: callLists, members: "records[].legs records[].billing records[].lastModifiedTime", met: detailed},
	{operations: callRecords, members: "legs billing lastModifiedTime", met: detailed},
	{operations: "listA2PSMS", members: "records[].text", met: detailed},
	{operations: "listAnsweringRules", met: detailed, members: "records[].schedule records[].calledNumbers " +
		"records[].callers records[].callHandlingAction records[].forwarding records[].unconditionalForwarding " +
		"records[].queue records[].transfer records[].voicemail records[].greetings records[].screening " +
		"records[].sharedLines records[].missedCall"},
	{operations: "readAnsweringRule", members: "forwarding.rules[].enabled", met: asked("showInactiveNumbers")},
	{operations: "readUserPresenceStatus updateUserPresenceStatus", members: "activeCalls",
		met: asked("detailedTelephonyState")},
	{operations: "readUserPresenceStatus", members: "activeCalls[].sipData", met: asked("sipData")},
	{operations: "readAccountPresence", members: "records[].activeCalls", met: asked("detailedTelephonyState")},
	{operations: "readAccountPresence", members: "records[].activeCalls[].sipData", met: asked("sipData")},
	{operations: "rcwRegListRegistrants", members: "records[].questionnaire", met: asked("includeQuestionnaire")},
	{operations: "rcwRegGetRegistrant", members: "questionnaire", met: asked("includeQuestionnaire")},
	{operations: "listStandardUserRole", members: "records[].permissions[].permissionsCapabilities",
		met: asked("advancedPermissions")},
	{operations: "readUserRole createCustomRole updateUserRole", members: "permissions[].permissionsCapabilities",
		met: asked("advancedPermissions")},
	{operations: "listDirectoryEntries", members: "records[].account", met: func(_ *World, q *Request) bool {
		return q.Query.Get("showFederated") != "false"
	}},
	{operations: "listExtensionPhoneNumbers", members: "records[].extension", met: never}, // of the account's list alone
	{operations: "listAccountPhoneNumbers readAccountPhoneNumber", members: "vanityPattern records[].vanityPattern",
		met: never}, // of a search by vanity pattern alone
	{operations: "readExtension", members: "serviceFeatures", met: oneself, byUser: true},
	{operations: "createExtension", members: "serviceFeatures", met: never},
	{operations: "readUnifiedPresence", members: "glip.visibility telephony.visibility", met: oneself, byUser: true},
	{operations: bridges, members: "security.password.plainText security.password.pstn security.password.joinQuery",
		met: ownerOrAdmin, byUser: true},
}

func detailed(_ *World, q *Request) bool { return q.Query.Get("view") == "Detailed" }

func never(*World, *Request) bool { return false }

// asked is the condition that a parameter of the query is true.
func asked(parameter string) func(*World, *Request) bool {
	return func(_ *World, q *Request) bool { return q.Query.Get(parameter) == "true" }
}

func oneself(_ *World, q *Request) bool { return q.Extension() == q.User }

// ownerOrAdmin is the condition that the user has the resource or is the first user, who is the account's
// administrator.
func ownerOrAdmin(w *World, q *Request) bool {
	owner := q.Resource.parentOr("extensionId", q.Extension())
	return owner == q.User || len(w.Config.Users) > 0 && w.Config.Users[0].ID == q.User
}

func (t *Resource) parentOr(name, other string) string {
	if t == nil || t.Parent(name) == "" {
		return other
	}
	return t.Parent(name)
}

// conditionalsOf returns the rows of an operation.
func conditionalsOf(operationID string) []conditional {
	return slices.DeleteFunc(slices.Clone(conditionals), func(c conditional) bool {
		return !slices.Contains(strings.Fields(c.operations), operationID)
	})
}

// answerTo returns the shape of the response to a request: without the parts whose condition it does not fulfil.
func (p *Plan) answerTo(w *World, q *Request) *shape.Shape {
	if len(p.conditionals) == 0 {
		return p.answer
	}
	unmet := 0
	for i, c := range p.conditionals {
		if !c.met(w, q) {
			unmet |= 1 << i
		}
	}
	if s, ok := p.answers.Load(unmet); ok {
		return s.(*shape.Shape)
	}
	s := p.answer
	for i, c := range p.conditionals {
		if unmet&(1<<i) == 0 {
			continue
		}
		for path := range strings.FieldsSeq(c.members) {
			s = s.Without(path)
		}
	}
	p.answers.Store(unmet, s)
	return s
}
