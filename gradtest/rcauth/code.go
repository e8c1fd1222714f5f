package rcauth

import (
	"context"

	"golang.org/x/oauth2"
)

// Code is the authorization code grant with PKCE: send the user to AuthCodeURL, receive the code at RedirectURL, Exchange
// it. Make a new verifier for each sign-in with [oauth2.GenerateVerifier] and keep it until the exchange.
type Code struct {
	Config      Config
	RedirectURL string // as registered for the app, to the letter
}

// AuthCodeURL is where the user signs in. state comes back with the code; compare it. The verifier itself is not in the
// URL.
func (g Code) AuthCodeURL(state, verifier string) string {
	return g.Config.oauth2(g.RedirectURL).AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
}

// Exchange trades the code, which lasts a minute, for a token and returns a source that starts with it and refreshes
// it. Errors are *[Error]s.
func (g Code) Exchange(ctx context.Context, code, verifier string) (oauth2.TokenSource, error) {
	request, got := g.Config.exchange(ctx)
	token, err := g.Config.oauth2(g.RedirectURL).Exchange(request, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, g.Config.failed(ctx, "authorization code", got, err, code, verifier)
	}
	return g.Config.refreshed(ctx, token, token.RefreshToken), nil
}
