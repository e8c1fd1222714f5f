package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// extension is the path under measurement.
const extension = "/restapi/v1.0/account/~/extension/~"

// access is the address of a server and the credentials it accepts.
type access struct{ url, id, secret, jwt string }

// parseExports reads the export lines that a server prints when it is ready.
func parseExports(text string) (access, error) {
	var a access
	fields := map[string]*string{
		"RC_SERVER_URL": &a.url, "RC_APP_CLIENT_ID": &a.id, "RC_APP_CLIENT_SECRET": &a.secret, "RC_USER_JWT": &a.jwt,
	}
	for line := range strings.Lines(text) {
		name, value, found := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "export "), "=")
		if field := fields[name]; found && field != nil {
			*field = strings.Trim(value, "'")
		}
	}
	if !strings.HasPrefix(a.url, "http://") {
		return a, fmt.Errorf("no RC_SERVER_URL in the %d bytes that the server printed", len(text))
	}
	return a, nil
}

// login gets a token with the JWT grant and reads the extension.
func login(ctx context.Context, a access) (token string, body []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	form := url.Values{"grant_type": {rctest.GrantJWT}, "assertion": {a.jwt}}
	encoded := strings.NewReader(form.Encode())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url+"/restapi/oauth/token", encoded)
	if err != nil {
		return "", nil, err
	}
	r.SetBasicAuth(a.id, a.secret)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := send(r)
	if err != nil {
		return "", nil, err
	}
	var t struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(answer, &t); err != nil {
		return "", nil, err
	}
	if r, err = http.NewRequestWithContext(ctx, http.MethodGet, a.url+extension, nil); err != nil {
		return "", nil, err
	}
	r.Header.Set("Authorization", "Bearer "+t.Token)
	body, err = send(r)
	return t.Token, body, err
}

// send returns the body of a 200.
func send(r *http.Request) ([]byte, error) {
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", r.Method, r.URL.Path, resp.Status)
	}
	return body, err
}
