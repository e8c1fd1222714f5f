package suitegen

// hello is the text of messages.
const hello = "Hello from the graduation suite"

// Values of the account that several bodies need. They are looked up when the suite runs, so that it works on any
// account.
const (
	smsNumber       = "{{listExtensionPhoneNumbers records.[features=SmsSender].phoneNumber}}"
	anyNumber       = "{{listExtensionPhoneNumbers records.0.phoneNumber}}"
	device          = "{{listExtensionDevices records.0.id}}"
	colleague       = "{{listExtensions records.1.id}}"
	colleagueNumber = "{{listExtensions records.1.extensionNumber}}"
	self            = "{{readExtension id}}"
	hook            = "https://hook.example/graduation"
	webhook         = `"deliveryMode":{"transportType":"WebHook","address":"` + hook + `"}`
)

// knownBodies are the bodies that the platform looks at beyond their schema, by the ID of the operation.
var knownBodies = map[string]body{
	"createSMSMessage": {
		json: `{"from":{"phoneNumber":"` + smsNumber + `"},"to":[{"phoneNumber":"` + smsNumber + `"}],"text":"` +
			hello + `"}`,
	},
	"createMMS": {
		json: `{"from":{"phoneNumber":"{{listExtensionPhoneNumbers records.[features=MmsSender].phoneNumber}}"},` +
			`"to":[{"phoneNumber":"` + smsNumber + `"}]}`,
		file: "image/png",
	},
	"createFaxMessage": {json: `{"to":[{"phoneNumber":"` + anyNumber + `"}]}`, file: "text/plain"},
	"createInternalTextMessage": {
		json: `{"to":[{"extensionNumber":"` + colleagueNumber + `"}],"text":"` + hello + `"}`,
	},
	"createA2PSMS": {
		json: `{"from":"{{listExtensionPhoneNumbers records.[features=A2PSmsSender].phoneNumber}}",` +
			`"text":"` + hello + `","messages":[{"to":["` + anyNumber + `"]}]}`,
	},
	"addA2PSMSOptOuts":        {json: `{"from":"` + smsNumber + `","optOuts":["+16505550160"]}`},
	"patchMessage":            {json: `{"readStatus":"Read"}`},
	"updateMessage":           {json: `{"readStatus":"Read"}`},
	"bulkAssignSmsRecipients": {json: `{"addedExtensionIds":["` + colleague + `"]}`},
	"mthSendMessage": {
		json: `{"from":{"phoneNumber":"` + smsNumber + `"},"to":[{"phoneNumber":"` + anyNumber + `"}],"text":"` +
			hello + `"}`,
	},
	"mthAssignThread":   {json: `{"assignee":{"extensionId":"` + self + `"}}`},
	"mthDeleteMessages": {json: `{"ids":["{{mthSendMessage id}}"]}`},
	"mthCreateNote":     {json: `{"threadId":"{{mthListThreads records.0.id}}","text":"` + hello + `"}`},
	"mthDeleteNotes":    {json: `{"ids":["{{mthCreateNote id}}"]}`},

	"createRingOutCall": {
		json: `{"from":{"phoneNumber":"` + anyNumber + `"},"to":{"phoneNumber":"` + anyNumber + `"}}`,
	},
	"createCallOutCallSession": {
		json: `{"from":{"deviceId":"` + device + `"},"to":{"phoneNumber":"` + anyNumber + `"}}`,
	},
	"createCallPartyWithBringIn": {
		json: `{"sessionId":"{{param telephonySessionId}}",` +
			`"partyId":"{{readCallSessionStatus parties.0.id}}"}`,
	},
	"superviseCallSession": {
		json: `{"agentExtensionId":"` + colleague + `","agentExtensionNumber":"` + colleagueNumber +
			`","supervisorDeviceId":"` + device + `","mode":"Listen"}`,
	},
	"superviseCallParty": {
		json: `{"agentExtensionId":"` + colleague + `","supervisorDeviceId":"` + device + `","mode":"Listen"}`,
	},
	"ignoreCallInQueue": {json: `{"deviceId":"` + device + `"}`},
	"transferCallParty": {json: `{"phoneNumber":"` + anyNumber + `"}`},
	"forwardCallParty":  {json: `{"phoneNumber":"` + anyNumber + `"}`},
	"deleteCompanyCallRecordings": {
		json: `{"records":["{{readUserCallLog records.0.recording.id recordingType=All}}"]}`,
	},
	"createAnsweringRule": {json: `{"type":"Custom","name":"Evenings"}`},
	"createContact":       {json: `{"firstName":"Ada","lastName":"Example"}`},
	"createExtension": {
		json: `{"contact":{"firstName":"Ada","lastName":"Example",` +
			`"email":"{{unique}}@example.com"},"type":"User"}`,
	},
	"replacePhoneNumberV2": {json: `{"targetNumberId":"{{listAccountPhoneNumbersV2 records.1.id}}"}`},

	"createSubscription": {
		json: `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],` + webhook + `}`,
	},
	"updateSubscription": {
		json: `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],` + webhook + `}`,
	},
	"rcwN11sCreateSubscription": {
		json: `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],` + webhook + `}`,
	},
	"rcwN11sUpdateSubscription": {
		json: `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],` + webhook + `}`,
	},

	"createGlipPostNew":   {json: `{"text":"` + hello + `"}`},
	"createGlipGroupPost": {json: `{"text":"` + hello + `"}`},
	"createGlipGroup":     {json: `{"type":"Team","name":"Graduation suite"}`},
	"rcwConfigUpdateInvitees": {
		json: `{"addedInvitees":[{"firstName":"Ada","lastName":"Example",` +
			`"email":"{{unique}}@example.com","role":"Panelist"}]}`,
	},
	// Sessions are listed by their beginning: one of the suite comes after those that are there, so that no endpoint
	// finds a session that another one removes.
	"rcwConfigCreateSession": {
		json: `{"scheduledStartTime":"{{time 720h}}","scheduledDuration":1800,"timeZone":"UTC"}`,
	},
	"rcwRegCreateRegistrant": {json: `{"firstName":"Ada","lastName":"Example","email":"{{unique}}@example.com"}`},
	"createPost": {
		json: `{"groupId":"{{listGlipChats records.[type=Personal].id}}","text":"` + hello + `"}`,
	},
	"updateGlipPostText":        {text: hello},
	"createTaskNew":             {json: `{"subject":"Call","assignees":[{"id":"` + self + `"}]}`},
	"createGlipConversationNew": {json: `{"members":[{"id":"` + colleague + `"}]}`},
	"addGlipTeamMembersNew":     {json: `{"members":[{"id":"` + colleague + `"}]}`},
	"removeGlipTeamMembersNew":  {json: `{"members":[{"id":"` + colleague + `"}]}`},
	"createGlipFileNew":         {file: "text/plain", form: "body"},

	"createCustomUserGreeting": {
		json: `{"type":"Introductory","answeringRule":{"id":"{{listAnsweringRules records.0.id}}"}}`,
		file: "audio/mpeg", form: "binary",
	},
	"createCompanyGreeting":         {json: `{"type":"Company"}`, file: "audio/mpeg", form: "binary"},
	"createUserProfileImage":        {file: "image/png", form: "image"},
	"updateUserProfileImage":        {file: "image/png", form: "image"},
	"createUserMeetingProfileImage": {file: "image/png", form: "profilePic"},
	"createIVRPrompt":               {file: "audio/mpeg"},

	"scimPatchUser2": {
		json: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],` +
			`"Operations":[{"op":"replace","path":"title","value":"Clerk"}]}`,
	},
	"scimCreateUser2": {
		json: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],` +
			`"userName":"{{unique}}@example.com","name":{"givenName":"Ada",` +
			`"familyName":"Example"},"emails":[{"type":"work","value":"{{unique}}@example.com"}]}`,
	},
	"caiEnrollmentsCreate": {json: `{"encoding":"Wav","content":"UklGRg==","speakerId":"{{unique}}"}`},
}

// file is what a multipart body carries.
var files = map[string]struct{ name, data string }{
	"text/plain": {"hello.txt", hello},
	"image/png":  {"dot.png", "\x89PNG\r\n\x1a\n"},
	"audio/mpeg": {"tone.mp3", "ID3"},
}
