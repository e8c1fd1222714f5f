package rcgo

import (
	"errors"
	"fmt"
	"sync"
	"time"

	ringcentral "github.com/ringcentral/ringcentral-go"

	"github.com/graduationkit/ringcentral/gradtest"
)

// Target is what the SDK sends its requests through: a [gradtest.Session] or a [gradtest.Call].
type Target interface {
	Gateway() string
	Credentials() gradtest.Credentials
}

// Client keeps one access token for any number of targets. The zero value is ready to use. It is safe for concurrent
// use. The clients that it returns belong to the SDK and are as safe as the SDK makes them.
type Client struct {
	mu      sync.Mutex
	token   *ringcentral.TokenInfo
	expires time.Time
}

// Lifetimes to request, in seconds. Without them the SDK sends 0, which the platform reads as ten minutes, its minimum,
// and as no refresh token.
const (
	accessTTL  = 3600
	refreshTTL = 604800
	margin     = time.Minute // a token is replaced this long before it expires
)

// For returns an authorized client of the SDK whose requests go through the target's gateway. It requests a token with
// the JWT grant if there is none or it is about to expire. The SDK drops the server's error, so the error of For cannot
// say why there is no token. The ledger's record of the token request has the status and the error code.
func (c *Client) For(t Target) (*ringcentral.RestClient, error) {
	cred := t.Credentials()
	rc := &ringcentral.RestClient{ClientID: cred.ClientID, ClientSecret: cred.ClientSecret, Server: t.Gateway()}

	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token == nil || time.Now().After(c.expires) {
		if cred.JWT == "" {
			return nil, errors.New("rcgo: no JWT to request a token with: set RC_USER_JWT")
		}
		rc.Authorize(ringcentral.GetTokenRequest{
			GrantType: "urn:ietf:params:oauth:grant-type:jwt-bearer", Assertion: cred.JWT,
			AccessTokenTtl: accessTTL, RefreshTokenTtl: refreshTTL,
		})
		if rc.Token == nil || rc.Token.AccessToken == "" {
			return nil, fmt.Errorf("rcgo: the server issued no token to client %s: "+
				"see the ledger's latest token request for the status and error code", clip(cred.ClientID))
		}
		c.token = rc.Token
		c.expires = time.Now().Add(time.Duration(rc.Token.ExpiresIn)*time.Second - margin)
	}
	rc.Token = c.token
	return rc, nil
}

// clip shortens a client id, so that it can be recognized but not copied from a log.
func clip(id string) string {
	if len(id) <= 6 {
		return id
	}
	return id[:6] + "…"
}
