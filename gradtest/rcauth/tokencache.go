package rcauth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"golang.org/x/oauth2"
)

// TokenCache keeps one access token for many processes. [File] returns one for a single machine; redisstore has one for
// several. It only sees the sealed token, which can be opened with the same client secret and credential.
type TokenCache interface {
	// Fetch returns the cached token if usable accepts it and its remaining life. Otherwise it calls request, caches the
	// result for the life that request returns, and returns it. Only one process calls request at a time; the others wait
	// and get its result if usable accepts that. The context of request ends when another process may call its own. A
	// source also uses this exclusive right to let one process try a token whose acceptance is not known; request then
	// returns the same token, sealed again.
	//
	// An error of request is returned unchanged, and nothing is cached. If a new token was obtained but cannot be cached,
	// it is returned together with the error.
	Fetch(ctx context.Context, usable func(sealed []byte, left time.Duration) bool,
		request func(context.Context) (sealed []byte, life time.Duration, err error)) (sealed []byte, err error)
}

// TokenCacher is the optional ability of a ledger.Store to share access tokens between all processes on it. Package
// gradtest uses it for its own token source, unless Target.PrivateToken is set. Without it each process requests a
// token of its own; each request takes one of five slots a minute, and each new token may end the session of an older
// one.
type TokenCacher interface {
	// TokenCache returns the cache for the token of one user. user identifies the credentials without containing them.
	TokenCache(user string) TokenCache
}

// sharedToken seals the tokens of a source and keeps them in a cache.
type sharedToken struct {
	cache TokenCache
	seal  cipher.AEAD
}

// cachedToken is the plain text of a sealed token. It has no refresh token, because a source that shares can always
// request with its credential. Life is a duration, because the clocks of the processes may differ by minutes.
type cachedToken struct {
	AccessToken string        `json:"access_token"`
	TokenType   string        `json:"token_type"`
	Scope       string        `json:"scope,omitempty"`
	Life        time.Duration `json:"life"`

	// Accepted is the remaining life at which the platform accepted the token last; zero: not yet.
	Accepted time.Duration `json:"accepted,omitempty"`
}

// newSharedToken derives the key from what all sharing processes have. A token of another app or user cannot be opened
// and is treated as missing.
func newSharedToken(c TokenCache, clientSecret, credential string) *sharedToken {
	key, err := hkdf.Key(sha256.New, []byte(clientSecret+"\x00"+credential), nil, "gradtest shared access token", 32)
	if err != nil {
		panic(err) // impossible: SHA-256 can derive 32 bytes
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // impossible: the key has 32 bytes
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // impossible: AES has blocks of 16 bytes
	}
	return &sharedToken{cache: c, seal: seal}
}

// fetch returns the cached token, unless it is about to expire or is the one that the platform has rejected. Otherwise
// it calls request. found reports whether another process had obtained the token.
func (s *sharedToken) fetch(ctx context.Context, rejected string,
	request func(context.Context) (*oauth2.Token, error)) (tok *oauth2.Token, found bool, err error) {
	var requested, cached *oauth2.Token
	_, err = s.cache.Fetch(ctx, func(sealed []byte, left time.Duration) bool {
		c, ok := s.open(sealed)
		if !ok || c.AccessToken == rejected || left <= marginOf(c.Life) {
			return false
		}
		cached = c.token(left)
		return true
	}, func(ctx context.Context) ([]byte, time.Duration, error) {
		t, err := request(ctx)
		if err != nil {
			return nil, 0, err
		}
		requested = t
		return s.closeNew(t)
	})
	if requested != nil {
		return requested, false, err
	}
	if err == nil && cached == nil {
		err = errors.New("rcauth: the token cache returned a token that is not usable: fix Config.Share")
	}
	return cached, true, err
}

// open decrypts a cached token. One that cannot be opened is treated as missing, and the next one replaces it.
func (s *sharedToken) open(sealed []byte) (c cachedToken, ok bool) {
	plain, err := s.seal.Open(nil, nil, sealed, nil)
	if err != nil || json.Unmarshal(plain, &c) != nil {
		return c, false
	}
	return c, c.AccessToken != ""
}

// close seals a token with its life when it was new and, if the platform has just accepted it, its remaining life.
func (s *sharedToken) close(tok *oauth2.Token, life, accepted time.Duration) ([]byte, error) {
	scope, _ := tok.Extra("scope").(string)
	plain, err := json.Marshal(cachedToken{tok.AccessToken, tok.TokenType, scope, life, accepted})
	if err != nil {
		return nil, err
	}
	return s.seal.Seal(nil, nil, plain, nil), nil
}

// closeNew seals a new token and returns its life.
func (s *sharedToken) closeNew(tok *oauth2.Token) (sealed []byte, life time.Duration, err error) {
	life = time.Until(tok.Expiry)
	sealed, err = s.close(tok, life, 0)
	return sealed, life, err
}

func (c cachedToken) token(left time.Duration) *oauth2.Token {
	tok := &oauth2.Token{AccessToken: c.AccessToken, TokenType: c.TokenType, Expiry: time.Now().Add(left)}
	return tok.WithExtra(map[string]any{"scope": c.Scope})
}
