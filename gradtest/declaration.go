package gradtest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// want is the declaration in the terms of the criteria.
func (a App) want() criteria.Want {
	w := criteria.Want{Scopes: a.Scopes}
	for _, e := range a.Endpoints {
		w.Endpoints = append(w.Endpoints, criteria.Endpoint{Name: e.name(), Op: e.Op, Calls: e.Calls})
	}
	return w
}

// targetConfig is the declaration in the terms of its target.
func (a App) targetConfig(watch func(ledger.Record)) target.Config {
	c := target.Config{
		Name: a.name(), Scopes: a.Scopes,
		URL: a.Target.URL, Token: a.Target.Token, PrivateToken: a.Target.PrivateToken, ClientID: a.Target.ClientID,
		Base: a.Target.Base, AllowProduction: a.Target.AllowProduction,
		Store: a.Store, Gate: a.Gate, Pace: a.Pace, Repeat: a.Repeat, Log: a.Log, Watch: watch,
	}
	for _, e := range a.Endpoints {
		c.Operations = append(c.Operations, e.Op)
	}
	return c
}

// ledgerDeclaration is the declaration in the terms of the ledger.
func (s *session) ledgerDeclaration() *ledger.Declaration {
	d := &ledger.Declaration{App: s.app.name(), Policy: s.policy.Name}
	for _, scope := range s.app.Scopes {
		d.Scopes = append(d.Scopes, string(scope))
	}
	for _, e := range s.app.Endpoints {
		d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{
			Name: e.name(), Op: e.Op.ID, Method: e.Op.Method, Path: e.Op.Path,
			Group: string(e.Op.Group), Scope: string(e.Op.Scope), Calls: e.Calls,
			Prepare: e.Prepare != nil, Do: e.Do != nil, Cleanup: e.Cleanup != nil,
		})
	}
	return d
}

// declare writes the declaration into the ledger, unless the latest one there says the same. The command judges by it
// without the test's source.
func (s *session) declare(ctx context.Context) error {
	d := s.ledgerDeclaration()
	for _, r := range slices.Backward(s.local.all()) {
		if r.Kind == ledger.Declared && r.Declared.App == d.App {
			if reflect.DeepEqual(r.Declared, d) {
				return nil
			}
			break
		}
	}
	now := time.Now()
	return s.target.Store.Append(ctx, ledger.Record{
		Kind: ledger.Declared, ID: fmt.Sprintf("declared-%d", now.UnixNano()), At: now.UTC(), Declared: d,
	})
}
