package rcauth

import (
	"context"
	"net/url"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// JWT returns the source of the JWT bearer grant. jwt is the long-lived credential that a user creates in the developer
// console. Nothing is sent before the first Token. The source is safe for concurrent use and fails once ctx has ended.
// Errors are of type *[Error].
func JWT(ctx context.Context, c Config, jwt string) oauth2.TokenSource {
	return c.asserted(ctx, "JWT", url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"},
		"assertion":  {jwt},
	}, jwt)
}

// Password returns the source of the password grant, which the platform has removed and the emulator still supports.
// The username is an e-mail address or a phone number, with the extension after a "*". In all else it is like [JWT].
func Password(ctx context.Context, c Config, username, password string) oauth2.TokenSource {
	return c.asserted(ctx, "password", url.Values{
		"grant_type": {"password"},
		"username":   {username},
		"password":   {password},
	}, password)
}

// asserted returns the source of a grant that uses the same credential for every token.
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
		s.shared = newSharedToken(c.Share, c.ClientSecret, secret)
	}
	return s
}

// Refresh returns the source of the refresh grant. A refresh token can be used once, and each answer contains the next
// one. If it was used elsewhere or has expired, the source fails for good and the user has to sign in again. A refresh
// ends the old access token at once, for every program that uses it.
func Refresh(ctx context.Context, c Config, refreshToken string) oauth2.TokenSource {
	return c.refreshed(ctx, nil, refreshToken)
}

// refreshed returns a source that starts with first (nil: none) and then refreshes.
func (c Config) refreshed(ctx context.Context, first *oauth2.Token, refreshToken string) oauth2.TokenSource {
	oc := c.oauth2("")
	current := refreshToken
	return newSource(ctx, first, func(ctx context.Context) (*oauth2.Token, error) {
		if current == "" {
			return nil, &Error{Grant: "refresh", Fix: "the access token has expired, and there is no refresh token: " +
				"sign in again, and enable \"Issue refresh tokens\" for the app in the developer console"}
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

// Scopes returns the app scopes that token grants, which are those of the app's registration. Nil if the answer with
// the token did not list them.
func Scopes(token *oauth2.Token) []rcapi.Scope {
	if token == nil {
		return nil
	}
	text, _ := token.Extra("scope").(string)
	return rcapi.ParseScopes(text)
}
