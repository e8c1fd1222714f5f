package rctest

import (
	"slices"
	"sync"
	"time"
)

const (
	sessionLimit  = 5                // per user and app; the oldest gives way
	rotationGrace = 10 * time.Second // how long a used refresh token still yields the pair that replaced it
	corruptedFor  = 10 * time.Second // how long a superseded access token is called corrupted, not unknown
	gravesKept    = 1000             // dead tokens remembered, so that their use is answered rightly
)

// sessions are the logins of one app. It is safe for concurrent use.
type sessions struct {
	mu     sync.RWMutex
	tokens map[string]*token
	open   map[*user][]*session // oldest first
	graves []string             // tokens of ended sessions, oldest first
}

// session is one login and the refreshes that follow from it.
type session struct {
	id         string
	endpointID string
	user       *user
	scopes     grant
	current    pair
	all        []string // every token it has had, for the graves
	ended      bool
	revoked    bool // ended by a revoke
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
	dead    time.Time // when another pair replaced it; zero: it has not been
	next    pair      // of a used refresh token: what it was exchanged for
}

func newSessions() *sessions {
	return &sessions{tokens: make(map[string]*token), open: make(map[*user][]*session)}
}

// begin opens a session. Beyond the limit the user's oldest one is dropped.
func (s *sessions) begin(u *user, scopes grant, endpointID string, life ttl, now time.Time) pair {
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
		s.end(s.open[u][0])
	}
	n := &session{id: randomID(), endpointID: endpointID, user: u, scopes: scopes}
	s.open[u] = append(s.open[u], n)
	return s.issue(n, life, now)
}

// refresh exchanges a refresh token. ok is false when it is not good any more; fault tells why.
func (s *sessions) refresh(value string, life ttl, now time.Time) (p pair, fault *oauthFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[value]
	switch {
	case t == nil || !t.refresh:
		return p, faultTokenNotFound
	case t.session.revoked:
		return p, faultTokenRevoked
	case t.session.ended || !now.Before(t.expires):
		return p, faultTokenNotFound
	case t.dead.IsZero():
	case now.Sub(t.dead) < rotationGrace && t.next == t.session.current:
		return t.next, nil
	default:
		return p, faultTokenNotFound
	}
	old := t.session.current
	p = s.issue(t.session, life, now)
	old.access.dead, t.dead, t.next = now, now, p
	return p, nil
}

// revoke ends the session of an access or refresh token. It is false for a token that was never issued.
func (s *sessions) revoke(value string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[value]
	if t == nil {
		return false
	}
	if !t.session.ended {
		s.end(t.session)
		t.session.revoked = true
	}
	return true
}

// find returns the session of a good access token, or what is wrong with it.
func (s *sessions) find(value string, now time.Time) (*session, *problem) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.tokens[value]
	switch {
	case t == nil || t.refresh:
		return nil, problemTokenInvalid
	case t.session.ended:
		return nil, problemTokenNotFound
	case !t.dead.IsZero() && now.Sub(t.dead) < corruptedFor:
		return nil, problemTokenCorrupted
	case !t.dead.IsZero():
		return nil, problemTokenNotFound
	case !now.Before(t.expires):
		return nil, problemTokenExpired
	}
	return t.session, nil
}

// issue makes a new pair the session's current one.
func (s *sessions) issue(n *session, life ttl, now time.Time) pair {
	mint := func(refresh bool, life time.Duration) *token {
		t := &token{value: "SJC01P07PAS00" + randomText(60), session: n, refresh: refresh, expires: now.Add(life)}
		s.tokens[t.value] = t
		n.all = append(n.all, t.value)
		return t
	}
	n.current = pair{access: mint(false, life.access)}
	if life.refresh > 0 {
		n.current.refresh = mint(true, life.refresh)
	}
	s.forget(n)
	return n.current
}

// end closes a session. Its tokens are remembered for a while: their use is another fault than that of a made-up one.
func (s *sessions) end(n *session) {
	n.ended = true
	s.open[n.user] = slices.DeleteFunc(s.open[n.user], func(o *session) bool { return o == n })
	s.bury(n.all...)
	n.all = nil
}

// forget keeps a session that is refreshed for ever from growing for ever.
func (s *sessions) forget(n *session) {
	const kept = 16
	if len(n.all) > kept {
		s.bury(n.all[:len(n.all)-kept]...)
		n.all = slices.Clone(n.all[len(n.all)-kept:])
	}
}

func (s *sessions) bury(tokens ...string) {
	s.graves = append(s.graves, tokens...)
	if over := len(s.graves) - gravesKept; over > 0 {
		for _, value := range s.graves[:over] {
			delete(s.tokens, value)
		}
		s.graves = slices.Clone(s.graves[over:])
	}
}

func (n *session) expired(now time.Time) bool {
	p := n.current
	return !now.Before(p.access.expires) && (p.refresh == nil || !now.Before(p.refresh.expires))
}
