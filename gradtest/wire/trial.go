package wire

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"
)

const (
	// trusted is how long the acceptance of a token speaks for further calls. It is longer than the gaps between the calls
	// of a burst, and shorter than the wait for a full window, in which the token may be revoked.
	trusted = time.Second

	// trialPatience is how long the first call with a token keeps the others waiting for its answer. Afterwards one more
	// goes, so that an endpoint that hangs does not hold up a sweep.
	trialPatience = 2 * time.Second

	// keptTokens bounds what Trials remember.
	keptTokens = 64
)

// Trials remember which access tokens the platform accepts. With a token that has not been accepted in the last second,
// one call goes first and the others wait for its answer; with one that the platform has rejected, none goes at all. So
// a token that was revoked or has expired costs one error, and not one for each call that was ready to leave; only
// calls that are in flight at that moment can fail besides.
//
// [Trials.Limit] bounds those calls in flight.
//
// The zero value is ready to use. All Transports of a process that send the same tokens should share one value. It is
// safe for concurrent use, and keeps hashes of tokens only.
type Trials struct {
	mu     sync.Mutex
	tokens map[tokenKey]*standing
	limit  int // see Limit
}

// Limit sets how many calls may be in flight with one token; zero, the default: any number. If the token is revoked at
// that moment, all of them fail, so a caller with an error budget keeps them within it. A call that has waited two
// seconds for others goes anyway, so that calls which hang do not hold up the rest.
func (t *Trials) Limit(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.limit = n
}

type tokenKey [sha256.Size]byte

// standing is what is known of one token.
type standing struct {
	accepted time.Time     // the latest time; zero: never, or it is in doubt
	doubts   int           // refusals in a row that may have other reasons
	rejected string        // the error code with which the platform rejected it; empty: it has not
	trial    bool          // a call has gone first, and its answer is awaited
	sent     time.Time     // when it may have left; zero: not yet
	changed  chan struct{} // closed when the trial has ended; nil: none is under way
	used     time.Time
	flying   int           // calls that have left, or are about to, and whose answer is awaited
	landed   chan struct{} // closed when one of them has ended; nil: nothing waits for that
}

// pass is the permission to send one call with a token. It must be ended exactly once.
type pass struct {
	trials *Trials
	key    tokenKey
	first  bool                          // the call goes first
	flies  bool                          // it is one of the flying calls
	finish func(accepted, rejected bool) // what else awaits the end of the trial; nil: nothing
}

// accepted is what an answer says about the token.
type accepted int

const (
	unknown accepted = iota // nothing
	yes
	doubted // refused, perhaps for another reason
	no
)

// unspecified is the code of a rejection without one.
const unspecified = "without an error code"

// enter waits until a call with the token may leave. The error is a *[RejectedError] or that of ctx.
func (t *Trials) enter(ctx context.Context, key tokenKey) (*pass, error) {
	for begin := time.Now(); ; {
		now := time.Now()
		p, changed, wait, err := t.try(key, now, now.Sub(begin))
		if p != nil || err != nil {
			return p, err
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-changed:
		case <-timer:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// try returns a pass, an error, or what to wait for: a change, and at most wait (zero: any time). waited is how long
// the caller has waited.
func (t *Trials) try(key tokenKey, now time.Time, waited time.Duration) (p *pass, changed <-chan struct{}, wait time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.standing(key, now)
	p = &pass{trials: t, key: key}
	switch age := now.Sub(s.accepted); {
	case s.rejected != "":
		return nil, nil, 0, &RejectedError{Code: s.rejected}
	case !s.accepted.IsZero() && age >= 0 && age < trusted:
		if t.limit > 0 && s.flying >= t.limit && waited < trialPatience {
			if s.landed == nil {
				s.landed = make(chan struct{})
			}
			return nil, s.landed, trialPatience - waited, nil
		}
		s.fly(p)
		return p, nil, 0, nil
	case s.trial && s.sent.IsZero():
		return nil, s.changed, 0, nil
	case s.trial && now.Sub(s.sent) < trialPatience:
		return nil, s.changed, trialPatience - now.Sub(s.sent), nil
	}
	s.trial, s.sent, p.first = true, time.Time{}, true
	s.fly(p)
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return p, nil, 0, nil
}

func (s *standing) fly(p *pass) {
	s.flying++
	p.flies = true
}

// land takes in that a call has ended.
func (s *standing) land(p *pass) {
	if !p.flies {
		return
	}
	p.flies = false
	s.flying = max(0, s.flying-1)
	if s.landed != nil {
		close(s.landed)
		s.landed = nil
	}
}

// standing returns what is known of a token. Beyond keptTokens the one that was not used for longest is forgotten.
func (t *Trials) standing(key tokenKey, now time.Time) *standing {
	s := t.tokens[key]
	if s == nil {
		if t.tokens == nil {
			t.tokens = make(map[tokenKey]*standing)
		}
		if len(t.tokens) >= keptTokens {
			t.forget()
		}
		s = new(standing)
		t.tokens[key] = s
	}
	s.used = now
	return s
}

func (t *Trials) forget() {
	var oldest tokenKey
	var since time.Time
	for k, s := range t.tokens {
		if !s.trial && s.flying == 0 && (since.IsZero() || s.used.Before(since)) {
			oldest, since = k, s.used
		}
	}
	delete(t.tokens, oldest)
}

// rejoin makes an ended pass one of a call that goes like the others.
func (p *pass) rejoin() {
	p.trials.mu.Lock()
	defer p.trials.mu.Unlock()
	*p = pass{trials: p.trials, key: p.key}
	p.trials.standing(p.key, time.Now()).fly(p)
}

// leaving says that the call leaves now.
func (p *pass) leaving() {
	if p == nil || !p.first {
		return
	}
	p.trials.mu.Lock()
	defer p.trials.mu.Unlock()
	p.trials.standing(p.key, time.Now()).sent = time.Now()
}

// end says what the answer says about the token, with the error code of a refusal. It reports whether the token should
// be replaced.
func (p *pass) end(how accepted, code string) (replace bool) {
	if p == nil {
		return false
	}
	if how == doubted && code != faultCode && p.trials.doubt(p.key) {
		how = no
	}
	if p.finish != nil { // before any call of this process sees the end and asks for another token
		p.finish(how == yes, how == no)
	}
	p.trials.mu.Lock()
	defer p.trials.mu.Unlock()
	now := time.Now()
	s := p.trials.standing(p.key, now)
	s.land(p)
	switch how {
	case yes:
		s.accepted, s.doubts = now, 0
	case doubted:
		s.accepted = time.Time{}
	case no:
		s.rejected = code
		if code == "" {
			s.rejected = unspecified
		}
	}
	if s.changed != nil && (p.first || how == yes || how == no) {
		s.trial = false
		close(s.changed)
		s.changed = nil
	}
	return how == no || how == doubted && code != ""
}

// doubt counts a refusal that may have other reasons, and reports whether nothing speaks for the token any more.
func (t *Trials) doubt(key tokenKey) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.standing(key, time.Now())
	s.doubts++
	return s.accepted.IsZero() || s.doubts > 1
}
