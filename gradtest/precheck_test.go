package gradtest

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const (
	sms     = `{"from":{"phoneNumber":"+16505550101"},"to":[{"phoneNumber":"+16505550160"}],"text":"Hello"}`
	webhook = `{"eventFilters":["/restapi/v1.0/account/~/presence"],"deliveryMode":{"transportType":"WebHook","address":"https://app.example/hook"}}`
)

// everyScope declares what an endpoint needs, so that only its request can be at fault.
func everyScope(e Endpoint) App {
	a := App{Endpoints: []Endpoint{e}}
	if e.Op.Scope != "" {
		a.Scopes = append(a.Scopes, e.Op.Scope)
	}
	return a
}

func TestRequestsThatMustFail(t *testing.T) {
	pdf := []File{{Name: "a.pdf", ContentType: "application/pdf", Data: []byte("%PDF")}}
	to := map[string]any{"to": []any{map[string]any{"phoneNumber": "+16505550160"}}}
	for _, tc := range []struct {
		name string
		e    Endpoint
		err  string // empty: the request may be sent
	}{
		{"no body", Endpoint{Op: rcapi.CreateSMSMessage}, "the body is missing: set Endpoint.Body, or Body in Prepare, with at least from, to and text"},
		{"no body, unchecked", Endpoint{Op: rcapi.CreateSMSMessage, Unchecked: true}, ""},
		{"a body", Endpoint{Op: rcapi.CreateSMSMessage, Body: sms}, ""},
		{"a member less", Endpoint{Op: rcapi.CreateSMSMessage, Body: `{"from":{},"to":[]}`}, "the body lacks the required members from.phoneNumber and text"},
		{"a value", Endpoint{Op: rcapi.CreateSMSMessage, Body: map[string]any{"from": "x", "to": 1, "text": 2}}, ""},
		{"no JSON", Endpoint{Op: rcapi.CreateSMSMessage, Body: `{"from":`}, "the body is not JSON"},
		{"a form for JSON", Endpoint{Op: rcapi.CreateContact, Body: url.Values{"firstName": {"x"}}},
			"the body is application/x-www-form-urlencoded, but the operation takes application/json"},
		{"the wrong header", Endpoint{Op: rcapi.CreateContact, Body: `{}`, Header: http.Header{"Content-Type": {"text/plain"}}},
			"the body is text/plain, but the operation takes application/json"},
		{"fax as JSON", Endpoint{Op: rcapi.CreateFaxMessage, Body: to}, "to send files, use gradtest.Multipart"},
		{"fax", Endpoint{Op: rcapi.CreateFaxMessage, Body: Multipart{JSON: to, Files: pdf}}, ""},
		{"fax without a file", Endpoint{Op: rcapi.CreateFaxMessage, Body: &Multipart{JSON: to}}, "the body lacks the required member attachment"},
		{"fax to no one", Endpoint{Op: rcapi.CreateFaxMessage, Body: Multipart{Files: pdf}}, "the body lacks the required member to"},
		{"MMS as JSON", Endpoint{Op: rcapi.CreateMMS, Body: sms}, "use gradtest.Multipart"},
		{"MMS without a body", Endpoint{Op: rcapi.CreateMMS}, "to a gradtest.Multipart with from, to and attachments"},
		{"query missing", Endpoint{Op: rcapi.RcwConfigListWebinars}, "the query parameter creationTimeFrom is required: set it in Endpoint.Query, or in Prepare"},
		{"query value", Endpoint{Op: rcapi.ListMessages, Query: url.Values{"direction": {"Sideways"}}},
			`the query parameter direction has the value "Sideways": use one of Inbound, Outbound`},
		{"query value in another case", Endpoint{Op: rcapi.ListMessages, Query: url.Values{"direction": {"inbound,Outbound"}}}, ""},
		{"query of no meaning", Endpoint{Op: rcapi.ListMessages, Query: url.Values{"x": {"y"}}}, ""},
		{"body value", Endpoint{Op: rcapi.UpdateMessage, Params: map[string]string{"messageId": "1"}, Body: `{"readStatus":"Eaten"}`}, `readStatus is "Eaten": use one of Read, Unread`},
		{"not in the catalogue", Endpoint{Op: rcapi.MustParse("POST /restapi/v1.0/account/{accountId}/news").In(rcapi.Light)}, ""},
		{"a misspelt path", Endpoint{Op: rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extention/{e}/device"), Params: map[string]string{"e": "~"}},
			"near it is rcapi.ListExtensionDevices (GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/device)"},
		{"a path that looks misspelt", Endpoint{Op: rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extention/{e}/device"), Unchecked: true,
			Params: map[string]string{"e": "~"}}, ""},
		{"by Prepare", Endpoint{Op: rcapi.CreateSMSMessage, Prepare: func(*Call) {}}, ""},
		{"by Do", Endpoint{Op: rcapi.CreateSMSMessage, Do: func(*Call) {}}, ""},
		{"a webhook", Endpoint{Op: rcapi.CreateSubscription, Body: webhook},
			"its body creates a subscription with WebHook transport, which needs scope SubscriptionWebhook: add rcapi.ScopeSubscriptionWebhook to App.Scopes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := everyScope(tc.e).validate()
			if tc.err == "" {
				assert.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tc.err)
			assert.ErrorContains(t, err, "gradtest: endpoint "+tc.e.name())
		})
	}
}

func TestNearestScopesAreNamed(t *testing.T) {
	for scope, want := range map[rcapi.Scope]string{
		"ReadAcounts": "near it are rcapi.ScopeReadAccounts", "callog": "rcapi.ScopeReadCallLog", "SMSs": "rcapi.ScopeSMS",
		"nothing like it at all": "as the developer console does",
	} {
		err := App{Scopes: []rcapi.Scope{scope}, Endpoints: []Endpoint{{Op: rcapi.ReadAPIVersions}}}.validate()
		require.ErrorContains(t, err, want)
	}
}

// What Prepare has set is checked before the call leaves, so that it costs no error.
func TestPreparedRequestsThatMustFailAreNotSent(t *testing.T) {
	for _, tc := range []struct {
		name string
		e    Endpoint
		err  string
	}{
		{"no body", Endpoint{Op: rcapi.CreateSMSMessage, Prepare: func(*Call) {}}, "the body is missing"},
		{"a value", Endpoint{Op: rcapi.ListMessages, Prepare: func(c *Call) { c.Query.Set("direction", "Sideways") }}, "use one of Inbound, Outbound"},
		{"a webhook", Endpoint{Op: rcapi.CreateSubscription, Prepare: func(c *Call) { c.Body = webhook }}, "needs scope SubscriptionWebhook"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			app := everyScope(tc.e)
			store := ledger.NewMemory()
			app.Store = store
			_, err := Sweep(t.Context(), app)
			require.ErrorContains(t, err, tc.err)
			assert.ErrorContains(t, err, "Endpoint.Unchecked")
			for r, err := range store.Records(t.Context(), time.Time{}) {
				require.NoError(t, err)
				assert.False(t, r.Op == tc.e.Op.ID && (r.Kind == ledger.Reserved || r.Kind == ledger.Done), "nothing was sent")
			}
		})
	}
}
