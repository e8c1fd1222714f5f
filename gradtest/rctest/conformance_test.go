package rctest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// sampleBodies are the requests that a made-up body would not do for: the platform looks at what they say.
var sampleBodies = map[string]string{
	rcapi.CreateSubscription.ID:          subscribe,
	rcapi.UpdateSubscription.ID:          subscribe,
	rcapi.RcwN11sCreateSubscription.ID:   subscribe,
	rcapi.RcwN11sUpdateSubscription.ID:   subscribe,
	rcapi.CreateAnsweringRule.ID:         `{"type":"Custom","name":"Evenings"}`,
	rcapi.ReplacePhoneNumberV2.ID:        `{"targetNumberId":"1162820004"}`,
	rcapi.CreateRingOutCall.ID:           talk,
	rcapi.CreateCallOutCallSession.ID:    callOut,
	rcapi.SuperviseCallSession.ID:        `{"agentExtensionId":"62264426","agentExtensionNumber":"102","supervisorDeviceId":"$readDevice.deviceId$","mode":"Listen"}`,
	rcapi.SuperviseCallParty.ID:          `{"agentExtensionId":"62264426","supervisorDeviceId":"$readDevice.deviceId$","mode":"Listen"}`,
	rcapi.CreateCallPartyWithBringIn.ID:  `{"sessionId":"$readCallPartyStatus.telephonySessionId$","partyId":"$readCallPartyStatus.partyId$"}`,
	rcapi.IgnoreCallInQueue.ID:           `{"deviceId":"$readDevice.deviceId$"}`,
	rcapi.TransferCallParty.ID:           `{"phoneNumber":"+16505550160"}`,
	rcapi.ForwardCallParty.ID:            `{"phoneNumber":"+16505550160"}`,
	rcapi.DeleteCompanyCallRecordings.ID: `{"records":["$readCallRecording.recordingId$"]}`,
	"createSMSMessage":                   `{"from":{"phoneNumber":"` + ownNumber + `"},"to":[{"phoneNumber":"+16505550160"}],"text":"Hello"}`,
	"createInternalTextMessage":          `{"to":[{"extensionNumber":"102"}],"text":"Hello"}`,
	"patchMessage":                       `{"readStatus":"Read"}`,
	"createA2PSMS":                       `{"from":"+16505550190","text":"Hello","messages":[{"to":["+16505550160"]}]}`,
	"addA2PSMSOptOuts":                   `{"from":"` + ownNumber + `","optOuts":["+16505550160"]}`,
	"bulkAssignSmsRecipients":            `{"addedExtensionIds":["62264426"]}`,
	"mthSendMessage":                     `{"from":{"phoneNumber":"` + ownNumber + `"},"to":[{"phoneNumber":"+16505550160"}],"text":"Hello"}`,
	"mthAssignThread":                    `{"assignee":{"extensionId":"62264426"}}`,
	"mthDeleteMessages":                  `{"ids":["$mthReadMessageContent.messageId$"]}`,
	"mthCreateNote":                      `{"threadId":"$mthGetThread.threadId$","text":"Hello"}`,
	"mthDeleteNotes":                     `{"ids":["$mthUpdateNote.noteId$"]}`,
	"createGlipPostNew":                  `{"text":"Hello"}`,
	"scimPatchUser2":                     `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"Clerk"}]}`,
	"createGlipGroupPost":                `{"text":"Hello"}`,
	"createPost":                         `{"groupId":"$readGlipChatNew.chatId$","text":"Hello"}`,
	"updateGlipPostText":                 "Hello",
	"createTaskNew":                      `{"subject":"Call","assignees":[{"id":"62264425"}]}`,
	"createGlipConversationNew":          `{"members":[{"id":"62264426"}]}`,
	"addGlipTeamMembersNew":              `{"members":[{"id":"62264426"}]}`,
	"removeGlipTeamMembersNew":           `{"members":[{"id":"62264426"}]}`,
	"createGlipFileNew":                  sampleParts(`{}`, "text/plain"),
	"createCustomUserGreeting":           sampleParts(`{"type":"Introductory","answeringRule":{"id":"1"},"answeringRuleId":"1"}`, "audio/mpeg"),
	"createCompanyGreeting":              sampleParts(`{"type":"Company"}`, "audio/mpeg"),
	"createUserProfileImage":             sampleParts(`{}`, "image/png"),
	"createUserMeetingProfileImage":      sampleParts(`{}`, "image/png"),
	"createIVRPrompt":                    sampleParts(`{}`, "audio/mpeg"),
	"createMMS":                          sampleParts(`{"from":{"phoneNumber":"`+ownNumber+`"},"to":[{"phoneNumber":"+16505550160"}]}`, "image/png"),
	"createFaxMessage":                   sampleParts(`{"to":[{"phoneNumber":"+16505550160"}]}`, "application/pdf"),
}

// sampleBody is the sample of an operation, or that of the one which replaced it.
func sampleBody(op rcapi.Operation) (string, bool) {
	body, ok := sampleBodies[op.ID]
	if by, replaced := op.Replacement(rcapi.Newest); !ok && replaced {
		body, ok = sampleBodies[by.ID]
	}
	return body, ok
}

// sampleParts is a multipart body of JSON and a file.
func sampleParts(body, kind string) string {
	return "--b\r\nContent-Type: application/json\r\n\r\n" + body +
		"\r\n--b\r\nContent-Disposition: form-data; name=attachment; filename=a\r\nContent-Type: " + kind + "\r\n\r\ncontent\r\n--b--\r\n"
}

// filled puts the ids of things that exist in the places of $operation.parameter$, and a path in that of $operation$.
func (a *app) filled(tb testing.TB, body string) string {
	before, rest, ok := strings.Cut(body, "$")
	if !ok {
		return body
	}
	name, after, _ := strings.Cut(rest, "$")
	id, param, _ := strings.Cut(name, ".")
	op, ok := rcapi.Lookup(id)
	require.True(tb, ok, id)
	path, err := a.h.Path(op)
	require.NoError(tb, err)
	if param == "" {
		return before + path + a.filled(tb, after)
	}
	segments := strings.Split(path, "/")
	return before + segments[slices.Index(strings.Split(op.Path, "/"), "{"+param+"}")] + a.filled(tb, after)
}

const (
	talk    = `{"from":{"phoneNumber":"` + ownNumber + `"},"to":{"phoneNumber":"+16505550160"}}`
	callOut = `{"from":{"deviceId":"$readDevice.deviceId$"},"to":{"phoneNumber":"+16505550160"}}`
)

const subscribe = `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],"deliveryMode":{"transportType":"WebHook","address":"https://hook.example/x"}}`

// made is what has to be made before there is anything that an operation could speak of, by a part of its path.
var made = []struct{ part, what, body string }{
	{"/extension/{extensionId}/ring-out/", "POST " + own + "/ring-out", talk},
	{"/telephony/sessions/", "POST /restapi/v1.0/account/~/telephony/call-out", callOut},
	{"/parties/{partyId}/recordings/", "POST $readCallPartyStatus$/recordings", ""},
	{"/restapi/v1.0/subscription/", "POST /restapi/v1.0/subscription", subscribe},
	{"/webinar/notifications/v1/subscriptions/", "POST /webinar/notifications/v1/subscriptions", subscribe},
}

// example is a request of an operation that the emulator takes: ids that exist, required query parameters, a body of
// the documented shape.
func (a *app) example(tb testing.TB, op rcapi.Operation) *http.Request {
	tb.Helper()
	for _, m := range made {
		if strings.Contains(op.Path, m.part) {
			got := a.call(a.filled(tb, m.what), a.filled(tb, m.body))
			require.Less(tb, got.status, 300, got.body)
		}
	}
	r := a.exampleIfAny(tb, op)
	require.NotNil(tb, r, "no resource exists for %s", op)
	return r
}

// exampleIfAny is example, or nil if no resource exists for the path.
func (a *app) exampleIfAny(tb testing.TB, op rcapi.Operation) *http.Request {
	tb.Helper()
	path, err := a.h.Path(op)
	if err != nil {
		return nil
	}
	skeleton := shape.Of(op.ID)
	require.NotNil(tb, skeleton, op.ID)
	maker := shape.Maker{}
	var query []string
	for _, p := range skeleton.Parameters {
		if p.In == "query" && p.Required {
			var value string
			switch v := maker.Make(p.Shape, "1", true).(type) {
			case string:
				value = v
			default:
				text, _ := json.Marshal(v)
				value = string(text)
			}
			query = append(query, p.Name+"="+value)
		}
	}
	if query != nil {
		path += "?" + strings.Join(query, "&")
	}
	if body, _ := sampleBody(op); strings.HasPrefix(body, "--b\r\n") {
		r := a.request(op.Method+" "+path, body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		return r
	}
	for _, c := range skeleton.Request {
		if c.Type == "text/*" {
			r := a.request(op.Method+" "+path, sampleBodies[op.ID])
			r.Header.Set("Content-Type", "text/plain")
			return r
		}
		if c.Type != "application/json" && c.Type != "application/scim+json" {
			continue
		}
		body, ok := sampleBody(op)
		if body = a.filled(tb, body); !ok {
			body = string(maker.AppendMade(nil, c.Shape, "1", false))
		}
		return a.request(op.Method+" "+path, body)
	}
	return a.request(op.Method + " " + path)
}

// rest are the operations of the world: those that are answered from state, not by the authorization server.
func rest() []rcapi.Operation {
	own := authorization().replies
	var out []rcapi.Operation
	for op := range rcapi.All() {
		if own[op.ID] == nil {
			out = append(out, op)
		}
	}
	return out
}

// TestConformance calls every operation and validates the response against its schema.
func TestConformance(t *testing.T) {
	for _, op := range rest() {
		t.Run(op.ID, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			got := a.send(a.example(t, op))
			require.Contains(t, op.Success, got.status, got.body)
			checkShape(t, op, got)
		})
	}
}

// checkShape wants the content type and the shape of a documented answer.
func checkShape(t *testing.T, op rcapi.Operation, got answer) {
	t.Helper()
	kind, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
	for _, a := range shape.Of(op.ID).Responses {
		if a.Status != got.status {
			continue
		}
		if len(a.Contents) == 0 {
			if kind == "" || kind != undocumented[op.ID] {
				assert.Empty(t, got.body)
			}
			return
		}
		for _, c := range a.Contents {
			if !typeFits(c.Type, kind) {
				continue
			}
			if strings.Contains(kind, "json") {
				var v any
				require.NoError(t, json.Unmarshal([]byte(got.body), &v), got.body)
				assert.True(t, c.Shape.Valid(v), "%s", got.body)
			}
			return
		}
		assert.Equal(t, undocumented[op.ID], kind, "is not documented")
	}
}

// undocumented are content types that the specification leaves out: the text of an SMS is an attachment too, and the
// archive of a report has no type in the edition of 2021.
var undocumented = map[string]string{
	rcapi.ReadMessageContent.ID:                   "text/plain",
	rcapi.ReadMessageStoreReportArchiveContent.ID: "application/zip",
}

// typeFits compares a content type with a documented one such as audio/*.
func typeFits(documented, kind string) bool {
	if family, ok := strings.CutSuffix(documented, "*"); ok {
		return strings.HasPrefix(kind, family)
	}
	return documented == kind
}

// TestConformanceUnknownID asks every operation for things that do not exist, one parameter of the path after the
// other.
func TestConformanceUnknownID(t *testing.T) {
	for _, op := range rest() {
		template := strings.Split(op.Path, "/")
		for i, segment := range template {
			if !strings.HasPrefix(segment, "{") {
				continue
			}
			t.Run(op.ID+"/"+strings.Trim(segment, "{}"), func(t *testing.T) {
				a := newApp(t, Config{Limits: Unlimited()})
				r := a.example(t, op)
				path := strings.Split(r.URL.Path, "/")
				path[i] = "404404"
				r.URL.Path, r.URL.RawPath = strings.Join(path, "/"), ""
				got := a.send(r)
				require.Equal(t, 404, got.status, got.body)
				if strings.HasPrefix(op.Path, "/scim/") {
					return
				}
				code := "CMN-102"
				if strings.HasPrefix(op.Path, "/ai/status/") {
					code = "CAI-101"
				}
				assert.Equal(t, code, got.codes(t)[1])
				assert.Equal(t, strings.Trim(segment, "{}"), got.json(t)["parameterName"])
			})
		}
	}
}

// TestConformanceScope takes away all scopes: exactly the operations that need one are refused, and name it.
func TestConformanceScope(t *testing.T) {
	full := newApp(t, Config{ClientID: "app", Limits: Unlimited()})
	a := newApp(t, Config{ClientID: "app", Limits: Unlimited(), Scopes: []rcapi.Scope{}})
	for _, op := range rest() {
		if op.Scope == "" {
			continue
		}
		t.Run(op.ID, func(t *testing.T) {
			r := full.example(t, op)
			r.Header.Set("Authorization", "Bearer "+a.token)
			got := a.send(r)
			assert.Equal(t, 403, got.status)
			assert.Contains(t, got.body, "["+string(op.Scope)+"]")
		})
	}
}

// TestConformanceToken wants a token wherever one is needed.
func TestConformanceToken(t *testing.T) {
	full := newApp(t, Config{ClientID: "app", Limits: Unlimited()})
	a := newStranger(t, Config{ClientID: "app", Limits: Unlimited()})
	for _, op := range rest() {
		t.Run(op.ID, func(t *testing.T) {
			r := full.example(t, op)
			r.Header.Del("Authorization")
			got := a.send(r)
			assert.Equal(t, 401, got.status)
			assert.Equal(t, "AGW-401", got.codes(t)[1])
		})
	}
}
