package rcauth

import (
	"context"

	"golang.org/x/oauth2"
)

// Code is the authorization code grant with PKCE: send the user to AuthCodeURL, receive the code at RedirectURL, then
// call Exchange. Generate a verifier for each sign-in with [oauth2.GenerateVerifier] and keep it until the exchange.
type Code struct {
	Config      Config
	RedirectURL string // exactly as registered for the app
}

// AuthCodeURL returns the URL at which the user signs in. state comes back with the code: compare it. The URL contains
// a hash of the verifier, not the verifier.
func (g Code) AuthCodeURL(state, verifier string) string {
	return g.Config.oauth2(g.RedirectURL).AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
}

// Exchange trades the code, which is valid for a minute, for a token. The returned source starts with that token and
// refreshes it. Errors are of type *[Error].
func (g Code) Exchange(ctx context.Context, code, verifier string) (oauth2.TokenSource, error) {
	request, got := g.Config.exchange(ctx)
	token, err := g.Config.oauth2(g.RedirectURL).Exchange(request, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, g.Config.failed(ctx, "authorization code", got, err, code, verifier)
	}
	return g.Config.refreshed(ctx, token, token.RefreshToken), nil
}
