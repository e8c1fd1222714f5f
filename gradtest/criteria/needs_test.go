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
		{"a scope of its own takes a call", Graduation, sms, enough(21), Needs{Scopes: []rcapi.Scope{"SMS"}, Drop: []rcapi.Scope{"Voicemail"}, Total: 1}},
		{"a scope's call is volume too", Graduation, sms, enough(19), Needs{Scopes: []rcapi.Scope{"SMS"}, Drop: []rcapi.Scope{"Voicemail"}, Any: 1, Total: 2}},
		{"a short endpoint exercises its scope", Graduation, both(), new(log).ok(21, first, today), Needs{Endpoints: []EndpointNeed{need(second, 5)}, Total: 5}},
		{"creating subscriptions can exercise SubscriptionWebhook", Graduation, webhook, new(log).ok(3, rcapi.CreateSubscription, today),
			Needs{Endpoints: []EndpointNeed{need(rcapi.CreateSubscription, 2)}, Any: 16, Total: 18}},
		{"one more when enough were created without", Graduation, webhook, new(log).ok(30, rcapi.CreateSubscription, today),
			Needs{Scopes: []rcapi.Scope{"SubscriptionWebhook"}, Total: 1}},
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
