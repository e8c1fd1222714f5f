package criteria

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestMissing(t *testing.T) {
	sms := both()
	sms.Scopes = append(sms.Scopes, "SMS", "Voicemail")
	webhook := Want{Endpoints: []Endpoint{{Op: rcapi.CreateSubscription}}, Scopes: []rcapi.Scope{"SubscriptionWebhook"}}
	transport := "creates a subscription with WebHook transport"
	socket, declaredSocket := both(), both()
	socket.Scopes = append(socket.Scopes, "WebSocketsSubscription")
	declaredSocket.Scopes = append(declaredSocket.Scopes, "WebSocket")
	declaredSocket.Endpoints = append(declaredSocket.Endpoints, Endpoint{Op: rcapi.AuthWsToken})
	few := Graduation
	few.Name, few.PerEndpoint = "few", 0
	cheapest := func(s rcapi.Scope) rcapi.Operation { op, _ := rcapi.Cheapest(s); return op }
	need := func(op rcapi.Operation, calls int) EndpointNeed {
		return EndpointNeed{Name: display("", op), Op: op, Declared: true, Calls: calls}
	}
	for _, tt := range []struct {
		name    string
		policy  Policy
		want    Want
		records *log
		needs   Needs
	}{
		{"nothing", Graduation, both(), enough(21), Needs{}},
		{"all", Graduation, both(), new(log), Needs{Endpoints: []EndpointNeed{need(first, 5), need(second, 5)}, Any: 11, Total: 21}},
		{"all of Legacy", Legacy, both(), new(log), Needs{Endpoints: []EndpointNeed{need(first, 5), need(second, 5)}, Any: 10, Total: 20}},
		{"3 yesterday, so 2 today", Graduation, both(), new(log).ok(3, first, yesterday).ok(30, second, today),
			Needs{Endpoints: []EndpointNeed{need(first, 2)}, Total: 2}},
		{"calls on endpoints are volume too", Graduation, both(), new(log).ok(18, second, today), Needs{Endpoints: []EndpointNeed{need(first, 5)}, Total: 5}},
		{"a scope without an endpoint takes those of a new endpoint", Graduation, sms, enough(21),
			Needs{Scopes: []ScopeNeed{{Scope: "SMS", Op: cheapest("SMS"), Calls: 5}}, Drop: []rcapi.Scope{"Voicemail"}, Total: 5}},
		{"which are volume too", Graduation, sms, enough(15),
			Needs{Scopes: []ScopeNeed{{Scope: "SMS", Op: cheapest("SMS"), Calls: 5}}, Drop: []rcapi.Scope{"Voicemail"}, Any: 1, Total: 6}},
		{"one call where no endpoint needs more", few, sms, enough(21),
			Needs{Scopes: []ScopeNeed{{Scope: "SMS", Op: cheapest("SMS"), Calls: 1}}, Drop: []rcapi.Scope{"Voicemail"}, Total: 1}},
		{"one call to an endpoint that is only seen and has enough", Graduation, sms, enough(21).unscoped(5, rcapi.CreateSMSMessage, today),
			Needs{Scopes: []ScopeNeed{{Scope: "SMS", Op: rcapi.CreateSMSMessage, Calls: 1}}, Drop: []rcapi.Scope{"Voicemail"}, Total: 1}},
		{"an authorization request is no volume", Graduation, socket, enough(20),
			Needs{Scopes: []ScopeNeed{{Scope: "WebSocket", Op: rcapi.AuthWsToken, Calls: 1}}, Any: 1, Total: 2}},
		{"a declared one neither", Graduation, declaredSocket, enough(20),
			Needs{Scopes: []ScopeNeed{{Scope: "WebSocket", Op: rcapi.AuthWsToken, Declared: true, Calls: 1}}, Any: 1, Total: 2}},
		{"it dilutes no errors of API calls", Graduation, socket, enough(38).answers(2, first, 401, today),
			Needs{Scopes: []ScopeNeed{{Scope: "WebSocket", Op: rcapi.AuthWsToken, Calls: 1}}, Dilution: 1, Total: 2}},
		{"a short endpoint exercises its scope", Graduation, both(), new(log).ok(21, first, today), Needs{Endpoints: []EndpointNeed{need(second, 5)}, Total: 5}},
		{"creating subscriptions can exercise SubscriptionWebhook", Graduation, webhook, new(log).ok(3, rcapi.CreateSubscription, today),
			Needs{Endpoints: []EndpointNeed{{Name: "createSubscription", Op: rcapi.CreateSubscription, Declared: true, Calls: 2, Condition: transport}},
				Any: 16, Total: 18}},
		{"one more when enough were created without", Graduation, webhook, new(log).ok(30, rcapi.CreateSubscription, today),
			Needs{Scopes: []ScopeNeed{{Scope: "SubscriptionWebhook", Op: rcapi.CreateSubscription, Declared: true, Calls: 1, Condition: transport}}, Total: 1}},
		{"a condition of an operation that is not declared", Graduation, Want{Endpoints: both().Endpoints, Scopes: webhook.Scopes}, enough(21),
			Needs{Scopes: []ScopeNeed{{Scope: "SubscriptionWebhook", Op: rcapi.CreateSubscription, Calls: 5, Condition: transport}}, Total: 5}},
		{"an endpoint only seen", Graduation, both(), enough(21).ok(1, rcapi.ReadExtension, today),
			Needs{Endpoints: []EndpointNeed{{Name: "readExtension", Op: rcapi.ReadExtension, Calls: 4}}, Total: 4}},
		{"dilution: 2 errors need 41", Graduation, both(), enough(30).answers(2, first, 401, today), Needs{Dilution: 9, Total: 9}},
		{"dilution counts what is sent anyway", Graduation, both(), new(log).ok(20, second, today).answers(2, first, 401, today),
			Needs{Endpoints: []EndpointNeed{need(first, 5)}, Dilution: 14, Total: 19}},
		{"dilution in the window that needs most", Graduation, both(), enough(21).ok(40, first, before).answers(2, first, 401, today), Needs{Dilution: 18, Total: 18}},
		{"logins do not dilute API errors", Graduation, both(), enough(30).token(50, 200, today).answers(2, first, 401, today), Needs{Dilution: 9, Total: 9}},
		{"waiting", Strictest, both(), enough(100).answers(1, first, 429, today), Needs{Wait: today.Add(48 * time.Hour)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.needs, Evaluate(tt.policy, tt.want, tt.records.all(), noon).Needs)
			assert.Equal(t, tt.name == "nothing", nothing(tt.needs))
		})
	}
}

// nothing reports whether nothing is needed.
func nothing(n Needs) bool { return n.Total == 0 && n.Wait.IsZero() && len(n.Drop) == 0 }
