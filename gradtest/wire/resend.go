package wire

import (
	"errors"
	"io"
	"net/http"
)

// preventResend makes sure that net/http does not send out twice by itself, without changing what is sent. In Go 1.26
// http.Transport re-sends on a dead kept-alive connection (persistConn.shouldRetryRequest):
//
//   - GET, HEAD, OPTIONS and TRACE whose body is absent or has a GetBody. They get a body that is neither: empty, and with the
//     transfer coding "identity" so that nothing about it is written (no Transfer-Encoding, no Content-Length, no
//     probing of the body).
//   - requests with an Idempotency-Key, looked up by its canonical spelling. Field names are case-insensitive, so the lower-case
//     one says the same to the server.
//   - requests of which nothing was written. That is left to it: what did not leave was not counted.
//
// out must be the attempt's own copy; its header is cloned when it changes.
func preventResend(out *http.Request) {
	if safe(out.Method) {
		out.GetBody = nil
		if !hasBody(out) {
			out.Body, out.ContentLength, out.TransferEncoding = emptyBody{}, 0, []string{"identity"}
		}
		return
	}
	for _, key := range idempotencyKeys {
		if v, ok := out.Header[key.canonical]; ok {
			out.Header = out.Header.Clone()
			delete(out.Header, key.canonical)
			out.Header[key.plain] = v
		}
	}
}

var idempotencyKeys = []struct{ canonical, plain string }{
	{"Idempotency-Key", "idempotency-key"},
	{"X-Idempotency-Key", "x-idempotency-key"},
}

// resendable reports whether net/http would have sent the request again after err.
func (a *attempt) resendable(err error) bool {
	e, ok := errors.AsType[*NoAnswerError](err)
	if !ok || e.Class != ClassEOF && e.Class != ClassReset {
		return false
	}
	return a.trace.reused.Load() && !a.trace.answered.Load() && (idempotent(a.req) || a.trace.wrote.Load() == 0) &&
		(!hasBody(a.req) || a.req.GetBody != nil) && a.req.Context().Err() == nil
}

func idempotent(req *http.Request) bool {
	if safe(req.Method) {
		return true
	}
	for _, key := range idempotencyKeys {
		if _, ok := req.Header[key.canonical]; ok {
			return true
		}
	}
	return false
}

func safe(method string) bool {
	switch method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

func hasBody(req *http.Request) bool { return req.Body != nil && req.Body != http.NoBody }

// emptyBody is a body with nothing in it that net/http does not recognize as none.
type emptyBody struct{}

func (emptyBody) Read([]byte) (int, error)         { return 0, io.EOF }
func (emptyBody) WriteTo(io.Writer) (int64, error) { return 0, nil }
func (emptyBody) Close() error                     { return nil }
