package rctest

import (
	"bytes"
	"io"
	"net/http"
	"time"
)

// FaultHeader is the header of an answer that a [Fault] had a part in; its value says in a word what the fault did. Package
// gradtest/wire records by it that the answer is no evidence.
const FaultHeader = "X-Emulator-Fault"

// bufferLimit bounds how much of a body is read before its turn.
const bufferLimit = 1 << 20

// applyFaults takes a call that may go on through the faults that strike it.
func (x *exchange) applyFaults() *problem {
	wait, f := x.h.injected.strike(x)
	if f != nil && f.answers() && f.After {
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
	case !f.answers():
		return x.run()
	case x.route != nil && x.route.open && x.route.op.OAuth() && f.Status >= 400 && f.Status < 500 && f.Status != http.StatusTooManyRequests:
		x.deny(f.oauth())
		return nil
	}
	return f.problem(x)
}

// runMuted lets a call have its effect without being answered.
func (x *exchange) runMuted() {
	w := x.w
	x.w, x.muted = discard{}, true
	x.run()
	x.w, x.muted = w, false
}

// wait waits, unless the client goes away first.
func (x *exchange) wait(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	x.bufferBody() // net/http notices that a client goes away only when it has read what the client sends
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.r.Context().Done():
		return false
	}
}

// bufferBody reads the beginning of the body and puts it back.
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

// broken is the end of a body that could not be read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// dropConnection ends the call without an answer.
func (x *exchange) dropConnection(f *Fault) {
	x.fault = f
	x.w.Header().Set(FaultHeader, f.kind()) // for who logs requests on this side
	x.endWrite()
	x.h.evidence.add(x, 0)
	x.hangUp()
}

// hangUp closes the connection, of which HTTP/2 and recorders in tests know only by a panic.
func (x *exchange) hangUp() {
	conn, _, err := http.NewResponseController(x.w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}

// applyToResponse does to an answer what the fault says: its headers are set, its body is not sent. It reports whether the answer is
// to go on.
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

// discard is a writer of answers that nobody reads.
type discard struct{}

func (discard) Header() http.Header         { return make(http.Header) }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}
