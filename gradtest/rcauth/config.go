package rcauth

import (
	"context"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// Paths of the platform's authorization server.
const (
	tokenPath     = "/restapi/oauth/token"
	revokePath    = "/restapi/oauth/revoke"
	authorizePath = "/restapi/oauth/authorize"
)

// Config identifies an app at a server.
type Config struct {
	URL          string // server, such as https://platform.ringcentral.com; a trailing slash is ignored
	ClientID     string
	ClientSecret string       // empty: a public client, which sends client_id in the form
	Client       *http.Client // sends the token requests (use the recording transport); nil: http.DefaultClient

	// Share keeps one token for several processes, sealed under a key derived from ClientSecret and the credential. Only
	// JWT and Password use it: they can request a token with their credential alone. Nil: the token stays in memory.
	Share TokenCache
}

func (c Config) address(path string) string { return strings.TrimRight(c.URL, "/") + path }

// style is explicit, because oauth2 would otherwise find out by a request that fails.
func (c Config) style() oauth2.AuthStyle {
	if c.ClientSecret == "" {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// exchange prepares one request: a context with its client for package oauth2, and the answer, which the request fills.
func (c Config) exchange(ctx context.Context) (context.Context, *answer) {
	client := *http.DefaultClient
	if c.Client != nil {
		client = *c.Client
	}
	got := new(answer)
	client.Transport = &capture{base: client.Transport, got: got}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return context.WithValue(ctx, oauth2.HTTPClient, &client), got
}
