package wire

import (
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// trace collects the events of one attempt. The hooks may still run after the attempt has ended.
type trace struct {
	dialing  atomic.Bool  // a connection was requested: the base supports httptrace
	got      atomic.Bool  // a connection was obtained
	reused   atomic.Bool  // and had been used before
	wrote    atomic.Int64 // when the headers were written, Unix nanoseconds; 0: not yet
	answered atomic.Bool  // the first byte of an answer arrived
}

func (t *trace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { t.dialing.Store(true) },
		GotConn: func(i httptrace.GotConnInfo) {
			t.reused.Store(i.Reused)
			t.got.Store(true)
		},
		WroteHeaders:         func() { t.wrote.Store(time.Now().UnixNano()) },
		GotFirstResponseByte: func() { t.answered.Store(true) },
	}
}

// sentAt returns when the request was sent, or start if that is not known.
func (t *trace) sentAt(start time.Time) time.Time {
	if n := t.wrote.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return start
}

// neverLeft reports whether the attempt cannot have reached a server. With a connection the request may have been
// written at any time, even after the attempt ended, so only the lack of a connection proves it.
func (t *trace) neverLeft(class string) bool {
	if t.got.Load() {
		return false
	}
	return t.dialing.Load() || class == ClassRefused || class == ClassDNS
}
