package criteria

import "github.com/graduationkit/ringcentral/gradtest/rcapi"

// webhookBy is the operation that exercises SubscriptionWebhook, a scope that is on no operation: a subscription with
// WebHook transport needs it, which only the record of the call can tell.
var webhookBy = rcapi.CreateSubscription.ID

// exercises reports whether a success of op can exercise the scope. A scope that includes another does not exercise
// it: the console groups requests by the permission that the operation itself requires.
func exercises(op rcapi.Operation, s rcapi.Scope) bool {
	if s == rcapi.ScopeSubscriptionWebhook && op.ID == webhookBy {
		return true
	}
	return op.Scope != "" && op.Scope.Canonical() == s
}

// exercisable reports whether any call can exercise the scope: one of the catalogue, or one that the app declares
// beyond it.
func (b *evidence) exercisable(s rcapi.Scope) bool {
	if s.Exercisable() {
		return true
	}
	for _, t := range b.tallies {
		if exercises(t.op, s) {
			return true
		}
	}
	return false
}
