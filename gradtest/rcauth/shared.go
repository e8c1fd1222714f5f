package rcauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// cabinet is a file in which all processes of a machine keep one access token. The platform allows an app five token
// requests a minute and a user about five sessions (facts of the developer guide), and `go test ./...` starts a
// process per package: each with a token of its own would soon revoke those of the others.
type cabinet struct {
	path string
	lock *filelock.Lock
}

func newCabinet(path string) *cabinet {
	return &cabinet{path: path, lock: filelock.New(path + ".lock")}
}

// kept is the file's content. There is no refresh token in it: the sources that share have a credential to ask with.
type kept struct {
	AccessToken string    `json:"access_token"`
	TokenType   string    `json:"token_type"`
	Scope       string    `json:"scope,omitempty"`
	Obtained    time.Time `json:"obtained"`
	Expiry      time.Time `json:"expiry"`
}

// fetch returns the token in the file unless it is used up or the one that the platform has rejected; otherwise it asks with ask,
// as the only one of all processes, and leaves the answer in the file. The lock is held meanwhile, since whoever
// waits for it would have to ask as well.
func (c *cabinet) fetch(ctx context.Context, rejected string, ask func(context.Context) (*oauth2.Token, error)) (tok *oauth2.Token, shared bool, err error) {
	if err := os.MkdirAll(filepath.Dir(c.path), 0o700); err != nil {
		return nil, false, c.fault(err)
	}
	if err := c.lock.Lock(ctx); err != nil {
		return nil, false, c.fault(err)
	}
	defer func() { err = errors.Join(err, c.lock.Unlock()) }()
	if tok := c.read(time.Now()); tok != nil && tok.AccessToken != rejected {
		return tok, true, nil
	}
	if tok, err = ask(ctx); err != nil {
		return nil, false, err
	}
	return tok, false, c.write(tok)
}

// read returns the file's token if it is good for longer than the margin. A file that cannot be read, or not as JSON, holds none:
// it is only a cache, and the next token replaces it.
func (c *cabinet) read(now time.Time) *oauth2.Token {
	data, err := os.ReadFile(c.path)
	var k kept
	if err != nil || json.Unmarshal(data, &k) != nil || k.AccessToken == "" || k.Obtained.After(now) {
		return nil
	}
	if now.After(k.Expiry.Add(-marginOf(k.Expiry.Sub(k.Obtained)))) {
		return nil
	}
	tok := &oauth2.Token{AccessToken: k.AccessToken, TokenType: k.TokenType, Expiry: k.Expiry}
	return tok.WithExtra(map[string]any{"scope": k.Scope})
}

// write replaces the file at once, so that no reader finds half of it.
func (c *cabinet) write(tok *oauth2.Token) error {
	scope, _ := tok.Extra("scope").(string)
	data, err := json.Marshal(kept{tok.AccessToken, tok.TokenType, scope, time.Now().UTC(), tok.Expiry.UTC()})
	if err != nil {
		return c.fault(err)
	}
	f, err := os.CreateTemp(filepath.Dir(c.path), filepath.Base(c.path)+".*") // of mode 0600
	if err != nil {
		return c.fault(err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), c.path)
	}
	if err != nil {
		return c.fault(errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

func (c *cabinet) fault(err error) error {
	return fmt.Errorf("rcauth: the token cannot be shared between processes: make %s writable: %w", filepath.Dir(c.path), err)
}
