package gradtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// session is an app at its target: what Run, Start, Sweep and Plan share.
type session struct {
	app    App
	policy criteria.Policy
	want   criteria.Want
	world  *world
	tally  *tally
	log    *slog.Logger
	linger time.Duration // how long an answer is awaited after the sweep has ended
	last   time.Time     // when everything has to be over; zero: no such moment

	scopes error // how the token's scopes differ from the declared ones; nil: they do not, or no token was needed

	news      news // what other processes add; nil: the store cannot tell. With refreshed, guarded by the sweep's one goroutine
	refreshed time.Time
}

// linger is enough for any answer that will come.
const linger = 10 * time.Second

// begin validates a declaration and puts its session together. Nothing has been sent when it returns.
func begin(ctx context.Context, a App) (*session, error) {
	if err := a.validate(); err != nil {
		return nil, err
	}
	s := &session{app: a, policy: a.Policy.OrDefault(), want: a.want(), log: a.Log, linger: linger}
	if s.log == nil {
		s.log = silent
	}
	var err error
	if s.world, err = open(a, func(r ledger.Record) { s.tally.add(r) }); err != nil {
		return nil, err
	}
	if s.news, err = s.world.follow(ctx, time.Now().Add(-horizon)); err != nil { // before load, so that nothing is missed
		return nil, errors.Join(err, s.world.Close())
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

// refreshes is how often a sweep looks for what other processes have done meanwhile.
const refreshes = 500 * time.Millisecond

// refresh takes in what other processes on the same ledger have added, so that packages tested side by side share the
// work. It reads what is new and nothing twice. What cannot be read is left for the verdict to report.
func (s *session) refresh() {
	now := time.Now()
	if s.news == nil || now.Sub(s.refreshed) < refreshes {
		return
	}
	s.refreshed = now
	var fresh []ledger.Record
	for r, err := range s.news(context.Background()) {
		if err == nil && r.Kind == ledger.Done {
			fresh = append(fresh, r)
		}
	}
	s.tally.join(fresh)
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

// Token requests that got no answer are repeated three times, ten seconds apart, as the platform's guide has it; any
// answer but a token is final.
const (
	tokenTries = 3
	tokenPause = 10 * time.Second
)

// authorize gets the token before anything else is sent, and compares its scopes with the declared ones.
func (s *session) authorize(ctx context.Context) error {
	for try := 1; ; try++ {
		tok, err := s.token(ctx)
		if err == nil {
			if s.scopes = compareScopes(s.app.Scopes, rcauth.Scopes(tok)); s.scopes != nil {
				s.log.WarnContext(ctx, s.scopes.Error())
			}
			return nil
		}
		if try == tokenTries || !errors.As(err, new(*wire.NoAnswerError)) {
			return err
		}
		select {
		case <-time.After(tokenPause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// token asks the source. It takes no context, so an interrupted caller leaves it to end by itself.
func (s *session) token(ctx context.Context) (tok *oauth2.Token, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		tok, err = s.world.token.Token()
	}()
	select {
	case <-done:
		return tok, err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// verdict judges what the store holds now, of all processes.
func (s *session) verdict(ctx context.Context) (criteria.Verdict, error) {
	records, err := s.load(ctx)
	if err != nil {
		return criteria.Verdict{}, err
	}
	v := criteria.Evaluate(s.policy, s.want, slices.Values(records), time.Now())
	if s.scopes != nil {
		v.Notes = append(v.Notes, s.scopes.Error())
	}
	v.Notes = append(v.Notes, s.caveat())
	return v, nil
}
