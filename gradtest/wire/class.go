package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"strings"
	"syscall"
)

// Classes of attempts without an answer: the Code of their records, and the Class of this package's errors.
const (
	ClassTimeout     = "timeout"     // no answer within the time-out, or before the deadline of the caller's context
	ClassCanceled    = "canceled"    // the caller's context was cancelled
	ClassRefused     = "refused"     // the connection was refused
	ClassDNS         = "dns"         // the host name was not resolved
	ClassTLS         = "tls"         // the handshake failed, or one side does not speak TLS
	ClassUnreachable = "unreachable" // no connection for another reason
	ClassReset       = "reset"       // the peer reset the connection
	ClassEOF         = "eof"         // the peer closed the connection before an answer
	ClassMalformed   = "malformed"   // the answer was not HTTP
	ClassBody        = "body"        // the request's own body could not be read
	ClassOther       = "other"
)

// classify returns the class of an attempt without an answer. ctx is the attempt's context, req the caller's request.
func classify(ctx context.Context, req *http.Request, err error) string {
	ended := req.Context().Err()
	switch {
	case errors.Is(ended, context.DeadlineExceeded):
		return ClassTimeout
	case ended != nil:
		return ClassCanceled
	case legacyCancel(req):
		// An http.Client with a Timeout closes this channel and sets a deadline, and either may come first.
		if _, ok := req.Context().Deadline(); ok {
			return ClassTimeout
		}
		return ClassCanceled
	case errors.Is(context.Cause(ctx), errAttemptTimeout):
		return ClassTimeout
	}
	return classOf(err)
}

func legacyCancel(req *http.Request) bool {
	select {
	//lint:ignore SA1019 http.Client uses it to cancel requests of transports that are not its own
	case <-req.Cancel:
		return true
	default:
		return false
	}
}

// peerEnded reports whether the server has ended the attempt too: it will not count it later than now.
func peerEnded(class string) bool {
	switch class {
	case ClassEOF, ClassReset, ClassMalformed, ClassTLS:
		return true
	}
	return false
}

func classOf(err error) string {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return ClassRefused
	case is[*net.DNSError](err):
		return ClassDNS
	case isTLS(err):
		return ClassTLS
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED):
		return ClassReset
	case errors.Is(err, os.ErrDeadlineExceeded), isTimeout(err):
		return ClassTimeout
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return ClassUnreachable
	}
	text := err.Error()
	switch {
	// net/http does not export the types of these errors: errServerClosedIdle and badStringError.
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed),
		strings.Contains(text, "server closed idle connection"):
		return ClassEOF
	case is[textproto.ProtocolError](err), strings.Contains(text, "malformed"), strings.Contains(text, "response headers exceeded"),
		strings.Contains(text, "unsupported transfer encoding"), strings.Contains(text, "invalid header"), strings.Contains(text, "bad Content-Length"):
		return ClassMalformed
	case is[*net.OpError](err):
		return ClassReset
	}
	return ClassOther
}

func isTLS(err error) bool {
	return is[*tls.CertificateVerificationError](err) || is[tls.RecordHeaderError](err) || is[tls.AlertError](err) ||
		is[x509.UnknownAuthorityError](err) || is[x509.HostnameError](err) || is[x509.CertificateInvalidError](err) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}

func isTimeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
