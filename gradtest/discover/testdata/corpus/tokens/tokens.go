// Package tokens logs in by itself before each call.
package tokens

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const tokenPath = "/restapi/oauth/token"

type session struct {
	mu      sync.Mutex
	server  string
	token   string
	expires time.Time
}

func (s *session) login(ctx context.Context) error {
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.server+tokenPath, strings.NewReader(form.Encode())) // want-auth "getToken"
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var t struct{ Access_token string }
	if err := json.NewDecoder(resp.Body).Decode(&t); err != nil {
		return err
	}
	s.token = t.Access_token
	return nil
}

func (s *session) do(ctx context.Context, req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Now().After(s.expires) {
		if err := s.login(ctx); err != nil {
			return nil, err
		}
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	return http.DefaultClient.Do(req)
}

func (s *session) request(ctx context.Context, method string, segments ...string) (*http.Response, error) {
	u, err := url.Parse(s.server)
	if err != nil {
		return nil, err
	}
	u = u.JoinPath(append([]string{"restapi", "v1.0"}, segments...)...)
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, err
	}
	return s.do(ctx, req)
}

// Run calls.
func Run(ctx context.Context, server string) {
	s := &session{server: server}
	s.request(ctx, "GET", "account", "~", "extension", "~", "presence")  // want "readUserPresenceStatus"
	s.request(ctx, "POST", "account", "~", "extension", "~", "ring-out") // want "createRingOutCall"
}
