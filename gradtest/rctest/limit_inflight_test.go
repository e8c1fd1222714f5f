package rctest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestIdenticalWrites holds a write for a minute and sends others meanwhile.
func TestIdenticalWrites(t *testing.T) {
	const contact = "POST " + own + "/address-book/contact"
	for _, c := range []struct {
		name       string
		what, body string
		header     http.Header
		refused    bool
	}{
		{name: "the same", what: contact, body: `{"firstName":"A"}`, refused: true},
		{name: "the same by another content type", what: contact, body: `{"firstName":"A"}`, header: http.Header{"Content-Type": {"text/plain"}}, refused: true},
		{name: "another body", what: contact, body: `{"firstName":"B"}`},
		{name: "no body", what: contact},
		{name: "another query", what: contact + "?x=1", body: `{"firstName":"A"}`},
		{name: "another path", what: sms, body: `{"firstName":"A"}`},
		{name: "another method", what: contact, body: `{"firstName":"A"}`, header: http.Header{"X-Http-Method-Override": {"GET"}}},
		{name: "a read", what: getOwn},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newApp(t, Config{})
				a.fail(Fault{Delay: time.Minute, Times: 1})
				var first answer
				var wg sync.WaitGroup
				wg.Go(func() { first = a.call(contact, `{"firstName":"A"}`) })
				synctest.Wait()

				r := a.request(c.what, c.body)
				for name, values := range c.header {
					r.Header[name] = values
				}
				got := a.send(r)
				if c.refused {
					assert.Equal(t, 429, got.status)
					assert.Equal(t, [2]string{"CMN-304", "CMN-304"}, got.codes(t))
					assert.Empty(t, got.header.Get("X-Rate-Limit-Group"), "it has nothing to do with rate")
					assert.Empty(t, got.header.Get("Retry-After"))
				} else {
					assert.NotEqual(t, 429, got.status)
				}
				wg.Wait()
				assert.Less(t, first.status, 300, first.body)
				assert.NotEqual(t, 429, a.call(contact, `{"firstName":"A"}`).status, "the first has been answered")
				assert.Empty(t, a.h.inflight.writes)
			})
		})
	}
}

// A call that is cut off has ended too.
func TestIdenticalWriteAfterADrop(t *testing.T) {
	a := newApp(t, Config{})
	a.fail(Fault{Drop: true, Times: 1})
	assert.Panics(t, func() { a.call(sms, "{}") })
	assert.Empty(t, a.h.inflight.writes)
	assert.NotEqual(t, 429, a.call(sms, "{}").status)
}

// What is read ahead of its turn is there when its turn comes, however long it is.
func TestBodiesAreReadAheadAndWhole(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for _, n := range []int{0, 10, bufferLimit - 12, bufferLimit, bufferLimit + 1, 2 * bufferLimit} {
		body := `{"note":"` + strings.Repeat("x", n) + `"}`
		r := a.request("POST "+own+"/address-book/contact", body)
		x := &exchange{h: a.h, r: r}
		x.bufferBody()
		x.bufferBody()
		whole, err := readBody(x.r, 8*bufferLimit)
		assert.NoError(t, err)
		assert.Equal(t, len(body), len(whole))
		assert.Equal(t, body, string(whole))
	}
}

// A client that has read a response may repeat the request, even if the server has not returned from writing it.
func TestIdenticalWriteOnceTheAnswerIsOut(t *testing.T) {
	a := newApp(t, Config{})
	w := &echo{ResponseRecorder: httptest.NewRecorder()}
	const contact, body = "POST " + own + "/address-book/contact", `{"firstName":"A"}`
	w.written = func() { w.next = a.call(contact, body) }
	a.h.ServeHTTP(w, a.request(contact, body))
	assert.Less(t, w.Code, 300)
	assert.Less(t, w.next.status, 300)
	assert.NotZero(t, w.next.status)
}

// echo runs a function while a response is being written.
type echo struct {
	*httptest.ResponseRecorder
	written func()
	next    answer
}

func (e *echo) WriteHeader(status int) {
	e.ResponseRecorder.WriteHeader(status)
	e.written()
}
