package rctest

import (
	"hash/maphash"
	"net/http"
	"sync"
)

// inflight are the writes that have not been answered yet. It is safe for concurrent use.
type inflight struct {
	mu     sync.Mutex
	writes map[write]bool
}

// write is what makes two requests the same.
type write struct {
	user          *user
	method        string
	target, query string
	body          uint64 // digest
}

var digestSeed = maphash.MakeSeed()

// enter refuses a write that is identical to one that has not been answered yet. Reads, and what hands out tokens,
// pass. Of bodies the first megabyte are looked at.
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

// leave ends what enter began. Whoever reads the answer may send the same again, so it comes before the answer.
func (x *exchange) endWrite() {
	if x.write == nil {
		return
	}
	x.h.inflight.mu.Lock()
	defer x.h.inflight.mu.Unlock()
	delete(x.h.inflight.writes, *x.write)
	x.write = nil
}
