package discover

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const (
	hole     = string(flow.Hole)
	anything = string(flow.Any)
)

func TestClassify(t *testing.T) {
	const rc = "https://platform.ringcentral.com"
	for _, tc := range []struct {
		method, url string
		kind        kind
		operation   string
		path        string
	}{
		{"GET", rc + "/restapi/v1.0/account/~", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", anything + "/restapi/v1.0/account/~?x=/y", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", "http://localhost:8080//restapi/v1.0/account/~/", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", "https://" + hole + "/restapi/v1.0/account/~", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", "https://rc.example.com/restapi/v1.0/account/~", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", "https://api.vendor.io/restapi/v1.0/account/~", foreign, "", ""},
		{"GET", "https://" + hole + ".vendor.io/restapi/v1.0/account/~", foreign, "", ""},
		{"GET", anything + "/api/v2/users", foreign, "", ""},
		{"GET", anything + "/scim/v2/Users", generic, "scimSearchViaGet2", "/scim/v2/Users"},
		{"GET", rc + "/scim/v2/Users", known, "scimSearchViaGet2", "/scim/v2/Users"},
		{"GET", anything, nothing, "", ""},
		{"GET", rc, foreign, "", ""},
		{"GET", rc + anything, unresolved, "", "{}"},
		{"", rc + "/restapi/v1.0/account/~", unresolved, "", "/restapi/v1.0/account/~"},
		{hole, rc + "/restapi/v1.0/account/~", unresolved, "", "/restapi/v1.0/account/~"},
		{"GET", anything + "/account/~/extension/~/call-log", unresolved, "", "/account/~/extension/~/call-log"},
		{"GET", anything + "/account/12/extension/13/call-log", foreign, "", ""},
		{"GET", rc + "/restapi/v1.0/account/~/" + hole, unresolved, "", "/restapi/v1.0/account/~/{}"},
		{"GET", rc + "/restapi/v1.0/account/~/extension/" + hole, known, "readExtension", "/restapi/v1.0/account/~/extension/{}"},
		{"GET", rc + "/restapi/v1.0/account/~/extension/" + anything, unresolved, "", "/restapi/v1.0/account/~/extension/{}"},
		{"GET", rc + "/restapi/v1.0/account/{id}/call-log" + string(flow.Query), known, "readCompanyCallLog", "/restapi/v1.0/account/{}/call-log"},
		{"GET", rc + "/restapi/v1.0/account/~/call-log" + hole, unresolved, "", "/restapi/v1.0/account/~/call-log{}"},
		{"GET", rc + "/restapi/v1.0/nosuchthing", lacking, "", "/restapi/v1.0/nosuchthing"},
		{"GET", "restapi/v1.0/account/~", known, "readAccountInfo", "/restapi/v1.0/account/~"},
		{"GET", "", foreign, "", ""},
		{"GET", "mailto:a@b.c", foreign, "", ""},
	} {
		got := classify(tc.method, tc.url)
		assert.Equal(t, tc.kind, got.kind, "%s %q", tc.method, tc.url)
		assert.Equal(t, tc.operation, got.operation.ID, "%s %q", tc.method, tc.url)
		assert.Equal(t, tc.path, got.path, "%s %q", tc.method, tc.url)
	}
}

func FuzzClassify(f *testing.F) {
	f.Add("GET", "https://platform.ringcentral.com/restapi/v1.0/account/~")
	f.Add("", "https://"+hole+":"+hole+"/restapi//"+anything)
	f.Fuzz(func(t *testing.T, method, url string) {
		got := classify(method, url)
		if got.kind == lacking {
			rcapi.MostSimilar(got.method, got.path)
			_, _ = rcapi.Describe(got.method, got.path) // must not panic
		}
	})
}
