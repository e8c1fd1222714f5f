package rcauth

import (
	"context"
	"net/url"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// JWT is the source of the JWT bearer grant: jwt is the long-lived credential that a user makes in the developer
// console. Nothing is sent before the first Token. The source is safe for concurrent use; when ctx ends it fails.
func JWT(ctx context.Context, c Config, jwt string) oauth2.TokenSource {
	return c.asserted(ctx, "JWT", url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"},
		"assertion":  {jwt},
	}, jwt)
}

// Password is the source of the password grant, which the platform has removed and the emulator can still be asked
// for. A username is an e-mail address or a number, with its extension after a "*".
func Password(ctx context.Context, c Config, username, password string) oauth2.TokenSource {
	return c.asserted(ctx, "password", url.Values{
		"grant_type": {"password"},
		"username":   {username},
		"password":   {password},
	}, password)
}

// asserted is a grant whose credential is used anew for each token.
func (c Config) asserted(ctx context.Context, grant string, form url.Values, secret string) oauth2.TokenSource {
	cc := clientcredentials.Config{
		ClientID: c.ClientID, ClientSecret: c.ClientSecret, TokenURL: c.address(tokenPath),
		EndpointParams: form, AuthStyle: c.style(),
	}
	s := newSource(ctx, nil, func(ctx context.Context) (*oauth2.Token, error) {
		ctx, got := c.exchange(ctx)
		token, err := cc.Token(ctx)
		if err != nil {
			return nil, c.failed(ctx, grant, got, err, secret)
		}
		return token, nil
	})
	if c.Share != nil {
		s.shared = newShared(c.Share, c.ClientSecret, secret)
	}
	return s
}

// Refresh is the source of the refresh grant. Each refresh token is good for one use and is replaced by the one that
// comes with the answer; the platform keeps the session as long as that goes on. When it was used elsewhere or has
// expired, the user has to sign in again, and the source goes on failing. A refresh ends
// the old access token at once, also for whoever else holds it.
func Refresh(ctx context.Context, c Config, refreshToken string) oauth2.TokenSource {
	return c.refreshed(ctx, nil, refreshToken)
}

// refreshed starts with first (nil: none) and goes on by refreshing.
func (c Config) refreshed(ctx context.Context, first *oauth2.Token, refreshToken string) oauth2.TokenSource {
	oc := c.oauth2("")
	current := refreshToken
	return newSource(ctx, first, func(ctx context.Context) (*oauth2.Token, error) {
		if current == "" {
			return nil, &Error{Grant: "refresh", Fix: "the access token has expired and no refresh token came with it: sign in again, and switch on " +
				"\"Issue refresh tokens\" for the app in the developer console"}
		}
		ctx, got := c.exchange(ctx)
		token, err := oc.TokenSource(ctx, &oauth2.Token{RefreshToken: current}).Token()
		if err != nil {
			return nil, c.failed(ctx, "refresh", got, err, current)
		}
		current = token.RefreshToken
		return token, nil
	})
}

func (c Config) oauth2(redirectURL string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURL: redirectURL,
		Endpoint: oauth2.Endpoint{AuthURL: c.address(authorizePath), TokenURL: c.address(tokenPath), AuthStyle: c.style()},
	}
}

// Scopes reads the app scopes that came with a token: what the app's registration grants. Nil when the answer did not say.
func Scopes(token *oauth2.Token) []rcapi.Scope {
	if token == nil {
		return nil
	}
	text, _ := token.Extra("scope").(string)
	return rcapi.ParseScopes(text)
}
