package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// phonebook has the numbers and addresses that the sweep needs on its account.
type phonebook struct{ sender, recipient, webhook string }

// numbers reads them from the environment. The defaults are fictional and fit the embedded emulator.
func numbers(getenv func(string) string) phonebook {
	return phonebook{
		sender:    cmp.Or(getenv("SMS_SENDER"), getenv("RINGCENTRAL_SENDER"), "+16505550101"),
		recipient: cmp.Or(getenv("SMS_RECIPIENT"), getenv("RINGCENTRAL_RECEIVER"), "+12025550101"),
		webhook:   cmp.Or(getenv("WEBHOOK_DELIVERY_ADDRESS"), "https://hooks.example.com/ringcentral"),
	}
}

// crm declares an app that keeps a customer database in sync with a phone system.
func crm(p phonebook) gradtest.App {
	few := url.Values{"perPage": {"10"}}
	return gradtest.App{
		Name: "crm-sync",
		Scopes: []rcapi.Scope{
			rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages, rcapi.ScopeSMS, rcapi.ScopeReadPresence,
			rcapi.ScopeReadContacts, rcapi.ScopeContacts, rcapi.ScopeSubscriptionWebhook,
		},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ListExtensionPhoneNumbers},
			{Op: rcapi.ReadUserCallLog, Query: few},
			{Op: rcapi.ListMessages, Query: few},
			{Op: rcapi.CreateSMSMessage, Prepare: p.sms},
			{Op: rcapi.ReadUserPresenceStatus},
			{Op: rcapi.ListContacts, Query: few},
			{
				Op: rcapi.CreateContact, Body: map[string]string{"firstName": "Quality", "lastName": "Sweep"},
				Cleanup: remove(rcapi.DeleteContact, "contactId"),
			},
			{
				Op: rcapi.CreateSubscription, Body: p.subscription(),
				Cleanup: remove(rcapi.DeleteSubscription, "subscriptionId"),
			},
			{Op: rcapi.ListSubscriptions},
		},
	}
}

// sms writes a text message from the user's number that can send SMS.
func (p phonebook) sms(c *gradtest.Call) {
	type number struct {
		PhoneNumber string   `json:"phoneNumber"`
		Features    []string `json:"features"`
	}
	var list struct {
		Records []number `json:"records"`
	}
	if err := get(c, rcapi.ListExtensionPhoneNumbers, &list); err != nil {
		c.Errorf("finding a number to send from: %v", err)
		c.FailNow()
	}
	from := p.sender
	for _, n := range list.Records {
		for _, f := range n.Features {
			if f == "SmsSender" {
				from = n.PhoneNumber
			}
		}
	}
	type party struct {
		PhoneNumber string `json:"phoneNumber"`
	}
	c.Body = map[string]any{
		"from": party{from}, "to": []party{{p.recipient}}, "text": fmt.Sprintf("quality sweep, message %d", c.Attempt()),
	}
}

func (p phonebook) subscription() any {
	return map[string]any{
		"eventFilters": []string{"/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS"},
		"deliveryMode": map[string]string{"transportType": "WebHook", "address": p.webhook},
	}
}

// remove returns a Cleanup that deletes what the call created, by the id in the response.
func remove(op rcapi.Operation, param string) func(*gradtest.Call) {
	return func(c *gradtest.Call) {
		var created struct {
			ID json.RawMessage `json:"id"` // a number in some responses, a string in others
		}
		if err := c.Decode(&created); err != nil {
			c.Errorf("%v", err)
			return
		}
		if len(created.ID) == 0 {
			return // without an id there is nothing to delete
		}
		path, err := op.Expand(map[string]string{param: string(bytes.Trim(created.ID, `"`))})
		if err != nil {
			c.Errorf("%v", err)
			return
		}
		req, err := http.NewRequestWithContext(c.Context(), op.Method, c.URL()+path, nil)
		if err != nil {
			c.Errorf("%v", err)
			return
		}
		resp, err := c.Client().Do(req)
		if err != nil {
			c.Errorf("%v", err)
			return
		}
		defer resp.Body.Close()
		// 404: an earlier attempt deleted it, and its response was lost.
		if resp.StatusCode >= 300 && resp.StatusCode != http.StatusNotFound {
			c.Errorf("%s returned %s", op.ID, resp.Status)
		}
	}
}

// get calls an operation whose path has only account and extension ids.
func get(c *gradtest.Call, op rcapi.Operation, v any) error {
	path, err := op.Expand(nil)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(c.Context(), op.Method, c.URL()+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.Client().Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s returned %s", op.ID, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(v)
}
