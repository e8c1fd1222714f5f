package rcauth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
)

// Revoke ends the session of an access or refresh token, and with it all tokens of the session. It takes a slot of the
// auth group like any token request. Errors are of type *[Error]. The developer guide says to ignore them and not to
// repeat the call.
func Revoke(ctx context.Context, c Config, token string) error {
	form := url.Values{"token": {token}}
	if c.ClientSecret == "" {
		form.Set("client_id", c.ClientID)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address(revokePath), strings.NewReader(form.Encode()))
	if err != nil {
		return c.failed(ctx, "revoke", new(answer), err, token)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if c.ClientSecret != "" {
		req.SetBasicAuth(url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret))
	}
	ctx, got := c.exchange(ctx)
	client, _ := ctx.Value(oauth2.HTTPClient).(*http.Client)
	resp, err := client.Do(req)
	if err != nil {
		return c.failed(ctx, "revoke", got, err, token)
	}
	_ = resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return c.failed(ctx, "revoke", got, errors.New(resp.Status), token)
	}
	return nil
}
