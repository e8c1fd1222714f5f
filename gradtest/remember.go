package gradtest

import (
	"slices"
	"sync"

	"golang.org/x/oauth2"
)

// remembering is a token source that knows what it gave out, so that a server which echoes a token cannot bring it into
// an error's text. Many tokens make no sense in one sweep, so it remembers but a few.
type remembering struct {
	source oauth2.TokenSource

	mu     sync.Mutex
	issued []string
}

const remembered = 8

func (r *remembering) Token() (*oauth2.Token, error) {
	tok, err := r.source.Token()
	if err != nil || tok == nil {
		return tok, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.issued, tok.AccessToken) {
		r.issued = append(r.issued, tok.AccessToken)
		r.issued = r.issued[max(0, len(r.issued)-remembered):]
	}
	return tok, nil
}

// Reject hands on what the transport says of a token, to a source that can do something about it.
func (r *remembering) Reject(tok *oauth2.Token) bool {
	s, ok := r.source.(interface{ Reject(*oauth2.Token) bool })
	return ok && s.Reject(tok)
}

func (r *remembering) tokens() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.issued)
}
