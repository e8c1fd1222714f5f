package claims_test

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestScopeTargetsHoldOverProcesses: the scope that only an authorization request exercises is exercised by one call of
// one process, and a scope that the calls of the app never exercise costs one call more in all, not one after the
// other.
func TestScopeTargetsHoldOverProcesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, ledger.NewMemory(), 3)
		in := declared(rcapi.ReadExtension, rcapi.AuthWsToken, rcapi.CreateSubscription)
		in.Scopes = append(in.Scopes, rcapi.ScopeSubscriptionWebhook) // no call of this scene exercises it
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				for _, o := range s.sweep(t.Context(), in) {
					assert.Equal(t, engine.Met, o.State, "%s: %v", o.Name, o.Err)
				}
			})
		}
		all.Wait()
		assert.Equal(t, map[string]int{rcapi.ReadExtension.ID: 16, rcapi.AuthWsToken.ID: 1, rcapi.CreateSubscription.ID: 5}, s.sent)
	})
}
