package rcauth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Error says why there is no token (or no revocation), and what to do. Its text and fields hold no secret.
type Error struct {
	Grant       string        // JWT, password, refresh, authorization code, revoke
	Status      int           // HTTP status; 0: no answer
	OAuth       string        // OAuth's error, such as invalid_client; empty: none
	Code        string        // the platform's code, such as OAU-153; empty: none
	Description string        // the server's words, cleaned and cut
	RetryAfter  time.Duration // zero: the server did not say
	Fix         string        // what to do

	held bool  // not sent: the transport did not let it out, or the context ended
	err  error // why there was no answer
}

// Error says what is wrong and what to do about it.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rcauth: %s", e.Grant)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": answered %d", e.Status)
	}
	for _, part := range []string{e.OAuth, e.Code} {
		if part != "" {
			b.WriteString(" " + part)
		}
	}
	if e.Description != "" {
		fmt.Fprintf(&b, " (%s)", e.Description)
	}
	fmt.Fprintf(&b, ": %s", e.Fix)
	return b.String()
}

// Unwrap is the cause where there was no answer; nil otherwise.
func (e *Error) Unwrap() error { return e.err }

// failed makes the error of a request. secrets are what it sent beside the client secret.
func (c Config) failed(ctx context.Context, grant string, got *answer, err error, secrets ...string) error {
	secrets = append(secrets, c.ClientSecret)
	e := &Error{Grant: grant, Status: got.status, RetryAfter: got.retryAfter}
	if got.status == 0 {
		return c.unanswered(ctx, e, err, secrets)
	}
	if !e.read(got, secrets) || e.Status/100 == 2 && e.OAuth == "" && e.Code == "" {
		e.Fix = e.garbage(got, secrets)
		return e
	}
	e.Fix = fixFor(e)
	return e
}

// unanswered explains a request without an answer. The cause's text is that of a transport, never a body, so only what was
// sent is taken out of it. net/http's wrapping goes: it prints the URL and says nothing more.
func (c Config) unanswered(ctx context.Context, e *Error, err error, secrets []string) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	e.err = err
	_, waiting := errors.AsType[*window.WaitError](err)
	text := conceal(err.Error(), secrets)
	switch {
	case waiting, ctx.Err() != nil:
		e.held = true
		e.Fix = "the token request ended before an answer: " + text
	case strings.HasPrefix(text, "wire: "):
		e.Fix = text // says what to do
	default:
		e.Fix = fmt.Sprintf("no answer from %s: check RC_SERVER_URL and the network: %s", host(c.URL), text)
	}
	return e
}

// read takes over what the body says; false: it is no error body.
func (e *Error) read(got *answer, secrets []string) bool {
	var body struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		ErrorCode   string `json:"errorCode"`
		Message     string `json:"message"`
		Errors      []struct {
			ErrorCode string `json:"errorCode"`
			Message   string `json:"message"`
		} `json:"errors"`
	}
	if !bytes.HasPrefix(bytes.TrimSpace(got.body), []byte("{")) {
		return false
	}
	if err := json.Unmarshal(got.body, &body); err != nil {
		if _, ok := errors.AsType[*json.UnmarshalTypeError](err); !ok {
			return false
		}
	}
	e.OAuth, e.Code = codeWord(body.Error), codeWord(body.ErrorCode)
	text := body.Description
	if text == "" {
		text = body.Message
	}
	for _, inner := range body.Errors {
		if !strings.Contains(e.Code, "-") {
			e.Code = codeWord(inner.ErrorCode)
		}
		if text == "" {
			text = inner.Message
		}
	}
	e.Description = clean(text, secrets)
	return e.OAuth != "" || e.Code != "" || e.Description != "" || e.Status/100 == 2
}

// garbage says what kind of answer it was, and never what was in it.
func (e *Error) garbage(got *answer, secrets []string) string {
	media, _, err := mime.ParseMediaType(got.media)
	if err != nil || strings.ContainsAny(media, " \"") {
		media = "no content type"
	}
	media = clean(media, secrets)
	what := fmt.Sprintf("%d bytes of %s that is no OAuth answer", len(got.body), media)
	switch {
	case len(got.body) == 0:
		what = "an empty body"
	case e.Status/100 == 2 && isObject(got.body):
		what = "JSON without an access token"
	}
	switch {
	case e.Status == 429, e.Status == 503:
		return what + ": " + waitFix(e)
	case e.Status/100 == 3:
		return "a redirect, which is not followed with credentials: set RC_SERVER_URL to the server itself"
	case e.Status >= 500:
		return what + ": the server has failed: try again later"
	}
	return what + ": check that RC_SERVER_URL names the platform and not a proxy, a sign-in page or a web site"
}

func isObject(body []byte) bool {
	var m map[string]json.RawMessage
	return json.Unmarshal(body, &m) == nil
}

func host(server string) string {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" {
		return "the server"
	}
	return u.Scheme + "://" + u.Host
}
