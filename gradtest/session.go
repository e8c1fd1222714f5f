package gradtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// session is an app at its target: what Run, Start, Sweep and Plan share.
type session struct {
	app    App
	policy criteria.Policy
	want   criteria.Want
	world  *world
	tally  *tally
	log    *slog.Logger
	repeat bool
}

// begin validates a declaration and puts its session together. Nothing has been sent when it returns.
func begin(ctx context.Context, a App) (*session, error) {
	if err := a.validate(); err != nil {
		return nil, err
	}
	s := &session{app: a, policy: a.Policy.OrDefault(), want: a.want(), log: a.Log}
	if s.log == nil {
		s.log = silent
	}
	s.repeat = a.Repeat || os.Getenv("GRADTEST_REPEAT") == "1"
	var err error
	if s.world, err = open(a, func(r ledger.Record) { s.tally.add(r) }); err != nil {
		return nil, err
	}
	records, err := s.load(ctx)
	if err != nil {
		return nil, errors.Join(err, s.world.Close())
	}
	s.tally = newTally(records)
	return s, nil
}

// horizon is how far back evidence can matter to any policy: the rolling window, and a margin for clocks that differ.
const horizon = 49 * time.Hour

// load reads the evidence that can still matter. A torn last line, left by a process that was killed, is reported and
// passed over: nothing of it had been acknowledged. A damaged line stops the judgement.
func (s *session) load(ctx context.Context) ([]ledger.Record, error) {
	var records []ledger.Record
	for r, err := range s.world.store.Records(ctx, time.Now().Add(-horizon)) {
		var torn *ledger.TornError
		switch {
		case errors.As(err, &torn):
			s.log.WarnContext(ctx, "ledger has a torn line, left by a process that was killed", "err", err)
		case err != nil:
			return nil, err
		default:
			records = append(records, r)
		}
	}
	return records, nil
}

// declare writes the declaration into the ledger, so that the command can judge without the test's source, unless the
// latest one there says the same.
func (s *session) declare(ctx context.Context) error {
	d := &ledger.Declaration{App: s.app.name(), Policy: s.policy.Name}
	for _, scope := range s.app.Scopes {
		d.Scopes = append(d.Scopes, string(scope))
	}
	for _, e := range s.app.Endpoints {
		d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{
			Name: e.name(), Op: e.Op.ID, Method: e.Op.Method, Path: e.Op.Path,
			Group: string(e.Op.Group), Scope: string(e.Op.Scope), Calls: e.Calls,
		})
	}
	for _, r := range slices.Backward(s.tally.all()) {
		if r.Kind == ledger.Declared && r.Declared.App == d.App {
			if reflect.DeepEqual(r.Declared, d) {
				return nil
			}
			break
		}
	}
	return s.world.store.Append(ctx, ledger.Record{
		Kind: ledger.Declared, ID: fmt.Sprintf("declared-%d", time.Now().UnixNano()), At: time.Now().UTC(), Declared: d,
	})
}

// authorize gets the token before anything else is sent, and compares its scopes with the declared ones. A source takes
// no context, so an interrupted caller leaves it to end by itself.
func (s *session) authorize(ctx context.Context) error {
	type result struct {
		tok *oauth2.Token
		err error
	}
	done := make(chan result, 1)
	go func() {
		tok, err := s.world.token.Token()
		done <- result{tok, err}
	}()
	select {
	case r := <-done:
		if r.err != nil {
			return r.err
		}
		return compareScopes(s.app.Scopes, rcauth.Scopes(r.tok))
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// verdict judges what the store holds now, of all processes.
func (s *session) verdict(ctx context.Context) (criteria.Verdict, error) {
	records, err := s.load(ctx)
	if err != nil {
		return criteria.Verdict{}, err
	}
	v := criteria.Evaluate(s.policy, s.want, slices.Values(records), time.Now())
	v.Notes = append(v.Notes, s.caveat())
	return v, nil
}
