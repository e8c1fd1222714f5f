package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
)

func TestRedact(t *testing.T) {
	cause := errors.New("dial failed")
	err := fmt.Errorf("app: %w", &url.Error{Op: "Get", URL: "https://user:pw@h.example/restapi/v1.0/account/123?phone=1650", Err: cause})
	got := redact(err)
	assert.Equal(t, "Get https://h.example: dial failed", got.Error())
	assert.ErrorIs(t, got, cause)
	assert.Equal(t, cause, redact(cause))
	assert.Contains(t, redact(&url.Error{Op: "Get", URL: "::", Err: cause}).Error(), "dial failed")
}

// TestNothingPersonalGetsOut sends secrets and personal data in every part of requests and answers, causes every kind
// of failure, and searches records, logs and errors for them.
func TestNothingPersonalGetsOut(t *testing.T) {
	const mark = "S3CRET"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Other", mark)
		w.Header().Set("RCRequestId", mark+" not an id")
		switch r.Header.Get("X-Do") {
		case "echo":
			w.WriteHeader(http.StatusBadRequest)
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, `{"errorCode":"CMN-101 %s","message":%q,"parameterValue":"%s"}`, mark, body, mark)
		case "drop":
			c, _, _ := http.NewResponseController(w).Hijack()
			_ = c.Close()
		case "malformed":
			c, _, _ := http.NewResponseController(w).Hijack()
			_, _ = io.WriteString(c, "HTTP "+mark+"\r\n\r\n")
			_ = c.Close()
		}
	}))
	defer server.Close()
	var shown bytes.Buffer
	store := new(memory)
	w := newScene(t, server.URL, func(c *Config) {
		c.Store = store
		c.Token = static(mark + "-token")
		c.Log = slog.New(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	send := func(rt http.RoundTripper, do string) {
		u := server.URL + "/restapi/v1.0/account/" + mark + "/unknown/" + mark + "?q=" + mark + "#" + mark
		req, err := http.NewRequest("POST", u, strings.NewReader(`{"text":"`+mark+`"}`))
		require.NoError(t, err)
		req.Header.Set("X-Do", do)
		req.Header.Set("X-HTTP-Method-Override", mark)
		req.Header.Set("Cookie", mark)
		resp, err := rt.RoundTrip(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		_, _ = fmt.Fprintf(&shown, "%v %+v\n", err, err)
	}
	for _, do := range []string{"", "echo", "drop", "malformed"} {
		send(w, do)
	}
	for _, cause := range []error{
		&oauth2.RetrieveError{Response: &http.Response{StatusCode: 400}, Body: []byte(mark), ErrorCode: mark + "1", ErrorDescription: mark},
		&url.Error{Op: "Post", URL: "https://h.example/?a=" + mark, Err: errors.New("x")},
		fmt.Errorf("app: %w", &url.Error{Op: "Post", URL: "https://h.example/?a=" + mark, Err: context.Canceled}),
	} {
		send(w.WithToken(sourceFunc(func() (*oauth2.Token, error) { return nil, cause })), "")
		send(&Transport{cfg: withBase(w.cfg, baseFunc(func(*http.Request) (*http.Response, error) { return nil, cause }))}, "")
	}
	store.before = func() error { return errors.New("disk full") }
	send(w, "")

	for _, r := range store.all() {
		_, _ = fmt.Fprintf(&shown, "%+v\n", r)
	}
	assert.Contains(t, shown.String(), "/restapi/v1.0/account/{}/{}/{}")
	for line := range strings.Lines(shown.String()) {
		assert.NotContains(t, line, mark)
	}
}

func withBase(c Config, base http.RoundTripper) Config {
	c.Base = base
	return c
}
