package rcauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestErrors(t *testing.T) {
	const js = "application/json;charset=utf-8"
	for _, tt := range []struct {
		name   string
		status int
		media  string
		body   string
		header []string
		oauth  string
		code   string
		act    string
		keep   time.Duration
	}{
		{"unknown client", 400, js, `{"error":"invalid_client","error_description":"Invalid client: x","errors":[{"errorCode":"OAU-153","message":"m"}]}`, nil,
			"invalid_client", "OAU-153", "check RC_APP_CLIENT_ID", 60 * time.Second},
		{"grant not enabled", 400, js, `{"error":"unauthorized_client","errors":[{"errorCode":"OAU-251"}]}`, nil,
			"unauthorized_client", "OAU-251", "JWT auth flow", 60 * time.Second},
		{"the same without a code", 400, js, `{"error":"unauthorized_client"}`, nil, "unauthorized_client", "", "JWT auth flow", 60 * time.Second},
		{"JWT of another environment", 400, js, `{"error":"invalid_grant"}`, nil, "invalid_grant", "", "same environment", 60 * time.Second},
		{"sandbox client", 400, js, `{"error":"invalid_client","errors":[{"errorCode":"OAU-165"}]}`, nil, "invalid_client", "OAU-165", "production", 60 * time.Second},
		{"word on top, code within", 403, js, `{"errorCode":"AccessDenied","message":"m","errors":[{"errorCode":"CMN-408"}]}`, nil, "", "CMN-408", "ThirdPartyAppAccess", 60 * time.Second},
		{"401 bare", 401, js, `{"message":"no"}`, nil, "", "", "RC_APP_CLIENT_SECRET", 60 * time.Second},
		{"rate", 429, js, `{"errorCode":"CMN-301","message":"Request rate exceeded"}`, []string{"Retry-After", "17"}, "", "CMN-301", "wait 17s", 17 * time.Second},
		{"rate without Retry-After", 429, js, `{"errorCode":"CMN-301"}`, nil, "", "CMN-301", "wait 30s", 30 * time.Second},
		{"rate as HTML", 429, "text/html", `<html>`, []string{"Retry-After", "-5"}, "", "", "wait 30s", 30 * time.Second},
		{"overload", 503, js, `{"error":"service_unavailable"}`, []string{"Retry-After", "12"}, "service_unavailable", "", "wait 12s", 12 * time.Second},
		{"failure", 500, js, `{"errorCode":"CMN-203"}`, nil, "", "CMN-203", "try again later", 10 * time.Second},
		{"HTML", 400, "text/html", `<html><body>` + jwt + `</body></html>`, nil, "", "", "of text/html, which is not an OAuth answer", 60 * time.Second},
		{"HTML of a gateway", 502, "text/html", `<html>`, nil, "", "", "try again later", 10 * time.Second},
		{"nothing", 403, "", ``, nil, "", "", "an empty body", 60 * time.Second},
		{"garbage", 400, js, `{"error":`, nil, "", "", "not an OAuth answer", 60 * time.Second},
		{"list", 400, js, `[]`, nil, "", "", "not an OAuth answer", 60 * time.Second},
		{"wrong types", 400, js, `{"error":5,"errors":[{"errorCode":"OAU-251"}]}`, nil, "", "OAU-251", "JWT auth flow", 60 * time.Second},
		{"200 with HTML", 200, "text/html", `<html>sign in</html>`, nil, "", "", "sign-in page", 10 * time.Second},
		{"200 with text", 200, "text/plain", `hello`, nil, "", "", "text/plain", 10 * time.Second},
		{"200 with nothing", 200, js, ``, nil, "", "", "an empty body", 10 * time.Second},
		{"200 without a token", 200, js, `{"scope":"SMS"}`, nil, "", "", "without an access token", 10 * time.Second},
		{"200 with an error", 200, js, `{"error":"invalid_grant"}`, nil, "invalid_grant", "", "same environment", 10 * time.Second},
		{"redirect", 302, "text/html", ``, []string{"Location", "/login"}, "", "", "not followed", 10 * time.Second},
		{"malformed content type", 400, `text/"` + jwt + `"; a`, `<`, nil, "", "", "no content type", 60 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := newEndpoint(t, respond(tt.status, tt.media, tt.body, tt.header...))
			s := JWT(t.Context(), e.config(), jwt)
			_, err := s.Token()
			got, ok := errors.AsType[*Error](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.status, got.Status)
			assert.Equal(t, tt.oauth, got.OAuth)
			assert.Equal(t, tt.code, got.Code)
			assert.ErrorContains(t, err, tt.act)
			assert.ErrorContains(t, err, fmt.Sprintf("rcauth: JWT: status %d", tt.status))
			assert.Equal(t, tt.keep, remembered(err))
			assert.NoError(t, got.Unwrap())
			_, again := s.Token()
			assert.Equal(t, err, again)
			assert.Len(t, e.seen(), 1, "a failure is remembered")
		})
	}
}

func TestNoAnswer(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = quiet
	secure.StartTLS()
	defer secure.Close()
	refusing := func(err error) *http.Client {
		return &http.Client{Transport: transportFunc(func(*http.Request) (*http.Response, error) { return nil, err })}
	}
	wait := &window.WaitError{Group: "auth", Err: context.DeadlineExceeded}
	for _, tt := range []struct {
		name string
		c    Config
		act  string
		is   error
		keep time.Duration
	}{
		{"unreachable", Config{URL: gone.URL}, "check RC_SERVER_URL", nil, 10 * time.Second},
		{"TLS", Config{URL: secure.URL}, "certificate", nil, 10 * time.Second},
		{"bad URL", Config{URL: "::" + jwt}, "check RC_SERVER_URL", nil, 10 * time.Second},
		{"limits", Config{URL: "http://h.test", Client: refusing(wait)}, "group auth", wait, 0},
		{"recording transport", Config{URL: "http://h.test", Client: refusing(errors.New("wire: getToken: disk full"))}, "JWT: wire: getToken: disk full", nil, 10 * time.Second},
		{"a talkative transport", Config{URL: "http://h.test", Client: refusing(fmt.Errorf("sent assertion=%s with %s", jwt, url.QueryEscape(clientSecret)))}, "[secret]", nil, 10 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.c.ClientID, tt.c.ClientSecret = clientID, clientSecret
			_, err := JWT(t.Context(), tt.c, jwt).Token()
			got, ok := errors.AsType[*Error](err)
			require.True(t, ok, "%v", err)
			assert.Zero(t, got.Status)
			assert.ErrorContains(t, err, tt.act)
			if tt.is != nil {
				assert.ErrorIs(t, err, tt.is)
			}
			assert.Equal(t, tt.keep, remembered(err))
			assertNoSecret(t, err)
		})
	}
	t.Run("ended context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := JWT(ctx, Config{URL: gone.URL}, jwt).Token()
		assert.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, remembered(err))
	})
}

// TestSecretsStayInside: the server repeats what it was sent, in every member of its answer and in pieces.
func TestSecretsStayInside(t *testing.T) {
	piece := strings.Split(jwt, ".")[1]
	for _, secret := range []string{jwt, clientSecret, url.QueryEscape(clientSecret), piece, piece[:20], "RT-" + piece, "(" + jwt + ")", "assertion=" + jwt + "&x=1", jwt[:len(jwt)-5] + "..."} {
		quoted := strings.ReplaceAll(secret, `"`, `\"`)
		for _, body := range []string{
			fmt.Sprintf(`{"error":"%s","error_description":"%s"}`, quoted, quoted),
			fmt.Sprintf(`{"error":"invalid_grant","error_description":"The assertion %s is bad"}`, quoted),
			fmt.Sprintf(`{"errorCode":"%s","message":"%s","errors":[{"errorCode":"%s","message":"%s"}]}`, quoted, quoted, quoted, quoted),
			secret,
			fmt.Sprintf(`{"access_token":5,"x":"%s"}`, quoted),
		} {
			for _, status := range []int{200, 400, 401, 429, 500, 302} {
				e := newEndpoint(t, respond(status, "application/json", body))
				for grant, source := range map[string]interface{ run() error }{
					"JWT":     tokenOf(func() error { _, err := JWT(t.Context(), e.config(), jwt).Token(); return err }),
					"refresh": tokenOf(func() error { _, err := Refresh(t.Context(), e.config(), jwt).Token(); return err }),
					"code":    tokenOf(func() error { _, err := Code{Config: e.config()}.Exchange(t.Context(), jwt, piece); return err }),
				} {
					err := source.run()
					require.Error(t, err, grant)
					assertNoSecret(t, err)
				}
				e.Close()
			}
		}
	}
}

type tokenOf func() error

func (f tokenOf) run() error { return f() }

// assertNoSecret searches the texts of the whole chain.
func assertNoSecret(t *testing.T, err error) {
	t.Helper()
	text := fmt.Sprintf("%v %+v %#v", err, err, err)
	if e, ok := errors.AsType[*Error](err); ok && e.err == nil {
		text += fmt.Sprintf("%+v", *e)
	}
	forbidden := []string{clientSecret, url.QueryEscape(clientSecret)}
	forbidden = append(forbidden, append(strings.Split(jwt, "."), jwt[10:30], jwt[50:70])...)
	for _, f := range forbidden {
		assert.NotContains(t, text, f)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Invalid client: " + clientID:          "Invalid client: " + clientID,
		"Token not found":                      "Token not found",
		"a\nb\tc\x00d":                         "a b c d",
		"see https://developers.example/guide": "see https://developers.example/guide",
		"platform.devtest.ringcentral.com":     "platform.devtest.ringcentral.com",
		"value " + strings.Repeat("k", 40):     "value [secret]",
		"":                                     "",
		strings.Repeat("ab ", 200):             strings.Repeat("ab ", 66) + "ab…",
	} {
		assert.Equal(t, want, clean(in, []string{jwt, clientSecret, ""}))
	}
	assert.Equal(t, "wrong: [secret]", clean("wrong: a b c d", []string{"a b c d"}), "too short for pieces")
}

func FuzzClean(f *testing.F) {
	f.Add("the assertion " + jwt)
	f.Add("%2Bcs%2FSecret " + clientSecret)
	f.Fuzz(func(t *testing.T, text string) {
		got := clean(text, []string{jwt, clientSecret})
		assert.NotContains(t, got, jwt)
		assert.NotContains(t, got, clientSecret)
		assert.LessOrEqual(t, len([]rune(got)), longestText+1)
		assert.NotContains(t, got, "\n")
	})
}
