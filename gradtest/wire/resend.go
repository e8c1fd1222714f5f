package wire

import (
	"errors"
	"io"
	"net/http"
)

// preventResend changes out so that net/http does not send it twice, without changing the bytes that are sent. In Go
// 1.26 http.Transport re-sends a request on a closed kept-alive connection (persistConn.shouldRetryRequest) if
//
//   - it is a GET, HEAD, OPTIONS or TRACE whose body is absent or has a GetBody. Such a request gets an empty body of
//     an unknown type, with the transfer coding "identity" so that nothing is written for it (no Transfer-Encoding,
//     no Content-Length, no probing of the body).
//   - it has an Idempotency-Key in canonical spelling. Field names are case-insensitive, so the lower-case spelling
//     means the same to the server.
//   - nothing of it was written. This is allowed: the server cannot have counted it.
//
// out must be a copy that belongs to the attempt; its header is cloned before it is changed.
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

// emptyBody is an empty body that net/http does not recognize as http.NoBody.
type emptyBody struct{}

func (emptyBody) Read([]byte) (int, error)         { return 0, io.EOF }
func (emptyBody) WriteTo(io.Writer) (int64, error) { return 0, nil }
func (emptyBody) Close() error                     { return nil }
