package rctest

import (
	"hash/maphash"
	"net/http"
	"sync"
)

// inflight has the writes whose responses have not been sent yet. It is safe for concurrent use.
type inflight struct {
	mu     sync.Mutex
	writes map[write]bool
}

// write identifies a write: two requests with equal values are identical.
type write struct {
	user          *user
	method        string
	target, query string
	body          uint64 // digest
}

var digestSeed = maphash.MakeSeed()

// beginWrite refuses a write that is identical to one in flight. Reads and OAuth requests pass. It compares the first
// megabyte of the bodies.
func (x *exchange) beginWrite() *problem {
	if x.method == http.MethodGet || x.session == nil || x.route == nil || x.route.op.OAuth() {
		return nil
	}
	w := write{
		user: x.session.user, method: x.method, target: x.escaped, query: x.r.URL.RawQuery,
		body: maphash.Bytes(digestSeed, x.bufferBody()),
	}
	f := &x.h.inflight
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writes[w] {
		x.quota = quota{}
		return problemDuplicate
	}
	if f.writes == nil {
		f.writes = make(map[write]bool)
	}
	f.writes[w] = true
	x.write = &w
	return nil
}

// endWrite ends a write. It runs before the response is sent, since the client may then repeat the write at once.
func (x *exchange) endWrite() {
	if x.write == nil {
		return
	}
	x.h.inflight.mu.Lock()
	defer x.h.inflight.mu.Unlock()
	delete(x.h.inflight.writes, *x.write)
	x.write = nil
}
