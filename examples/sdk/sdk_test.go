// Package sdk is an example of an app that uses github.com/ringcentral/ringcentral-go. The SDK logs in and sends its
// calls through the recording gateway, and its types decode the responses.
package sdk

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	ringcentral "github.com/ringcentral/ringcentral-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcgo"
)

var client rcgo.Client // logs in once for all calls

var app = gradtest.App{
	Name:   "sdk",
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages, rcapi.ScopeSMS},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension, Do: func(c *gradtest.Call) {
			var extension ringcentral.GetExtensionInfoResponse
			get(c, "/restapi/v1.0/account/~/extension/~", &extension)
			assert.NotZero(c, extension.Id)
		}},
		{Op: rcapi.ListMessages, Do: func(c *gradtest.Call) {
			var list ringcentral.GetMessageList
			get(c, "/restapi/v1.0/account/~/extension/~/message-store", &list)
			assert.NotEmpty(c, list.Uri)
		}},
		{Op: rcapi.CreateSMSMessage, Do: send},
	},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }

// TestExtension is a unit test that uses the SDK. Its call is evidence. If the server is down, an assertion fails;
// without the gateway, the SDK would end the process.
func TestExtension(t *testing.T) {
	s := gradtest.Start(t, app)
	rc, err := client.For(s)
	require.NoError(t, err)
	var extension ringcentral.GetExtensionInfoResponse
	require.NoError(t, json.Unmarshal(rc.Get("/restapi/v1.0/account/~/extension/~"), &extension))
	assert.NotEmpty(t, extension.ExtensionNumber)
}

func send(c *gradtest.Call) {
	rc, err := client.For(c)
	require.NoError(c, err)
	body, err := json.Marshal(ringcentral.CreateSMSMessage{
		From: ringcentral.MessageStoreCallerInfoRequest{PhoneNumber: number("SMS_SENDER", "+16505550101")},
		To:   []ringcentral.MessageStoreCallerInfoRequest{{PhoneNumber: number("SMS_RECIPIENT", "+12025550101")}},
		Text: "from the SDK",
	})
	require.NoError(c, err)
	var message ringcentral.GetMessageInfoResponse
	require.NoError(c, json.Unmarshal(rc.Post("/restapi/v1.0/account/~/extension/~/sms", bytes.NewReader(body)), &message))
	assert.NotZero(c, message.Id)
}

// get decodes a response into one of the SDK's types.
func get(c *gradtest.Call, endpoint string, v any) {
	rc, err := client.For(c)
	require.NoError(c, err)
	require.NoError(c, json.Unmarshal(rc.Get(endpoint), v))
}

func number(name, fictional string) string {
	if n := os.Getenv(name); n != "" {
		return n
	}
	return fictional
}
