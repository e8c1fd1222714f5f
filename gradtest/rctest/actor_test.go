package rctest

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestActors acts for another extension, as the administrator and as another user.
func TestActors(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), Users: []User{{}, {ExtensionID: "62264426", ExtensionNumber: "102",
		Username: "+16505550102", Name: "Sam Example"}}})
	admin, ids := a.token, [2]string{a.h.Users()[0].ExtensionID, a.h.Users()[1].ExtensionID}
	got := a.oauth("token", url.Values{"grant_type": {GrantJWT}, "assertion": {a.h.Users()[1].JWT}})
	require.Equal(t, 200, got.status, got.body)
	other := got.json(t)["access_token"].(string)
	of := func(id string) string { return "/restapi/v1.0/account/~/extension/" + id }
	for _, tt := range []struct {
		op         rcapi.Operation
		path, body string
		admin      int // status for the administrator
	}{
		{rcapi.CreateSMSMessage, "/sms", `{"from":{"phoneNumber":"+16505550102"},"to":[{"phoneNumber":"+16505550160"}],"text":"hi"}`, 403},
		{rcapi.CreateMMS, "/mms", sampleBodies["createMMS"], 403},
		{rcapi.CreateFaxMessage, "/fax", sampleBodies["createFaxMessage"], 403},
		{rcapi.CreateInternalTextMessage, "/company-pager", `{"to":[{"extensionNumber":"101"}],"text":"hi"}`, 403},
		{rcapi.ListMessages, "/message-store", "", 200},
		{rcapi.SyncMessages, "/message-sync?syncType=FSync", "", 200},
		{rcapi.ReadUserCallLog, "/call-log", "", 200},
		{rcapi.ListForwardingNumbers, "/forwarding-number", "", 200},
	} {
		send := func(token, id string) answer {
			a.token = token
			r := a.request(tt.op.Method + " " + of(id) + tt.path)
			if tt.body != "" {
				r = a.request(tt.op.Method+" "+of(id)+tt.path, tt.body)
				if tt.body[0] == '-' {
					r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
				}
			}
			return a.send(r)
		}
		got := send(admin, ids[1])
		assert.Equal(t, tt.admin, got.status, "%s as the administrator: %s", tt.op.ID, got.body)
		if tt.admin == 403 {
			assert.Equal(t, [2]string{"InsufficientPermissions", "CMN-419"}, got.codes(t))
			assert.Contains(t, got.body, "["+tt.op.Permission+"]")
		}
		got = send(other, ids[0])
		assert.Equal(t, 403, got.status, "%s as another user: %s", tt.op.ID, got.body)
		assert.Equal(t, "CMN-419", got.codes(t)[1])
	}
	a.token = admin
	store := a.call("GET " + of(ids[1]) + "/message-store?direction=Outbound&dateFrom=2026-01-01")
	assert.NotContains(t, store.body, `"hi"`, "nothing was written into the other's mailbox")
}
