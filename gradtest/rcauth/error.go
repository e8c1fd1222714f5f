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

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Error describes a failed request to the authorization server. Its text and fields contain no secret.
type Error struct {
	Grant       string        // JWT, password, refresh, authorization code; or revoke
	Status      int           // HTTP status; 0: no answer
	OAuth       string        // error of OAuth, such as invalid_client; empty: none
	Code        string        // error code of the platform, such as OAU-153; empty: none
	Description string        // the server's text, without secrets and shortened
	RetryAfter  time.Duration // zero: the server did not say
	Fix         string        // what to do

	held bool  // the request was not sent or not awaited: a limit or the context ended it
	err  error // cause, if there was no answer
}

// Error says what failed and how to fix it.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rcauth: %s", e.Grant)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": status %d", e.Status)
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

// Unwrap returns the cause if there was no answer, else nil.
func (e *Error) Unwrap() error { return e.err }

// Pause returns how long the source returns this error before it sends another request; zero: it sends one at once.
func (e *Error) Pause() time.Duration { return remembered(e) }

// failed returns the error of a request. secrets is what it sent besides the client secret.
func (c Config) failed(ctx context.Context, grant string, got *answer, err error, secrets ...string) error {
	secrets = append(secrets, c.ClientSecret)
	e := &Error{Grant: grant, Status: got.status, RetryAfter: got.retryAfter}
	if got.status == 0 {
		return c.unanswered(ctx, e, err, secrets)
	}
	if !e.read(got, secrets) || e.Status/100 == 2 && e.OAuth == "" && e.Code == "" {
		e.Fix = e.unreadable(got, secrets)
		return e
	}
	e.Fix = fixFor(e)
	return e
}

// unanswered completes the error of a request without an answer. The text of the cause is from a transport, never a
// body, so only what was sent needs to be removed. The wrapping of net/http is dropped: it only adds the URL.
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
		e.Fix = "the token request ended before there was an answer: " + text
	case strings.HasPrefix(text, "wire: "):
		e.Fix = text // it says how to fix it
	default:
		e.Fix = fmt.Sprintf("no answer from %s: check RC_SERVER_URL and the network: %s", host(c.URL), text)
	}
	return e
}

// read fills in e from the body, and reports whether that is an answer of an authorization server.
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
	e.OAuth, e.Code = safetext.ErrorCode(body.Error), safetext.ErrorCode(body.ErrorCode)
	text := body.Description
	if text == "" {
		text = body.Message
	}
	for _, inner := range body.Errors {
		if !strings.Contains(e.Code, "-") {
			e.Code = safetext.ErrorCode(inner.ErrorCode)
		}
		if text == "" {
			text = inner.Message
		}
	}
	e.Description = clean(text, secrets)
	return e.OAuth != "" || e.Code != "" || e.Description != "" || e.Status/100 == 2
}

// unreadable describes the kind of the answer without its content, and how to fix it.
func (e *Error) unreadable(got *answer, secrets []string) string {
	media, _, err := mime.ParseMediaType(got.media)
	if err != nil || strings.ContainsAny(media, " \"") {
		media = "no content type"
	}
	media = clean(media, secrets)
	what := fmt.Sprintf("%d bytes of %s, which is not an OAuth answer", len(got.body), media)
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
		return what + ": the server failed: try again later"
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
