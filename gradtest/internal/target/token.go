package target

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// newToken returns the token source of the declaration, or a JWT grant from the credentials.
func (t *Target) newToken(cfg Config) *issuedTokens {
	source := cfg.Token
	if source == nil {
		c := t.Credentials
		// The source outlives any one call, so it has no call's context.
		source = rcauth.JWT(t.life, rcauth.Config{
			URL: t.URL, ClientID: c.ClientID, ClientSecret: c.ClientSecret, Client: &http.Client{Transport: t.wire},
			Share: t.tokenCache(cfg),
		}, c.JWT)
	}
	return &issuedTokens{source: source, waiting: cfg.TokenWaits}
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
	source  oauth2.TokenSource
	waiting func(err error, until time.Time) // called before a request is repeated; nil: not called

	mu   sync.Mutex
	list []string
}

// keptTokens bounds what is remembered: one sweep uses few tokens.
const keptTokens = 8

func (i *issuedTokens) Token() (*oauth2.Token, error) { return i.TokenContext(context.Background()) }

// TokenContext returns the token. It repeats a request that was answered 429 or 5xx, or not at all, like any call. When
// ctx ends first, a request under way goes on by itself.
func (i *issuedTokens) TokenContext(ctx context.Context) (*oauth2.Token, error) {
	for try := 1; ; try++ {
		tok, err := i.ask(ctx)
		if err == nil {
			if err := i.keep(tok); err != nil {
				return nil, err
			}
			return tok, nil
		}
		rule, pause, again := repeatable(err)
		if !again || try >= rule.Tries || ctx.Err() != nil {
			return nil, err
		}
		pause = max(pause, rule.Wait(try))
		if i.waiting != nil {
			i.waiting(err, time.Now().Add(pause))
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// ask asks the source once. A source takes no context.
func (i *issuedTokens) ask(ctx context.Context) (tok *oauth2.Token, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if tok, err = i.source.Token(); err == nil && tok == nil {
			err = errors.New("the source returned no token")
		}
	}()
	select {
	case <-done:
		return tok, err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// repeatable returns the rule by which a failed token request is repeated, and how long the server or the source makes
// it wait.
func repeatable(err error) (rule retry.Rule, pause time.Duration, ok bool) {
	if e, is := errors.AsType[*rcauth.Error](err); is && e.Status != 0 {
		rule, ok = retry.Call(e.Status)
		return rule, e.Pause(), ok
	}
	if e, is := errors.AsType[*oauth2.RetrieveError](err); is && e.Response != nil {
		seconds, _ := strconv.ParseUint(e.Response.Header.Get("Retry-After"), 10, 16)
		rule, ok = retry.Call(e.Response.StatusCode)
		return rule, time.Duration(seconds) * time.Second, ok
	}
	_, silent := errors.AsType[*wire.NoAnswerError](err)
	return retry.Token, 0, silent
}

// keep remembers a token. One that has expired is refused: a call with it must fail.
func (i *issuedTokens) keep(tok *oauth2.Token) error {
	if !tok.Expiry.IsZero() && tok.Expiry.Before(time.Now()) {
		return fmt.Errorf("gradtest: the access token of App.Target.Token expired at %s: use a source that renews it, such as "+
			"those of package rcauth", tok.Expiry.UTC().Format(time.RFC3339))
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !slices.Contains(i.list, tok.AccessToken) {
		i.list = append(i.list, tok.AccessToken)
		i.list = i.list[max(0, len(i.list)-keptTokens):]
	}
	return nil
}

// Reject reports a token that the server refused to a source that can replace it.
func (i *issuedTokens) Reject(tok *oauth2.Token) bool {
	s, ok := i.source.(interface{ Reject(*oauth2.Token) bool })
	return ok && s.Reject(tok)
}

// Doubt makes a source request a new token rather than try one from the cache; see package rcauth.
func (i *issuedTokens) Doubt(tok *oauth2.Token) {
	if s, ok := i.source.(interface{ Doubt(*oauth2.Token) }); ok {
		s.Doubt(tok)
	}
}

// Prove lets a source that shares its token settle which process tries it; see package rcauth.
func (i *issuedTokens) Prove(ctx context.Context, tok *oauth2.Token) (finish func(accepted, rejected bool), replaced bool) {
	if s, ok := i.source.(interface {
		Prove(context.Context, *oauth2.Token) (func(accepted, rejected bool), bool)
	}); ok {
		return s.Prove(ctx, tok)
	}
	return func(bool, bool) {}, false
}

func (i *issuedTokens) issued() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.list)
}
