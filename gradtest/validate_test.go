package gradtest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestValidate(t *testing.T) {
	extension := Endpoint{Op: rcapi.ReadExtension}
	accounts := []rcapi.Scope{rcapi.ScopeReadAccounts}
	for _, tc := range []struct {
		name string
		app  App
		errs []string // a part of each error, in order; none: the app is good
	}{
		{name: "good", app: App{Scopes: accounts, Endpoints: []Endpoint{extension}}},
		{name: "nothing", app: App{}, errs: []string{"App.Endpoints is empty"}},
		{name: "unknown operation", app: App{Scopes: accounts, Endpoints: []Endpoint{extension, {Op: rcapi.Operation{ID: "readUserCalLog"}}}},
			errs: []string{`"readUserCalLog" is not in the catalogue; near it are rcapi.ReadUserCallLog`}},
		{name: "no operation", app: App{Scopes: accounts, Endpoints: []Endpoint{extension, {}}}, errs: []string{"Endpoints[1] has no known operation: set Endpoint.Op"}},
		{name: "scope not declared", app: App{Endpoints: []Endpoint{extension}},
			errs: []string{"endpoint readExtension needs scope ReadAccounts, which App.Scopes does not declare: add rcapi.ScopeReadAccounts"}},
		{name: "scope not exercised", app: App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadPresence}, Endpoints: []Endpoint{extension}},
			errs: []string{"scope ReadPresence is declared but no endpoint needs it: remove it in the developer console and from App.Scopes, or register an endpoint such as rcapi.ReadUserPresenceStatus"}},
		{name: "scope of no operation", app: App{Scopes: append(accounts, "Accounts"), Endpoints: []Endpoint{extension}},
			errs: []string{"scope Accounts is declared, but no operation of the platform exercises it"}},
		{name: "scope misspelt", app: App{Scopes: append(accounts, "ReadAcounts"), Endpoints: []Endpoint{extension}},
			errs: []string{"scope \"ReadAcounts\" is not one of the platform"}},
		{name: "scope included in a declared one", app: App{Scopes: []rcapi.Scope{rcapi.ScopeSMS},
			Endpoints: []Endpoint{{Op: rcapi.CreateSMSMessage, Body: sms}, {Op: rcapi.ListMessages}}}},
		{name: "scope twice", app: App{Scopes: []rcapi.Scope{"Glip", rcapi.ScopeTeamMessaging}, Endpoints: []Endpoint{{Op: rcapi.ListGlipChatsNew}}},
			errs: []string{"lists TeamMessaging twice"}},
		{name: "alias of a scope", app: App{Scopes: []rcapi.Scope{"Glip"}, Endpoints: []Endpoint{{Op: rcapi.ListGlipChatsNew}}}},
		{name: "webhook scope", app: App{Scopes: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}, Endpoints: []Endpoint{{Op: rcapi.CreateSubscription, Body: webhook}}}},
		{name: "path parameter", app: App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []Endpoint{{Op: rcapi.ReadMessage}}},
			errs: []string{"messageId"}},
		{name: "path parameter by Prepare", app: App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages},
			Endpoints: []Endpoint{{Op: rcapi.ReadMessage, Prepare: func(*Call) {}}}}},
		{name: "path parameter by Do", app: App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages},
			Endpoints: []Endpoint{{Op: rcapi.ReadMessage, Do: func(*Call) {}}}}},
		{name: "parameter that is none", app: App{Scopes: accounts, Endpoints: []Endpoint{{Op: rcapi.ReadExtension, Params: map[string]string{"extension": "~"}}}},
			errs: []string{"path parameter extension is not in"}},
		{name: "required query", app: App{Endpoints: []Endpoint{{Op: rcapi.MustParse("GET /x").In(rcapi.Light), Query: url.Values{}}}}},
		{name: "duplicate names", app: App{Scopes: accounts, Endpoints: []Endpoint{extension, extension}}, errs: []string{"two endpoints are named readExtension"}},
		{name: "named apart", app: App{Scopes: accounts, Endpoints: []Endpoint{extension, {Op: rcapi.ReadExtension, Name: "again"}}}},
		{name: "negative count", app: App{Scopes: accounts, Endpoints: []Endpoint{{Op: rcapi.ReadExtension, Calls: -1}}}, errs: []string{"Calls is -1"}},
		{name: "body to be read once", app: App{Scopes: accounts, Endpoints: []Endpoint{{Op: rcapi.ReadExtension, Body: strings.NewReader("")}}},
			errs: []string{"Body is an io.Reader"}},
		{name: "negative pace", app: App{Pace: -1, Scopes: accounts, Endpoints: []Endpoint{extension}}, errs: []string{"App.Pace is -1"}},
		{name: "all at once", app: App{Scopes: []rcapi.Scope{rcapi.ScopeContacts}, Endpoints: []Endpoint{{Op: rcapi.ReadMessage, Calls: -2}, {}}},
			errs: []string{"Calls is -2", "messageId", "needs scope ReadMessages", "Endpoints[1]", "scope Contacts"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.app.validate()
			if len(tc.errs) == 0 {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			lines := strings.Split(err.Error(), "\n")
			require.Len(t, lines, len(tc.errs), err.Error())
			for i, want := range tc.errs {
				assert.Contains(t, lines[i], want)
				assert.True(t, strings.HasPrefix(lines[i], "gradtest: "), lines[i])
			}
		})
	}
}
