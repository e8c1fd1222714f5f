package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocumented holds what the specification documents beside the shape of responses: headers, members that only some
// responses have, error codes, and the smallest documented requests. Each row was once wrong.
func TestDocumented(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for _, tt := range []struct {
		name, what, body string
		status           int
		header, code     string
		members          string
	}{
		{name: "consents", what: "$listSmsConsentRecords$", status: 200, header: "ETag"},
		{name: "changed consents", what: "PATCH $editSmsConsentRecords$", status: 200, header: "ETag",
			body: `{"records":[{"from":"+16505550190","to":"+16505550160","optStatus":"OptOut","source":"Api","coverage":"PhoneNumber"}]}`},
		{name: "export of consents", what: "$exportSmsConsentRecords$", status: 200, header: "ETag"},
		{name: "search for consents", what: "POST $searchSmsConsentRecords$", body: `{}`, status: 200, header: "ETag"},
		{name: "history of consents", what: "$listSmsConsentHistoryRecords$?from=%2B16505550190&to=%2B16505550160", status: 200,
			header: "ETag"},
		{name: "event of a group", what: "$listGroupEventsNew$", status: 200,
			members: "id creatorId title startTime endTime allDay recurrence color location description"},
		{name: "unknown job", what: "/ai/status/v1/jobs/404404", status: 404, code: "CAI-101"},
		{name: "countries of a brand", what: "$listContractedCountries$", status: 200},
		{name: "the account's brand", what: "/restapi/v1.0/dictionary/brand/1210/contracted-country", status: 200},
		{name: "batch without text", what: "POST /restapi/v1.0/account/~/a2p-sms/batches", status: 201,
			body: `{"from":"+16505550190","messages":[{"to":["+16505550160"]}]}`, members: "rejected"},
		{name: "text of an SMS", what: "$readMessageContent$", status: 200, header: "Content-Type"},
	} {
		method, path, ok := strings.Cut(tt.what, " ")
		if !ok {
			method, path = "GET", tt.what
		}
		r := a.request(method + " " + a.filled(t, path))
		if tt.body != "" {
			r = a.request(method+" "+a.filled(t, path), tt.body)
		}
		got := a.send(r)
		require.Equal(t, tt.status, got.status, "%s: %s", tt.name, got.body)
		if tt.header != "" {
			assert.NotEmpty(t, got.header.Get(tt.header), tt.name)
		}
		if tt.code != "" {
			assert.Equal(t, tt.code, got.codes(t)[1], tt.name)
		}
		for member := range strings.FieldsSeq(tt.members) {
			assert.Contains(t, got.json(t), member, tt.name)
		}
	}
}

// TestThreadOfAPost reads the thread of a post before anyone has replied, and after.
func TestThreadOfAPost(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), World: World{Bare: true}})
	chat := "/team-messaging/v1/chats/" + idIn(t, a.call("GET /team-messaging/v1/everyone"))
	post := idIn(t, a.call("POST "+chat+"/posts", `{"text":"hi"}`))
	ids := func() []any {
		got := a.call("GET " + chat + "/threads/" + post + "/posts")
		require.Equal(t, 200, got.status, got.body)
		return membersAt(got.json(t), "records[].id")
	}
	assert.Equal(t, []any{post}, ids())
	reply := idIn(t, a.call("POST "+chat+"/posts", `{"text":"hello","parentPostId":"`+post+`"}`))
	assert.Equal(t, []any{reply, post}, ids())
	require.Equal(t, 204, a.call("DELETE "+chat+"/posts/"+post).status)
	assert.Equal(t, []any{reply}, ids())
	require.Equal(t, 204, a.call("DELETE "+chat+"/posts/"+reply).status)
	assert.Equal(t, 404, a.call("GET "+chat+"/threads/"+post+"/posts").status, "it ends with its last post")
}
