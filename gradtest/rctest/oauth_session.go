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
	rotationGrace   = 10 * time.Second // how long a used refresh token works after the first use of its new pair
	rotationLimit   = 60 * time.Minute // how long it works if the new pair is not used
	corruptedPeriod = 10 * time.Second // how long a replaced access token is reported as corrupted; then as not found
	retiredKept     = 1000             // tokens of ended sessions to remember, for the right error when they are used
)

// sessions holds the logins of one app. It is safe for concurrent use.
type sessions struct {
	rules   sessionRules
	mu      sync.RWMutex
	tokens  map[digest]*token
	open    map[*user][]*session // oldest first
	retired []digest             // tokens of ended sessions, oldest first
}

// sessionRules are the settings of sessions.
type sessionRules struct {
	refuse bool          // a login beyond the limit is refused; false: it ends the oldest session
	idle   time.Duration // ends an unused session; zero: none
	life   time.Duration // ends every session; zero: none
}

// digest is the key under which secrets are stored, so that the time of a lookup reveals nothing about them.
type digest [sha256.Size]byte

func digestOf(secret string) digest {
	var room [128]byte // issued tokens fit, so that a lookup does not allocate
	return sha256.Sum256(append(room[:0], secret...))
}

// session is a login with its refreshes.
type session struct {
	id         string
	endpointID string
	user       *user
	scopes     grant
	current    pair
	all        []digest // every token that it has had
	ended      bool
	revoked    bool // ended by a revocation or logout

	idle  time.Duration
	until time.Time    // absolute end; zero: none
	seen  atomic.Int64 // last use in Unix nanoseconds; only if idle is set
}

// pair is the tokens of one token response.
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
	used    atomic.Int64 // of an access token: its first use in a call, in Unix nanoseconds; zero: none
	dead    time.Time    // when it was replaced by a new pair; zero: not replaced
	next    pair         // of a used refresh token: the pair that it was exchanged for
}

func newSessions(rules sessionRules) *sessions {
	return &sessions{rules: rules, tokens: make(map[digest]*token), open: make(map[*user][]*session)}
}

// begin opens a session. Beyond the limit it ends the user's oldest session, or returns ok false if logins are refused.
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

// refresh exchanges a refresh token for a pair.
func (s *sessions) refresh(value string, life ttl, now time.Time) (p pair, denial *oauthError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[digestOf(value)]
	switch {
	case t == nil || !t.refresh:
		return p, oauthTokenNotFound
	case t.session.revoked:
		return p, oauthTokenRevoked
	case t.dead.IsZero() && !now.Before(t.expires):
		return p, oauthTokenExpired
	case t.session.over(now) || !now.Before(t.expires):
		return p, oauthTokenNotFound
	case t.dead.IsZero():
	case t.repeats(now):
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

// repeats reports whether a used refresh token still returns the pair that it was exchanged for.
func (t *token) repeats(now time.Time) bool {
	if t.next != t.session.current || now.Sub(t.dead) >= rotationLimit {
		return false
	}
	used := t.next.access.used.Load()
	return used == 0 || now.Sub(time.Unix(0, used)) < rotationGrace
}

// revoke ends the session of an access or refresh token. It returns false for an unknown token.
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

// cancel ends a session like a revocation.
func (s *sessions) cancel(n *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(n)
}

// logOut ends all sessions of a user and returns their number.
func (s *sessions) logOut(u *user) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.open[u])
	for _, n := range all {
		s.drop(n)
	}
	return len(all)
}

// issued reports whether a text is a known token.
func (s *sessions) issued(value string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tokens[digestOf(value)] != nil
}

// find returns the session of a valid access token, or the problem with the token.
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

// issue creates the session's next pair.
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

// drop ends a session as revoked.
func (s *sessions) drop(n *session) {
	if !n.ended {
		s.end(n)
		n.revoked = true
	}
}

// end closes a session. Its tokens are remembered for a while, since their error differs from that of an unknown token.
func (s *sessions) end(n *session) {
	n.ended = true
	s.open[n.user] = slices.DeleteFunc(s.open[n.user], func(o *session) bool { return o == n })
	s.retire(n.all...)
	n.all = nil
}

// forget bounds the number of tokens of a session that is refreshed again and again.
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

// over reports whether the session has ended, explicitly or by a timeout.
func (n *session) over(now time.Time) bool {
	return n.ended || !n.until.IsZero() && !now.Before(n.until) ||
		n.idle > 0 && now.Sub(time.Unix(0, n.seen.Load())) >= n.idle
}

// expired reports whether the session has no usable token left.
func (n *session) expired(now time.Time) bool {
	p := n.current
	return n.over(now) || !now.Before(p.access.expires) && (p.refresh == nil || !now.Before(p.refresh.expires))
}

func (n *session) touch(now time.Time) {
	if n.idle > 0 {
		n.seen.Store(now.UnixNano())
	}
}
