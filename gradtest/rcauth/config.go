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

// Config names the app at one server.
type Config struct {
	URL          string // server, such as https://platform.ringcentral.com; a trailing slash is ignored
	ClientID     string
	ClientSecret string       // empty: a public client, client_id goes in the form
	Client       *http.Client // sends the token calls (the recording transport); nil: http.DefaultClient

	// Share keeps one token for all processes that share it, sealed under a key that is derived from ClientSecret and the
	// credential. Nil: the token stays in memory. Only the grants that have a credential to ask with share, JWT and
	// Password.
	Share TokenCache
}

func (c Config) address(path string) string { return strings.TrimRight(c.URL, "/") + path }

// style is explicit, since oauth2's probing would cost a failed call.
func (c Config) style() oauth2.AuthStyle {
	if c.ClientSecret == "" {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// exchange is one token request: its client, and what it was answered.
func (c Config) exchange(ctx context.Context) (context.Context, *answer) {
	client := http.Client{}
	if c.Client != nil {
		client = *c.Client
	} else {
		client = *http.DefaultClient
	}
	got := new(answer)
	client.Transport = &capture{base: client.Transport, got: got}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return context.WithValue(ctx, oauth2.HTTPClient, &client), got
}
