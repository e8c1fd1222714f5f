package rctest

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const subscriptionLife = 604_799 * time.Second

// subscriptions is the part of the platform about notifications. None are delivered, and a webhook's address is not called.
func subscriptions() domain {
	fields := map[string]func(*exchange, *text, thing){}
	for _, op := range []rcapi.Operation{rcapi.CreateSubscription, rcapi.ReadSubscription, rcapi.UpdateSubscription, rcapi.RenewSubscription} {
		fields[op.ID] = subscription
	}
	return domain{
		fields:  fields,
		records: map[string]records{rcapi.ListSubscriptions.ID: none, rcapi.RcwN11sListSubscriptions.ID: none},
		checks:  map[string]func(*exchange, []byte) *problem{rcapi.CreateSubscription.ID: mayUseTransport},
		uuids:   map[string]bool{rcapi.CreateSubscription.ID: true, rcapi.RcwN11sCreateSubscription.ID: true},
	}
}

// subscriptionRequest is what a client asks to be told of, and how.
type subscriptionRequest struct {
	EventFilters []string `json:"eventFilters"`
	DeliveryMode struct {
		TransportType string `json:"transportType"`
		Address       string `json:"address"`
	} `json:"deliveryMode"`
}

func (r subscriptionRequest) webhook() bool {
	return strings.EqualFold(r.DeliveryMode.TransportType, "WebHook")
}

func readSubscriptionRequest(body []byte) (r subscriptionRequest) {
	if body != nil {
		_ = json.Unmarshal(body, &r) // it is JSON; what does not fit stays empty
	}
	return r
}

// mayUseTransport checks the one scope that is on no operation.
func mayUseTransport(x *exchange, body []byte) *problem {
	if !readSubscriptionRequest(body).webhook() {
		return nil
	}
	if !x.session.scopes.permit[rcapi.ScopeSubscriptionWebhook] {
		return problemTransport(rcapi.ScopeSubscriptionWebhook)
	}
	x.webhook = true
	return nil
}

func subscription(x *exchange, t *text, it thing) {
	r := readSubscriptionRequest(it.body)
	mode := r.DeliveryMode.TransportType
	if mode == "" {
		mode = "WebSocket"
	}
	t.strings("eventFilters", r.EventFilters...)
	t.string("status", "Active")
	t.time("creationTime", x.at)
	t.time("expirationTime", x.at.Add(subscriptionLife))
	t.int("expiresIn", int(subscriptionLife/time.Second))
	t.object("deliveryMode")
	t.string("transportType", mode)
	t.bool("encryption", false)
	if r.DeliveryMode.Address != "" {
		t.string("address", r.DeliveryMode.Address)
	}
	t.end()
}
