package rctest

import (
	"crypto/sha256"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	sessionLimit    = 5                // per user and app
	rotationGrace   = 10 * time.Second // how long a used refresh token works on once the pair that replaced it is in use
	rotationLimit   = 60 * time.Minute // how long it works while that pair is not used
	corruptedPeriod = 10 * time.Second // how long a superseded access token is called corrupted, not unknown
	retiredKept     = 1000             // dead tokens remembered, so that their use is answered rightly
)

// sessions are the logins of one app. It is safe for concurrent use.
type sessions struct {
	rules   sessionRules
	mu      sync.RWMutex
	tokens  map[digest]*token
	open    map[*user][]*session // oldest first
	retired []digest             // tokens of ended sessions, oldest first
}

// sessionRules are what the config says of sessions.
type sessionRules struct {
	refuse bool          // one too many is refused; else the oldest gives way
	idle   time.Duration // ends a session that is not used; zero: none
	life   time.Duration // ends every session; zero: none
}

// digest is under what secrets are looked up: how long a look-up takes tells nothing about the ones that are kept.
type digest [sha256.Size]byte

func digestOf(secret string) digest {
	var room [128]byte // what is issued fits: no call costs an allocation for it
	return sha256.Sum256(append(room[:0], secret...))
}

// session is one login and the refreshes that follow from it.
type session struct {
	id         string
	endpointID string
	user       *user
	scopes     grant
	current    pair
	all        []digest // every token it has had, for the graves
	ended      bool
	revoked    bool // ended by a revoke

	idle  time.Duration
	until time.Time    // absolute end; zero: none
	seen  atomic.Int64 // when it was used last, in Unix nanoseconds; kept if idle is set
}

// pair is what a token request yields.
type pair struct {
	access  *token
	refresh *token // nil: none
}

// token is an access or a refresh token.
type token struct {
	value   string
	session *session
	refresh bool
	expires time.Time
	used    atomic.Int64 // of an access token: when a call first had it, in Unix nanoseconds; zero: none has
	dead    time.Time    // when another pair replaced it; zero: it has not been
	next    pair         // of a used refresh token: what it was exchanged for
}

func newSessions(rules sessionRules) *sessions {
	return &sessions{rules: rules, tokens: make(map[digest]*token), open: make(map[*user][]*session)}
}

// begin opens a session. Beyond the limit the user's oldest one is dropped, or ok is false.
func (s *sessions) begin(u *user, scopes grant, endpointID string, life ttl, now time.Time) (p pair, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if endpointID == "" {
		endpointID = randomText(16)
	}
	for _, old := range slices.Clone(s.open[u]) {
		if old.expired(now) {
			s.end(old)
		}
	}
	for len(s.open[u]) >= sessionLimit {
		if s.rules.refuse {
			return p, false
		}
		s.end(s.open[u][0])
	}
	n := &session{id: randomID(), endpointID: endpointID, user: u, scopes: scopes, idle: s.rules.idle}
	if s.rules.life > 0 {
		n.until = now.Add(s.rules.life)
	}
	s.open[u] = append(s.open[u], n)
	return s.issue(n, life, now), true
}

// refresh exchanges a refresh token, or says what is wrong with it.
func (s *sessions) refresh(value string, life ttl, now time.Time) (p pair, denial *oauthError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[digestOf(value)]
	switch {
	case t == nil || !t.refresh:
		return p, oauthTokenNotFound
	case t.session.revoked:
		return p, oauthTokenRevoked
	case t.session.over(now) || !now.Before(t.expires):
		return p, oauthTokenNotFound
	case t.dead.IsZero():
	case t.stillRepeats(now):
		t.session.touch(now)
		return t.next, nil
	default:
		return p, oauthTokenNotFound
	}
	old := t.session.current
	p = s.issue(t.session, life, now)
	old.access.dead, t.dead, t.next = now, now, p
	return p, nil
}

// stillRepeats reports whether a used refresh token still yields the pair that it was exchanged for.
func (t *token) stillRepeats(now time.Time) bool {
	if t.next != t.session.current || now.Sub(t.dead) >= rotationLimit {
		return false
	}
	used := t.next.access.used.Load()
	return used == 0 || now.Sub(time.Unix(0, used)) < rotationGrace
}

// revoke ends the session of an access or refresh token. It is false for a token that was never issued.
func (s *sessions) revoke(value string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[digestOf(value)]
	if t == nil {
		return false
	}
	s.drop(t.session)
	return true
}

// cancel ends a session as a revoke does.
func (s *sessions) cancel(n *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(n)
}

// logOut ends all sessions of a user and returns how many there were.
func (s *sessions) logOut(u *user) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.open[u])
	for _, n := range all {
		s.drop(n)
	}
	return len(all)
}

// issued reports whether a text is a token.
func (s *sessions) issued(value string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tokens[digestOf(value)] != nil
}

// find returns the session of a good access token, or what is wrong with it.
func (s *sessions) find(value string, now time.Time) (*session, *problem) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.tokens[digestOf(value)]
	switch {
	case t == nil || t.refresh:
		return nil, problemTokenInvalid
	case t.session.over(now):
		return nil, problemTokenNotFound
	case !t.dead.IsZero() && now.Sub(t.dead) < corruptedPeriod:
		return nil, problemTokenCorrupted
	case !t.dead.IsZero():
		return nil, problemTokenNotFound
	case !now.Before(t.expires):
		return nil, problemTokenExpired
	}
	if t.used.Load() == 0 {
		t.used.CompareAndSwap(0, now.UnixNano())
	}
	t.session.touch(now)
	return t.session, nil
}

// issue makes a new pair the session's current one.
func (s *sessions) issue(n *session, life ttl, now time.Time) pair {
	n.touch(now)
	mint := func(refresh bool, life time.Duration) *token {
		t := &token{value: "SJC01P07PAS00" + randomText(60), session: n, refresh: refresh, expires: now.Add(life)}
		if !n.until.IsZero() && t.expires.After(n.until) {
			t.expires = n.until
		}
		key := digestOf(t.value)
		s.tokens[key] = t
		n.all = append(n.all, key)
		return t
	}
	n.current = pair{access: mint(false, life.access)}
	if life.refresh > 0 {
		n.current.refresh = mint(true, life.refresh)
	}
	s.forget(n)
	return n.current
}

// drop ends a session that nobody wants any more.
func (s *sessions) drop(n *session) {
	if !n.ended {
		s.end(n)
		n.revoked = true
	}
}

// end closes a session. Its tokens are remembered for a while: their use is another fault than that of a made-up one.
func (s *sessions) end(n *session) {
	n.ended = true
	s.open[n.user] = slices.DeleteFunc(s.open[n.user], func(o *session) bool { return o == n })
	s.retire(n.all...)
	n.all = nil
}

// forget keeps a session that is refreshed for ever from growing for ever.
func (s *sessions) forget(n *session) {
	const kept = 16
	if len(n.all) > kept {
		s.retire(n.all[:len(n.all)-kept]...)
		n.all = slices.Clone(n.all[len(n.all)-kept:])
	}
}

func (s *sessions) retire(tokens ...digest) {
	s.retired = append(s.retired, tokens...)
	if over := len(s.retired) - retiredKept; over > 0 {
		for _, key := range s.retired[:over] {
			delete(s.tokens, key)
		}
		s.retired = slices.Clone(s.retired[over:])
	}
}

// over reports whether the session has ended, by somebody's act or by itself.
func (n *session) over(now time.Time) bool {
	return n.ended || !n.until.IsZero() && !now.Before(n.until) ||
		n.idle > 0 && now.Sub(time.Unix(0, n.seen.Load())) >= n.idle
}

// expired reports whether nothing can be done with the session any more.
func (n *session) expired(now time.Time) bool {
	p := n.current
	return n.over(now) || !now.Before(p.access.expires) && (p.refresh == nil || !now.Before(p.refresh.expires))
}

func (n *session) touch(now time.Time) {
	if n.idle > 0 {
		n.seen.Store(now.UnixNano())
	}
}
