package claims

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Session books the calls of one sweep in a ledger. It is an [engine.Booker] and safe for concurrent use.
type Session struct {
	claims   ledger.Claims
	limit    func(group string) int
	fresh    func([]ledger.Record)
	others   func(n int)
	inFlight func(n int)

	endpoints []planner.Endpoint

	mu    sync.Mutex
	board *Board
	ended []ledger.Record // the ends of bookings, without their times, for the next step to append
}

// SessionConfig is what a session needs.
type SessionConfig struct {
	Store ledger.Store
	Since time.Time              // records before do not matter
	Plan  planner.Input          // the declaration
	Limit func(group string) int // calls of a group in a window; 0: no limit

	// Fresh receives what other sessions have appended. Nil: not called.
	Fresh func([]ledger.Record)

	// Others is called with the number of live claims of other sessions when the session waits for nothing else.
	// Nil: not called.
	Others func(n int)
	// InFlight is called with [Decision].InFlight after each decision. Nil: not called.
	InFlight func(n int)
}

// lookAge is how old the last look at a distant store may be where nothing is booked: as long as a call may wait
// for its slot without being checked again (see wire.Transport.WithCheck).
const lookAge = 250 * time.Millisecond

// Open opens a session. On a store that is no [ledger.Claimer] the claims hold within the session.
func Open(ctx context.Context, cfg SessionConfig) (*Session, error) {
	c, err := open(ctx, cfg.Store, cfg.Since)
	if err != nil {
		return nil, err
	}
	if d, ok := c.(ledger.DistantClaims); ok {
		c = d.Within(lookAge)
	}
	return &Session{
		claims: c, limit: cfg.Limit, fresh: cfg.Fresh, others: cfg.Others, inFlight: cfg.InFlight, endpoints: cfg.Plan.Endpoints,
		board: New(Config{Owner: c.Owner(), Start: time.Now(), Plan: cfg.Plan}),
	}, nil
}

// Next books calls; see [engine.Booker].
func (s *Session) Next(ctx context.Context, offers []engine.Offer, room func(string) int) (engine.Decision, error) {
	q := Question{NewID: newID}
	for _, o := range offers {
		q.Offers = append(q.Offers, Offer(o))
	}
	q.Room, q.Limit = s.known(room), s.known(s.limit)
	var d Decision
	var fresh []ledger.Record
	ended := 0
	err := s.claims.Update(ctx, func(v ledger.View) []ledger.Record {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.board.Add(v.Fresh)
		fresh = append(fresh, v.Fresh...)
		ended = len(s.ended)
		for i := range s.ended {
			s.ended[i].At = v.Now.UTC()
		}
		s.board.Add(s.ended)
		q.Life = v.Life
		d = s.board.Decide(v.Now, q)
		return slices.Concat(s.ended, d.Records)
	})
	s.pass(fresh)
	if err != nil {
		return engine.Decision{}, fmt.Errorf("gradtest: no call can be booked: %w", err)
	}
	s.mu.Lock()
	s.board.Add(d.Records)
	s.ended = s.ended[ended:]
	s.mu.Unlock()
	if s.inFlight != nil {
		s.inFlight(d.InFlight)
	}
	out := engine.Decision{Refused: d.Refused, Failed: make(map[string]error), Open: d.Open, Wake: d.Wake}
	for name, r := range d.Failed {
		out.Failed[name] = &ElsewhereError{Record: r}
	}
	for _, b := range d.Begin {
		out.Begin = append(out.Begin, engine.Begin{Name: b.Endpoint, Claim: b.Claim})
	}
	if d.Open && len(d.Begin) == 0 && d.Others > 0 && s.others != nil {
		s.others(d.Others)
	}
	return out, nil
}

// known asks of for all groups now: the store must not be used while it decides.
func (s *Session) known(of func(group string) int) func(string) int {
	values := make(map[string]int)
	for _, e := range s.endpoints {
		if g := group(e.Op); values[g] == 0 {
			values[g] = of(g)
		}
	}
	return func(group string) int { return values[group] }
}

// ElsewhereError is the failure of an endpoint in another process.
type ElsewhereError struct{ Record ledger.Record }

// Error says how the other call ended.
func (e *ElsewhereError) Error() string {
	r := e.Record
	code := r.Code
	if code == "" {
		code = "without an error code"
	}
	if r.Status == 0 {
		return fmt.Sprintf("not called: another process received no response (%s)", code)
	}
	return fmt.Sprintf("not called: another process was answered %d %s, and reports what to do", r.Status, code)
}

// Add takes in an attempt of this session as soon as it is recorded.
func (s *Session) Add(r ledger.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board.Add([]ledger.Record{r})
}

// Release ends a booking; see [engine.Booker]. Other sessions see it with the next step of this one, which the engine
// makes at once, or with Close.
func (s *Session) Release(_ context.Context, claim string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.board.Held(time.Now(), claim) {
		op := s.board.operation(claim)
		s.ended = append(s.ended, ledger.Record{
			Kind: ledger.Unclaimed, ID: claim, Op: op.ID, Method: op.Method, Path: op.Path, Owner: s.claims.Owner(),
		})
	}
	return nil
}

// Needed reports whether a booked call is still missing, by what has been appended until now. If that cannot be read, a
// read goes ahead and a change does not: another session may have taken this one for gone and made the change.
func (s *Session) Needed(ctx context.Context, claim string) bool {
	var fresh []ledger.Record
	s.mu.Lock()
	op := s.board.operation(claim)
	s.mu.Unlock()
	var needed bool
	err := s.claims.Read(ctx, func(v ledger.View) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.board.Add(v.Fresh)
		fresh = append(fresh, v.Fresh...)
		needed = s.board.Needed(v.Now, claim)
	})
	s.pass(fresh)
	if err != nil { // for the next booking to report
		return op.Reads()
	}
	return needed
}

// Wait returns when other sessions may have changed something; see [engine.Booker].
func (s *Session) Wait(ctx context.Context) error {
	err := s.claims.Wait(ctx)
	if err != nil { // for the next booking to report, and not at once again
		select {
		case <-time.After(checkOwners):
		case <-ctx.Done():
		}
	}
	return err
}

// Missing returns what the endpoints still need; see [engine.Booker].
func (s *Session) Missing(names []string) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.board.Missing(time.Now(), func(name string) bool { return slices.Contains(names, name) })
}

// Close gives up all bookings of the session.
func (s *Session) Close() error { return s.claims.Close() }

func (s *Session) pass(fresh []ledger.Record) {
	if s.fresh != nil && len(fresh) > 0 {
		s.fresh(fresh)
	}
}

// operation is that of a live claim.
func (b *Board) operation(claim string) (op rcapi.Operation) {
	if c := b.calls[claim]; c != nil {
		op = c.op
	}
	return op
}
