package target

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// newToken returns the token source of the declaration, or a JWT grant from the credentials.
func (t *Target) newToken(cfg Config) *issuedTokens {
	source := cfg.Token
	if source == nil {
		c := t.Credentials
		// The source outlives any one call, so it has no call's context.
		source = rcauth.JWT(context.Background(), rcauth.Config{
			URL: t.URL, ClientID: c.ClientID, ClientSecret: c.ClientSecret, Client: &http.Client{Transport: t.wire},
			Share: t.tokenCache(cfg),
		}, c.JWT)
	}
	return &issuedTokens{source: source}
}

// tokenCache returns where the processes on this evidence share the token of this app and user; nil: nowhere.
func (t *Target) tokenCache(cfg Config) rcauth.TokenCache {
	if t.share == nil || cfg.PrivateToken {
		return nil
	}
	user := sha256.Sum256([]byte(t.Credentials.ClientSecret + "\x00" + t.Credentials.JWT))
	return t.share(hex.EncodeToString(user[:4]))
}

// issuedTokens is a token source that remembers the latest tokens it returned. A server may echo a token in a message;
// [Target.Redact] removes it from error texts.
type issuedTokens struct {
	source oauth2.TokenSource

	mu   sync.Mutex
	list []string
}

// keptTokens bounds what is remembered: one sweep uses few tokens.
const keptTokens = 8

func (i *issuedTokens) Token() (*oauth2.Token, error) {
	tok, err := i.source.Token()
	if err != nil || tok == nil {
		return tok, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !slices.Contains(i.list, tok.AccessToken) {
		i.list = append(i.list, tok.AccessToken)
		i.list = i.list[max(0, len(i.list)-keptTokens):]
	}
	return tok, nil
}

// Reject reports a token that the server refused to a source that can replace it.
func (i *issuedTokens) Reject(tok *oauth2.Token) bool {
	s, ok := i.source.(interface{ Reject(*oauth2.Token) bool })
	return ok && s.Reject(tok)
}

func (i *issuedTokens) issued() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.list)
}
