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

// TokenCache keeps one access token for many processes. [File] is that of one machine; package redisstore has one for
// several. What is kept is sealed: a cache holds bytes that only those can read who have the same client secret and
// credential.
type TokenCache interface {
	// Fetch returns what is kept if good says so of it and of the time it has left. Otherwise it calls ask, while nobody
	// else does, keeps what ask returns for as long as ask says, and returns that. Whoever waits for another's ask is
	// served with its result, if that is good. The context of ask ends when somebody else may ask.
	//
	// A failure of ask is returned as it is and keeps nothing. When a new token was obtained and cannot be kept, it is
	// returned together with the error.
	Fetch(ctx context.Context, good func(kept []byte, left time.Duration) bool,
		ask func(context.Context) (keep []byte, life time.Duration, err error)) (kept []byte, err error)
}

// TokenCacher is the optional ability of a ledger.Store to share access tokens between all processes on it. Package
// gradtest uses it for its own token source, unless Target.PrivateToken is set. Without it each process requests a token
// of its own; each request takes one of five slots a minute, and each new token may end the session of an older one.
type TokenCacher interface {
	// TokenCache returns the cache for the token of one user. user identifies the credentials without containing them.
	TokenCache(user string) TokenCache
}

// shared is a source's side of a cache.
type shared struct {
	cache TokenCache
	seal  cipher.AEAD
}

// kept is what lies sealed in the cache. There is no refresh token in it: the sources that share have a credential to
// ask with. Life is a length, since the clocks of those who share may differ by minutes.
type kept struct {
	AccessToken string        `json:"access_token"`
	TokenType   string        `json:"token_type"`
	Scope       string        `json:"scope,omitempty"`
	Life        time.Duration `json:"life"`
}

// newShared derives the key from what all who share hold: a token of another app or user cannot be opened, and counts
// as none.
func newShared(c TokenCache, clientSecret, credential string) *shared {
	key, err := hkdf.Key(sha256.New, []byte(clientSecret+"\x00"+credential), nil, "gradtest shared access token", 32)
	if err != nil {
		panic(err) // a length that SHA-256 cannot give, and 32 is none
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // a key of another length
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // a cipher of another block size
	}
	return &shared{cache: c, seal: seal}
}

// fetch returns the token in the cache unless it is nearly used up or the one that the platform has rejected;
// otherwise it asks with ask. found tells that another process has asked.
func (s *shared) fetch(ctx context.Context, rejected string, ask func(context.Context) (*oauth2.Token, error)) (tok *oauth2.Token, found bool, err error) {
	var asked *oauth2.Token
	var old *oauth2.Token
	_, err = s.cache.Fetch(ctx, func(data []byte, left time.Duration) bool {
		k, ok := s.open(data)
		if !ok || k.AccessToken == rejected || left <= marginOf(k.Life) {
			return false
		}
		old = k.token(left)
		return true
	}, func(ctx context.Context) ([]byte, time.Duration, error) {
		t, err := ask(ctx)
		if err != nil {
			return nil, 0, err
		}
		asked = t
		return s.close(t)
	})
	if asked != nil {
		return asked, false, err
	}
	if err == nil && old == nil {
		err = errors.New("rcauth: the cache returned a token that it was told is not good: mend Config.Share")
	}
	return old, true, err
}

// open reads what is kept; what cannot be read is no token, and the next one replaces it.
func (s *shared) open(data []byte) (k kept, ok bool) {
	plain, err := s.seal.Open(nil, nil, data, nil)
	if err != nil || json.Unmarshal(plain, &k) != nil {
		return k, false
	}
	return k, k.AccessToken != ""
}

func (s *shared) close(tok *oauth2.Token) ([]byte, time.Duration, error) {
	scope, _ := tok.Extra("scope").(string)
	life := time.Until(tok.Expiry)
	plain, err := json.Marshal(kept{tok.AccessToken, tok.TokenType, scope, life})
	if err != nil {
		return nil, 0, err
	}
	return s.seal.Seal(nil, nil, plain, nil), life, nil
}

func (k kept) token(left time.Duration) *oauth2.Token {
	tok := &oauth2.Token{AccessToken: k.AccessToken, TokenType: k.TokenType, Expiry: time.Now().Add(left)}
	return tok.WithExtra(map[string]any{"scope": k.Scope})
}
