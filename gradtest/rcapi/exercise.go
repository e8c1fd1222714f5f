package rcapi

import (
	"encoding/json"
	"iter"
	"strings"
)

// Most scopes are exercised by the operations that need them. SubscriptionWebhook is the exception: no operation
// needs it by itself, and a subscription needs it only when its body asks for WebHook transport. This file is the
// only one that knows the exception.
const (
	conditionalScope = ScopeSubscriptionWebhook
	condition        = "creates a subscription with WebHook transport"
)

// Exercises reports whether a success of o can exercise the scope s, under any of its names. A scope that includes
// another does not exercise it: the developer console sorts calls by the scope that the operation itself needs. For a
// scope with a [Scope.Condition] the request's body decides, see [Operation.Exercised].
func (o Operation) Exercises(s Scope) bool {
	s = s.Canonical()
	return s != "" && (o.Scope.Canonical() == s || s == conditionalScope && o.BodyDecides())
}

// Exercised returns the scopes that a success of a request with this body exercises; nil if none. The body matters only
// where [Operation.BodyDecides].
func (o Operation) Exercised(body []byte) []Scope {
	var out []Scope
	if o.Scope != "" {
		out = append(out, o.Scope)
	}
	if o.BodyDecides() && asksForWebHook(body) {
		out = append(out, conditionalScope)
	}
	return out
}

// BodyDecides reports whether the body of a request decides which scopes a success of it exercises.
func (o Operation) BodyDecides() bool {
	return o.ID == CreateSubscription.ID || o.Method == CreateSubscription.Method && o.Path == CreateSubscription.Path
}

// Condition says what a call must do to exercise s beyond being a call of an operation that can, such as "creates a
// subscription with WebHook transport". Empty: nothing more.
func (s Scope) Condition() string {
	if s.Canonical() == conditionalScope {
		return condition
	}
	return ""
}

// Exercisable reports whether any operation of the catalogue can exercise s. For WebSocket it is an authorization
// request, which criteria may refuse to count (see [Operation.OAuth]).
func (s Scope) Exercisable() bool {
	for range Operations(s) {
		return s != ""
	}
	return false
}

// Operations yields the operations that can exercise a scope, in the order of [All]. The empty scope yields those
// that need none.
func Operations(s Scope) iter.Seq[Operation] {
	s = s.Canonical()
	return func(yield func(Operation) bool) {
		for _, o := range table {
			matches := o.Scope == s
			if s == conditionalScope {
				matches = o.BodyDecides()
			}
			if matches && !yield(*o) {
				return
			}
		}
	}
}

func asksForWebHook(body []byte) bool {
	var subscription struct {
		DeliveryMode struct {
			TransportType string `json:"transportType"`
		} `json:"deliveryMode"`
	}
	_ = json.Unmarshal(body, &subscription) // the platform judges the body; one that is no JSON asks for no transport
	return strings.EqualFold(subscription.DeliveryMode.TransportType, "WebHook")
}
