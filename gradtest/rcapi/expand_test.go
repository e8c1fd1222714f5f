package rcapi_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestExpand(t *testing.T) {
	type params = map[string]string
	own := "/restapi/v1.0/account/~/extension/~"
	for _, tt := range []struct {
		op     rcapi.Operation
		params params
		want   string
	}{
		{rcapi.ReadUserCallLog, nil, own + "/call-log"},
		{rcapi.ReadUserCallLog, params{"extensionId": "17"}, "/restapi/v1.0/account/~/extension/17/call-log"},
		{rcapi.ReadMessage, params{"messageId": "5"}, own + "/message-store/5"},
		{rcapi.ReadMessage, params{"messageId": "5,6,7"}, own + "/message-store/5,6,7"},
		{rcapi.ReadMessage, params{"messageId": "*"}, own + "/message-store/*"},
		{rcapi.ReadMessage, params{"messageId": "a/b?c#d%e f;g"}, own + "/message-store/a%2Fb%3Fc%23d%25e%20f%3Bg"},
		{rcapi.ReadMessage, params{"messageId": "é"}, own + "/message-store/%C3%A9"},
		{rcapi.ReadGlipChatNew, nil, "/team-messaging/v1/chats/~"},
		{rcapi.ReadTMCompanyInfoNew, nil, "/team-messaging/v1/companies/~"},
		{rcapi.ReadAPIVersion, params{"apiVersion": "v1.0"}, "/restapi/v1.0"},
		{rcapi.ListSubscriptions, params{}, "/restapi/v1.0/subscription"},
	} {
		got, err := tt.op.Expand(tt.params)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got)
	}
}

func TestExpandFaults(t *testing.T) {
	_, err := rcapi.UpdateCallParty.Expand(map[string]string{"partyId": "", "accountID": "1", "extensionId": "2"})
	require.Error(t, err)
	assert.Equal(t, strings.Join([]string{
		"rcapi: expand updateCallParty: path parameter telephonySessionId is missing: set it in Params, or at run time in Prepare",
		"rcapi: expand updateCallParty: path parameter partyId is missing: set it in Params, or at run time in Prepare",
		"rcapi: expand updateCallParty: path parameter accountID is not in /restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}, which has accountId, telephonySessionId, partyId: remove or rename it",
		"rcapi: expand updateCallParty: path parameter extensionId is not in /restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}, which has accountId, telephonySessionId, partyId: remove or rename it",
	}, "\n"), err.Error())
	fault, ok := errors.AsType[*rcapi.ParamError](err)
	require.True(t, ok)
	assert.Equal(t, "telephonySessionId", fault.Param)
	assert.Equal(t, "updateCallParty", fault.Op)

	for _, value := range []string{".", ".."} {
		_, err = rcapi.ReadMessage.Expand(map[string]string{"messageId": value})
		assert.ErrorContains(t, err, "would change the path")
	}
	_, err = rcapi.CreateGlipPostNew.Expand(nil)
	assert.ErrorContains(t, err, "chatId is missing", "only reading one chat accepts ~")
	_, err = rcapi.ReadUserCallLog.Expand(map[string]string{"accountId": ""})
	assert.ErrorContains(t, err, "accountId is missing", "an empty value is an error and does not select the default")
	_, err = rcapi.ListSubscriptions.Expand(map[string]string{"x": "y"})
	assert.ErrorContains(t, err, "which has no parameters")
}

func TestMissing(t *testing.T) {
	assert.Empty(t, rcapi.ReadUserCallLog.Missing(nil))
	assert.Equal(t, []string{"telephonySessionId", "partyId"}, rcapi.UpdateCallParty.Missing(nil))
	assert.Equal(t, []string{"partyId"}, rcapi.UpdateCallParty.Missing(map[string]string{"telephonySessionId": "s"}))
	assert.Empty(t, rcapi.ReadGlipChatNew.Missing(nil))
	assert.Equal(t, []string{"chatId"}, rcapi.ReadGlipPostsNew.Missing(nil))
}

func FuzzExpand(f *testing.F) {
	f.Add("1,2")
	f.Add("a/../b%2F?x=é;")
	f.Fuzz(func(t *testing.T, id string) {
		path, err := rcapi.ReadMessage.Expand(map[string]string{"messageId": id})
		if err != nil {
			if id != "" && id != "." && id != ".." {
				t.Fatalf("%q: %v", id, err)
			}
			return
		}
		u, err := url.Parse("https://platform.example" + path)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(u.Path, "/restapi/v1.0/account/~/extension/~/message-store/"); got != id {
			t.Fatalf("%q came back as %q", id, got)
		}
		if o, ok := rcapi.Match("GET", path); !ok || o.ID != "readMessage" {
			t.Fatalf("%s matches %v", path, o)
		}
	})
}
