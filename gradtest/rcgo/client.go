package rcgo

import (
	"errors"
	"fmt"
	"sync"
	"time"

	ringcentral "github.com/ringcentral/ringcentral-go"

	"github.com/graduationkit/ringcentral/gradtest"
)

// Place is where a call goes: a [gradtest.Session] or a [gradtest.Call].
type Place interface {
	Gateway() string
	Credentials() gradtest.Credentials
}

// Client keeps one authorization of the SDK for any number of places. The zero value is ready. It is safe for
// concurrent use; the clients that it hands out are values of the SDK and as safe as those.
type Client struct {
	mu      sync.Mutex
	token   *ringcentral.TokenInfo
	expires time.Time
}

// The lifetimes asked for. The SDK sends 0 for a field that is not set, which the platform takes as its minimum of ten
// minutes and as no refresh token at all.
const (
	accessTTL  = 3600
	refreshTTL = 604800
	margin     = time.Minute // a token is replaced this long before it expires
)

// For returns an authorized client of the SDK whose requests go through the place's gateway. The first use authorizes by
// the JWT grant; the SDK swallows the server's error, so a missing token is all that is known: the ledger's record of
// the token call has the status and the error code.
func (c *Client) For(p Place) (*ringcentral.RestClient, error) {
	cred := p.Credentials()
	rc := &ringcentral.RestClient{ClientID: cred.ClientID, ClientSecret: cred.ClientSecret, Server: p.Gateway()}

	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token == nil || time.Now().After(c.expires) {
		if cred.JWT == "" {
			return nil, errors.New("rcgo: there is no JWT to authorize with: set RC_USER_JWT")
		}
		rc.Authorize(ringcentral.GetTokenRequest{
			GrantType: "urn:ietf:params:oauth:grant-type:jwt-bearer", Assertion: cred.JWT,
			AccessTokenTtl: accessTTL, RefreshTokenTtl: refreshTTL,
		})
		if rc.Token == nil || rc.Token.AccessToken == "" {
			return nil, fmt.Errorf("rcgo: the server gave no token to client %s: see the ledger's latest token call for the status and error code", clip(cred.ClientID))
		}
		c.token = rc.Token
		c.expires = time.Now().Add(time.Duration(rc.Token.ExpiresIn)*time.Second - margin)
	}
	rc.Token = c.token
	return rc, nil
}

// clip shows enough of a client id to recognize it.
func clip(id string) string {
	if len(id) <= 6 {
		return id
	}
	return id[:6] + "…"
}
