package criteria

import "github.com/graduationkit/ringcentral/gradtest/rcapi"

const (
	// scopeWebhook is on no operation: a subscription made with WebHook transport exercises it, which only the record
	// of the call can tell.
	scopeWebhook rcapi.Scope = "SubscriptionWebhook"
	webhookBy                = "createSubscription"

	// scopeWebSocket is on one operation only, which is an authorization request.
	scopeWebSocket rcapi.Scope = "WebSocket"
)

// exercises reports whether a success of op can exercise the scope. A scope that includes another does not exercise
// it: the console groups requests by the permission that the operation itself requires.
func exercises(op rcapi.Operation, s rcapi.Scope) bool {
	if s == scopeWebhook && op.ID == webhookBy {
		return true
	}
	return op.Scope != "" && canonical(op.Scope) == s
}

// exercisable reports whether any call can exercise the scope: one of the catalogue, or one that the app declares
// beyond it.
func (b *bench) exercisable(s rcapi.Scope) bool {
	if inCatalogue(s) || s == scopeWebhook {
		return true
	}
	for _, t := range b.tallies {
		if exercises(t.op, s) {
			return true
		}
	}
	return false
}
