package gradtest

import (
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// want is the declaration in the terms of the criteria.
func (a App) want() criteria.Want {
	w := criteria.Want{Scopes: a.Scopes}
	for _, e := range a.Endpoints {
		w.Endpoints = append(w.Endpoints, criteria.Endpoint{Name: e.name(), Op: e.Op, Calls: e.Calls, Exempt: e.Exempt})
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

// declaration is the declaration in the terms of the ledger.
func (a App) declaration(policy string) *ledger.Declaration {
	d := &ledger.Declaration{App: a.name(), Policy: policy}
	for _, scope := range a.Scopes {
		d.Scopes = append(d.Scopes, string(scope))
	}
	for _, e := range a.Endpoints {
		d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{
			Name: e.name(), Op: e.Op.ID, Method: e.Op.Method, Path: e.Op.Path,
			Group: string(e.Op.Group), Scope: string(e.Op.Scope), Calls: e.Calls, Exempt: e.Exempt,
			Prepare: e.Prepare != nil, Do: e.Do != nil, Cleanup: e.Cleanup != nil,
		})
	}
	return d
}
