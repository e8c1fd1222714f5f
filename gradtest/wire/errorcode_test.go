package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

func TestErrorCode(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"schema", `{"errors":[{"errorCode":"CMN-102","message":"x"}]}`, "CMN-102"},
		{"wire", `{"errorCode":"CMN-101","message":"x","errors":[{"errorCode":"CMN-999"}]}`, "CMN-101"},
		{"word on top", `{"errorCode":"InsufficientPermissions","errors":[{"errorCode":"CMN-401","permissionName":"SMS"}]}`, "CMN-401"},
		{"word alone", `{"errorCode":"InvalidMultipartRequest","message":"x"}`, "InvalidMultipartRequest"},
		{"gateway", `{"errorCode":"AGW-404","message":"Resource not found","errors":[]}`, "AGW-404"},
		{"OAuth with codes", `{"error":"invalid_grant","error_description":"x","errors":[{"errorCode":"OAU-213"}]}`, "OAU-213"},
		{"OAuth alone", `{"error":"invalid_client"}`, "invalid_client"},
		{"SCIM", `{"schemas":["urn:x"],"status":"404","detail":"x"}`, ""},
		{"second of errors", `{"errors":[{"errorCode":"Word"},{"errorCode":"CMN-100"}]}`, "CMN-100"},
		{"numbers where texts should be", `{"errorCode":404,"errors":[{"errorCode":"CMN-100"}]}`, "CMN-100"},
		{"error is an object", `{"error":{"code":1},"errorCode":"CMN-203"}`, "CMN-203"},
		{"not JSON", `<html>CMN-101</html>`, ""},
		{"empty", ``, ""},
		{"cut off", `{"errorCode":"CMN-101","message":"`, "CMN-101"},
		{"a token for a code", `{"errorCode":"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}`, ""},
		{"a number for a code", `{"errorCode":"16505550100"}`, ""},
		{"an id for a code", `{"errorCode":"6f0e7b52-0c8f-11ee"}`, ""},
		{"a sentence for a code", `{"errorCode":"call me at noon"}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, errorCode([]byte(tt.body))) })
	}
}

func TestRequestID(t *testing.T) {
	for in, want := range map[string]string{
		"6f0e7b52-0c8f-11ee-9d53-0050568c1ad4":     "6f0e7b52-0c8f-11ee-9d53-0050568c1ad4",
		"6f0e7b52-0c8f-11ee-9d53-0050568c1ad4:1.2": "6f0e7b52-0c8f-11ee-9d53-0050568c1ad4:1.2",
		"":                      "",
		"a b":                   "",
		"+16505550100":          "",
		strings.Repeat("a", 81): "",
	} {
		assert.Equal(t, want, requestID(in), in)
	}
}

func FuzzErrorCode(f *testing.F) {
	for _, s := range []string{`{"errorCode":"CMN-102"}`, `{"error":"invalid_grant","errors":[{"errorCode":"OAU-213"}]}`, `[]`, `{"errors":null}`, "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		code := errorCode(body)
		assert.LessOrEqual(t, len(code), 40)
		assert.Equal(t, code, safetext.ErrorCode(code))
	})
}

func TestRequestIDsAreUUIDs(t *testing.T) {
	const uuid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	for value, kept := range map[string]bool{
		uuid: true, strings.ToUpper(uuid): true, uuid + "-1": true, uuid + "_12.3456": true,
		"": false, "16505550123": false, uuid[:35]: false, uuid + "-16505550123": false, uuid + "@example": false, uuid + "-name-of-a-person": false,
		strings.Repeat("a1", 35): false, "0f1e2d3c_4b5a-6978-8796-a5b4c3d2e1f0": false, "zf1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0": false,
	} {
		assert.Equal(t, kept, requestID(value) != "", value)
	}
}
