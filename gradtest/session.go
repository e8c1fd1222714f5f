package gradtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/internal/uncached"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// session is an app at its target. Run, Start, Sweep and Plan each open one.
type session struct {
	app    App
	policy criteria.Policy
	want   criteria.Want
	target *target.Target
	local  *localEvidence
	log    *slog.Logger

	grace time.Duration // how long an answer is awaited after the sweep has ended
	last  time.Time     // when everything has to be over; zero: no limit

	scopes error // how the token's scopes differ from the declared ones; nil if they match or no token was needed

	caller   caller // set before a sweep begins
	progress *progress
	waiting  *waiting

	limitsMu sync.Mutex
	limits   map[string]knownLimit

	booking atomic.Pointer[claims.Session] // of the sweep; nil before it begins
	logins  logins
	writing writing // of the calls

	exploring atomic.Bool // of Start or Open: the app's own code decides what is called
}

// knownLimit is a group's limit as the gate gave it at a moment.
type knownLimit struct {
	calls int
	at    time.Time
}

// answerGrace is enough for any answer that will still come.
const answerGrace = 10 * time.Second

// silent is the logger of an App without one.
var silent = slog.New(slog.DiscardHandler)

// newSession validates a declaration and opens its target. Nothing has been sent when it returns.
func newSession(ctx context.Context, a App) (*session, error) {
	if err := declareOnly(ctx, a); err != nil {
		return nil, err
	}
	if err := a.validate(); err != nil {
		return nil, err
	}
	s := &session{
		app: a, policy: a.Policy.OrDefault(), want: a.want(), log: cmp.Or(a.Log, silent),
		local: newLocalEvidence(), grace: answerGrace,
	}
	s.progress = &progress{log: s.log, notify: a.Progress}
	s.waiting = &waiting{report: s.progress.waits}
	cfg := a.targetConfig(s.record)
	cfg.Waiting, cfg.TokenWaits, cfg.Pending = s.waiting.slot, s.waiting.token, s.waiting.pending
	cfg.Locked, cfg.Elsewhere = s.waiting.locked, s.elsewhere
	var err error
	if s.target, err = target.Open(cfg); err != nil {
		return nil, err
	}
	s.waiting.scope, s.progress.scope = s.target.Scope, s.target.Scope
	records, err := s.load(ctx)
	if err != nil {
		return nil, errors.Join(err, s.target.Close())
	}
	s.local.join(records)
	return s, nil
}

// record takes in an attempt of this session as soon as its record is kept.
func (s *session) record(r ledger.Record) {
	s.local.add(r)
	if note := s.logins.add(r); note != "" {
		s.progress.once(note)
	}
	if note := s.app.undeclaredNote(r); note != "" && s.exploring.Load() {
		s.progress.onceAs("undeclared "+r.Method+" "+r.Path, note)
	}
	if b := s.booking.Load(); b != nil {
		b.Add(r)
	}
}

// elsewhere notes that requests go to another server. One note is enough: test servers have a new address each.
func (s *session) elsewhere(host string) {
	s.progress.onceAs("elsewhere", fmt.Sprintf("Requests to %s are not counted: only those to %s, the URL of the session, are "+
		"evidence. (This is said once; it goes for other servers too.)", host, s.target.URL))
}

// prepareRun makes the session ready for traffic: go test must not cache the run, and the declaration goes into the
// ledger.
func (s *session) prepareRun(ctx context.Context) error {
	if dir := s.target.Marks; dir != "" {
		if err := evidence.Create(dir); err != nil {
			return err
		}
		if err := uncached.Mark(dir); err != nil {
			return fmt.Errorf("gradtest: go test would cache this run and send nothing the next time: make %s writable: %w", dir, err)
		}
	}
	return s.declare(ctx)
}

// declare writes the declaration into the ledger, unless the latest one there says the same. The command judges by it
// without the test's source.
func (s *session) declare(ctx context.Context) error {
	d := s.app.declaration(s.policy.Name)
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

// load reads the evidence that can still matter. A damaged line stops the judgement.
func (s *session) load(ctx context.Context) (records []ledger.Record, err error) {
	torn := func(err error) {
		s.log.WarnContext(ctx, "the ledger has a torn line, left by a process that was killed", "err", err)
	}
	for r, err := range evidence.Recent(ctx, s.target.Store, time.Now(), torn) {
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// authorize gets the token before anything else is sent, and compares its scopes with the declared ones. Where the
// error rules allow no more error, a token from the cache is not tried: it may have been revoked, and a new one costs
// none.
func (s *session) authorize(ctx context.Context, ratios []criteria.Ratio, planned int) error {
	get := s.target.Token
	for _, r := range ratios {
		if r.Planned = planned; r.Errors > 0 && !r.Allows(1) {
			get = s.target.NewToken
		}
	}
	tok, err := get(ctx)
	if err != nil {
		return err
	}
	if s.scopes = compareScopes(s.app.Scopes, rcauth.Scopes(tok)); s.scopes != nil {
		s.log.WarnContext(ctx, s.scopes.Error())
	}
	return nil
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
	v.Notes = append(v.Notes, s.origin())
	return v, nil
}

// origin says where the evidence of a verdict comes from.
func (s *session) origin() string {
	if s.target.Emulator {
		return "Target: the embedded emulator. This proves the suite and is no evidence for the real app; for that set " +
			"RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT."
	}
	text := fmt.Sprintf("Target: %s, evidence in %s.", s.target.URL, cmp.Or(s.target.Evidence, "App.Store"))
	if !s.target.Loopback() {
		text += " " + evidence.OwnCount
	}
	return text
}
