package rctest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// request is a request for any operation, with ids made up where there must be some.
func request(tb testing.TB, op rcapi.Operation, clientID string) (what string, body string) {
	params := map[string]string{}
	for _, name := range op.Missing(nil) {
		params[name] = "12345"
	}
	if op.ID == rcapi.ReadAPIVersion.ID {
		params["apiVersion"] = "v1.0"
	}
	path, err := op.Expand(params)
	require.NoError(tb, err)
	if op.ID == rcapi.Authorize.ID {
		path += "?response_type=code&client_id=" + clientID + "&redirect_uri=https://app.example"
	}
	return op.Method + " " + path, `{}`
}

// TestEveryOperation asks for each operation of the catalogue and wants its documented status and a body that parses.
func TestEveryOperation(t *testing.T) {
	a := newApp(t, Config{ClientID: "app", Limits: Unlimited()})
	n := 0
	for op := range rcapi.All() {
		n++
		var got answer
		switch what, body := request(t, op, "app"); op.ID {
		case rcapi.GetToken.ID:
			got = a.oauth("token", map[string][]string{"grant_type": {GrantJWT}, "assertion": {a.h.Credentials().JWT}})
		case rcapi.RevokeToken.ID:
			continue // would end the session: revoke_test.go
		case rcapi.Authorize2.ID:
			got = a.send(formRequest("authorize", map[string][]string{"response_type": {"code"}, "client_id": {"app"}, "redirect_uri": {"https://app.example"}}))
		default:
			if op.Reads() || op.Method == "DELETE" {
				got = a.call(what)
			} else {
				got = a.call(what, body)
			}
		}
		assert.Contains(t, op.Success, got.status, "%s: %s", op.ID, got.body)
		calls := a.h.Calls()
		assert.Equal(t, op.ID, calls[len(calls)-1].Operation)
		switch kind := got.header.Get("Content-Type"); {
		case got.status == 204 || got.status == 302:
			assert.Empty(t, got.body, op.ID)
		case strings.Contains(kind, "json"):
			assert.True(t, json.Valid([]byte(got.body)), "%s: %s", op.ID, got.body)
			assert.NotContains(t, got.body, "/~", "%s: addresses are canonical", op.ID)
		default:
			assert.NotEmpty(t, kind, op.ID)
			assert.NotEmpty(t, got.body, op.ID)
		}
	}
	assert.Equal(t, 520, n)
}

// TestEveryScope takes away each scope in turn: exactly the operations that need it are refused.
func TestEveryScope(t *testing.T) {
	a := newApp(t, Config{ClientID: "app", Limits: Unlimited(), Scopes: []rcapi.Scope{}})
	for op := range rcapi.All() {
		what, _ := request(t, op, "app")
		got := a.call(what)
		if op.Scope != "" {
			assert.Equal(t, 403, got.status, op.ID)
			assert.Contains(t, got.body, "["+string(op.Scope)+"]", op.ID)
		} else {
			assert.NotEqual(t, 403, got.status, op.ID)
		}
	}
}

// TestEveryToken wants a token wherever one is needed.
func TestEveryToken(t *testing.T) {
	a := newStranger(t, Config{ClientID: "app", Limits: Unlimited()})
	var open []string
	for op := range rcapi.All() {
		what, _ := request(t, op, "app")
		if got := a.call(what); got.status != 401 {
			open = append(open, op.ID)
		} else {
			assert.Equal(t, "AGW-401", got.codes(t)[1], op.ID)
		}
	}
	slices.Sort(open)
	assert.Equal(t, []string{"authJwks", "authorize", "authorize2", "getToken", "readAPIVersions", "readOpenIdConfiguration", "revokeToken"}, open)
}
