package wire

import (
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// trace is what httptrace tells of one attempt. Its hooks may still run after the attempt was given up.
type trace struct {
	dialing  atomic.Bool  // a connection was asked for: the base implements httptrace
	got      atomic.Bool  // a connection was there
	reused   atomic.Bool  // and it was a kept-alive one
	wrote    atomic.Int64 // when the headers were written, Unix nanoseconds; 0: not yet
	answered atomic.Bool  // the first byte of an answer came
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

// sentAt is when the request left, or started where that is not known.
func (t *trace) sentAt(start time.Time) time.Time {
	if n := t.wrote.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return start
}

// neverLeft reports whether the attempt provably reached no server. With a connection at hand it may have been written at any
// moment, also after it was given up, so only the lack of one proves it.
func (t *trace) neverLeft(class string) bool {
	if t.got.Load() {
		return false
	}
	return t.dialing.Load() || class == ClassRefused || class == ClassDNS
}
