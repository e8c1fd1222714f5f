package wire

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// UnreachableError means that a request could not be sent. It took no slot, and repeating it is safe.
type UnreachableError struct {
	Op     string // operation id, or method and path template
	Origin string // scheme and host
	Class  string // ClassRefused, ClassDNS, ClassTLS, …
	Err    error
}

// Error says what is wrong and how to fix it.
func (e *UnreachableError) Error() string {
	var fix string
	switch e.Class {
	case ClassCanceled, ClassTimeout:
		return fmt.Sprintf("wire: %s: given up while connecting to %s (%s)", e.Op, e.Origin, e.Class)
	case ClassRefused:
		fix = "check that the server runs and that RC_SERVER_URL has its host and port"
	case ClassDNS:
		fix = "check the host name in RC_SERVER_URL, and the network"
	case ClassTLS:
		fix = "check that RC_SERVER_URL has https only if the server speaks TLS, that its certificate is valid " +
			"for this name and now, and that this machine trusts its issuer (SSL_CERT_FILE)"
	default:
		fix = "check RC_SERVER_URL, the network and the proxy settings (HTTPS_PROXY)"
	}
	return fmt.Sprintf("wire: %s: %s cannot be reached (%s): %s: %s", e.Op, e.Origin, e.Class, fix, printable(e.Err))
}

// Unwrap returns Err.
func (e *UnreachableError) Unwrap() error { return e.Err }

// Timeout makes the error of an http.Client report a time-out.
func (e *UnreachableError) Timeout() bool { return e.Class == ClassTimeout }

// NoAnswerError means that a request was sent and no answer came. The server may have counted and executed it.
type NoAnswerError struct {
	Op    string
	Class string        // ClassTimeout, ClassCanceled, ClassReset, ClassEOF, ClassMalformed, …
	After time.Duration // how long after it was sent the attempt ended
	Err   error
}

// Error says what is wrong and how to fix it.
func (e *NoAnswerError) Error() string {
	after := e.After.Round(time.Millisecond)
	switch e.Class {
	case ClassCanceled:
		return fmt.Sprintf("wire: %s: cancelled %v after it was sent: the server may have counted it", e.Op, after)
	case ClassTimeout:
		return fmt.Sprintf("wire: %s: no answer in %v: try again later, or raise the time-out", e.Op, after)
	case ClassMalformed:
		return fmt.Sprintf("wire: %s: the answer is not HTTP (%s): check that RC_SERVER_URL names the platform "+
			"and not another service", e.Op, e.Class)
	case ClassBody, ClassOther:
		return fmt.Sprintf("wire: %s: no answer (%s): %s", e.Op, e.Class, printable(e.Err))
	}
	return fmt.Sprintf("wire: %s: the connection broke %v after it was sent, before an answer (%s): try again: %s",
		e.Op, after, e.Class, printable(e.Err))
}

// Unwrap returns Err.
func (e *NoAnswerError) Unwrap() error { return e.Err }

// Timeout makes the error of an http.Client report a time-out.
func (e *NoAnswerError) Timeout() bool { return e.Class == ClassTimeout }

// TokenError means that a request was not sent because there was no token for it.
type TokenError struct {
	Op  string
	Err error // the error of the token source
}

// Error says what is wrong and how to fix it.
func (e *TokenError) Error() string {
	return fmt.Sprintf("wire: %s: not sent, no token: %s", e.Op, printable(e.Err))
}

// Unwrap returns Err.
func (e *TokenError) Unwrap() error { return e.Err }

// GateError means that a request was not sent because the gate does not work. Stop: no other call will be admitted
// either.
type GateError struct {
	Op  string
	Err error // the error of the gate, which says how to fix it
}

// Error says what is wrong.
func (e *GateError) Error() string {
	return fmt.Sprintf("wire: %s: not sent, no slot could be taken: %v", e.Op, e.Err)
}

// Unwrap returns Err.
func (e *GateError) Unwrap() error { return e.Err }

// StoreError means that the record of a call could not be stored, or its slot not be settled. Stop: the platform counts
// further calls, and no record shows them.
type StoreError struct {
	Op     string
	Status int // of the answer, which the caller does not get; 0: there was none
	Err    error
}

// Error says what is wrong and how to fix it.
func (e *StoreError) Error() string {
	what := "had no answer"
	if e.Status != 0 {
		what = fmt.Sprintf("was answered %d", e.Status)
	}
	return fmt.Sprintf("wire: %s %s, but its record could not be stored: check that the ledger directory is writable "+
		"and not full, or that Redis can be reached, then run again: %v", e.Op, what, e.Err)
}

// Unwrap returns Err.
func (e *StoreError) Unwrap() error { return e.Err }

// redact replaces the URLs in a *[url.Error], which may contain private query values and ids, by scheme and host.
// Other errors are returned unchanged.
func redact(err error) error {
	u, ok := errors.AsType[*url.Error](err)
	if !ok {
		return err
	}
	host := "an unreadable URL"
	if parsed, perr := url.Parse(u.URL); perr == nil {
		host = origin(parsed)
	}
	return fmt.Errorf("%s %s: %w", u.Op, host, redact(u.Err))
}

// printable returns the text of an error without private data: the URL of a url.Error, the body of a RetrieveError.
func printable(err error) string {
	if r, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		status := 0
		if r.Response != nil {
			status = r.Response.StatusCode
		}
		return fmt.Sprintf("the token request was answered %d %s: check the credentials", status, safetext.ErrorCode(r.ErrorCode))
	}
	if errors.Is(err, context.Canceled) && !is[*url.Error](err) {
		return "cancelled"
	}
	return redact(err).Error()
}
