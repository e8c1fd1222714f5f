package rctest

import (
	"bytes"
	"io"
	"net/http"
	"time"
)

// FaultHeader is a header of every response that a [Fault] changed. Its value is the kind of the fault: drop, status,
// expire, revoke-scope, maintenance, truncate or content-type. Package gradtest/wire has a constant of the same value,
// by which it records that such a response is not evidence. Neither package imports the other; a test compares the two
// constants.
const FaultHeader = "X-Emulator-Fault"

// bufferLimit bounds how much of a body is buffered.
const bufferLimit = 1 << 20

// applyFaults runs a call that passed all checks, with the faults that hit it.
func (x *exchange) applyFaults() *problem {
	wait, f := x.h.injected.hit(x)
	if f != nil && f.replaces() && f.After {
		x.runMuted()
	}
	if !x.wait(wait) {
		x.dropConnection(&Fault{Drop: true}) // the client has gone
		return nil
	}
	if f == nil {
		return x.run()
	}
	if f.Drop {
		x.dropConnection(f)
		return nil
	}
	x.fault = f
	switch {
	case !f.replaces():
		return x.run()
	case x.route != nil && x.route.open && x.route.op.OAuth() &&
		f.Status >= 400 && f.Status < 500 && f.Status != http.StatusTooManyRequests:
		x.deny(f.oauth())
		return nil
	}
	return f.problem(x)
}

// runMuted runs a call for its effect and discards the response.
func (x *exchange) runMuted() {
	w := x.w
	x.w, x.muted = discard{}, true
	x.run()
	x.w, x.muted = w, false
}

// wait waits for d. It returns false if the client goes away first.
func (x *exchange) wait(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	x.bufferBody() // net/http only notices that a client has gone once the request body is read
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.r.Context().Done():
		return false
	}
}

// bufferBody reads the beginning of the body and puts it back in front of the rest.
func (x *exchange) bufferBody() []byte {
	if x.buffered != nil || x.r.Body == nil || x.r.Body == http.NoBody || x.r.ContentLength == 0 {
		return x.buffered
	}
	body := x.r.Body
	head, err := io.ReadAll(io.LimitReader(body, bufferLimit))
	rest := io.Reader(body)
	if err != nil {
		rest = broken{err}
	}
	x.buffered = head
	x.r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), body}
	return head
}

// broken is a reader that fails with the error of an earlier read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// dropConnection ends the call without a response.
func (x *exchange) dropConnection(f *Fault) {
	x.fault = f
	x.w.Header().Set(FaultHeader, f.kind()) // for request logs on the server side
	x.endWrite()
	x.h.evidence.add(x, 0)
	x.hangUp()
}

// hangUp closes the connection. HTTP/2 connections and recorders cannot be hijacked; for them it panics as net/http
// expects.
func (x *exchange) hangUp() {
	conn, _, err := http.NewResponseController(x.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}

// applyToResponse changes a response whose headers are set and whose body has not been sent. It returns false if it has
// sent the response itself.
func (x *exchange) applyToResponse(status int, body []byte) bool {
	f, header := x.fault, x.w.Header()
	header.Set(FaultHeader, f.kind())
	if f.ContentType != "" && header["Content-Type"] != nil {
		header["Content-Type"] = []string{f.ContentType}
	}
	if !f.Truncate {
		return true
	}
	x.h.evidence.add(x, status)
	if len(body) > 0 && x.r.Method != http.MethodHead {
		x.w.WriteHeader(status)
		_, _ = x.w.Write(body[:len(body)/2])
		_ = http.NewResponseController(x.w).Flush()
	}
	x.hangUp()
	return false
}

// discard is a ResponseWriter without effect.
type discard struct{}

func (discard) Header() http.Header         { return make(http.Header) }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}
