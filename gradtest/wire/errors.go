package wire

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/oauth2"
)

// UnreachableError says that a request could not leave: it took no slot, and repeating it is safe.
type UnreachableError struct {
	Op     string // operation id, or method and path template
	Origin string // scheme and host
	Class  string // ClassRefused, ClassDNS, ClassTLS, …
	Err    error
}

// Error says what is wrong and what to do about it.
func (e *UnreachableError) Error() string {
	var act string
	switch e.Class {
	case ClassCanceled, ClassTimeout:
		return fmt.Sprintf("wire: %s: given up while connecting to %s (%s)", e.Op, e.Origin, e.Class)
	case ClassRefused:
		act = "check that the server runs and that RC_SERVER_URL has its host and port"
	case ClassDNS:
		act = "check the host name in RC_SERVER_URL, and the network"
	case ClassTLS:
		act = "check that RC_SERVER_URL says https only where the server speaks TLS, that its certificate is valid for this name and now, " +
			"and that this machine trusts its issuer (SSL_CERT_FILE)"
	default:
		act = "check RC_SERVER_URL, the network and the proxy settings (HTTPS_PROXY)"
	}
	return fmt.Sprintf("wire: %s: %s cannot be reached (%s): %s: %s", e.Op, e.Origin, e.Class, act, printable(e.Err))
}

// Unwrap gives what lies behind it.
func (e *UnreachableError) Unwrap() error { return e.Err }

// Timeout makes an http.Client see a time-out as one.
func (e *UnreachableError) Timeout() bool { return e.Class == ClassTimeout }

// NoAnswerError says that a request was sent and no answer came. The server may have counted it, and done what it asked.
type NoAnswerError struct {
	Op    string
	Class string        // ClassTimeout, ClassCanceled, ClassReset, ClassEOF, ClassMalformed, …
	After time.Duration // from sending it to giving it up
	Err   error
}

// Error says what is wrong and what to do about it.
func (e *NoAnswerError) Error() string {
	after := e.After.Round(time.Millisecond)
	switch e.Class {
	case ClassCanceled:
		return fmt.Sprintf("wire: %s: cancelled %v after it was sent: the server may have counted it", e.Op, after)
	case ClassTimeout:
		return fmt.Sprintf("wire: %s: no answer in %v: try again later, or raise the time-out", e.Op, after)
	case ClassMalformed:
		return fmt.Sprintf("wire: %s: what answered does not speak HTTP (%s): check that RC_SERVER_URL names the platform and not another service", e.Op, e.Class)
	case ClassBody, ClassOther:
		return fmt.Sprintf("wire: %s: no answer (%s): %s", e.Op, e.Class, printable(e.Err))
	}
	return fmt.Sprintf("wire: %s: the connection broke %v after it was sent, before an answer (%s): try again: %s", e.Op, after, e.Class, printable(e.Err))
}

// Unwrap gives what lies behind it.
func (e *NoAnswerError) Unwrap() error { return e.Err }

// Timeout makes an http.Client see a time-out as one.
func (e *NoAnswerError) Timeout() bool { return e.Class == ClassTimeout }

// TokenError says that there was no token for a request, which was therefore not sent.
type TokenError struct {
	Op  string
	Err error // what the token source said
}

// Error says what is wrong and what to do about it.
func (e *TokenError) Error() string {
	return fmt.Sprintf("wire: %s: not sent, no token: %s", e.Op, printable(e.Err))
}

// Unwrap gives what lies behind it.
func (e *TokenError) Unwrap() error { return e.Err }

// GateError says that a request was not sent since its slot could not be taken: what keeps the limits cannot be used. Stop:
// nothing else will be admitted.
type GateError struct {
	Op  string
	Err error // what the gate said, and what to do about it
}

// Error says what is wrong.
func (e *GateError) Error() string {
	return fmt.Sprintf("wire: %s: not sent, no slot could be taken: %v", e.Op, e.Err)
}

// Unwrap gives what lies behind it.
func (e *GateError) Unwrap() error { return e.Err }

// StoreError says that the evidence of a call could not be kept, or its slot not be settled. Stop: what is sent now is
// counted by the platform and by nobody else.
type StoreError struct {
	Op     string
	Status int // of the answer that was withheld; 0: there was none
	Err    error
}

// Error says what is wrong and what to do about it.
func (e *StoreError) Error() string {
	what := "had no answer"
	if e.Status != 0 {
		what = fmt.Sprintf("was answered %d", e.Status)
	}
	return fmt.Sprintf("wire: %s %s, and the evidence of it could not be kept: see that the ledger's directory is writable and not full, or its Redis reachable, then run again: %v",
		e.Op, what, e.Err)
}

// Unwrap gives what lies behind it.
func (e *StoreError) Unwrap() error { return e.Err }

// redact returns err without the URLs that *[url.Error] prints, whose query values and ids are nobody's business: what
// is left is its verb and scheme and host. Other errors are returned as they are.
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

// printable is an error's text without what it must not show: the URL of an url.Error, the body of a RetrieveError.
func printable(err error) string {
	if r, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		status := 0
		if r.Response != nil {
			status = r.Response.StatusCode
		}
		return fmt.Sprintf("the token request was answered %d %s: check the credentials", status, cleanCode(r.ErrorCode))
	}
	if errors.Is(err, context.Canceled) && !is[*url.Error](err) {
		return "cancelled"
	}
	return redact(err).Error()
}
