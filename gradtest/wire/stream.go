package wire

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// patience is how long an answer, or the next part of its body, may take.
func (t *Transport) patience() time.Duration {
	if t.passes != nil {
		return longestBody
	}
	return t.cfg.Timeout
}

// streams reports whether the body of an answer is handed on as it arrives. One whose length is known and small is
// complete in a moment, and is recorded before the program gets the answer.
func (t *Transport) streams(resp *http.Response) bool {
	return t.passes != nil && resp.StatusCode/100 == 2 && resp.Body != http.NoBody &&
		(resp.ContentLength < 0 || resp.ContentLength > successPeek)
}

// stream lets the caller read the body as it arrives. The record is made, from the beginning of the body, when it has
// been read to its end or given up.
func (a *attempt) stream(r ledger.Record, resp *http.Response, body *bounded) error {
	answer := window.Answer{At: r.At, Signal: r.Signal}
	if err := a.t.cfg.Gate.Settle(context.WithoutCancel(a.req.Context()), a.call, answer); err != nil {
		return a.unrecorded(r, err)
	}
	begin := &beginning{Reader: body, room: pagePeek}
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if isJSON(media) || resp.StatusCode == http.StatusMultiStatus {
		begin.room = successPeek
	}
	resp.Body = newTail(a.req.Context(), begin, body, func(code string) error {
		r.Code, r.Partial = code, code != ""
		if code == "" {
			c := contents{whole: !begin.more}.decompressed(resp, begin.kept.Bytes(), successPeek)
			r.Code, r.Partial = judgeSuccess(a.id.operation, resp, c)
		}
		return a.unrecorded(r, a.append(r))
	})
	return nil
}

// beginning keeps the beginning of what is read.
type beginning struct {
	io.Reader
	kept bytes.Buffer
	room int  // left in kept
	more bool // than was kept
}

// pagePeek is how much of an answer that is no JSON is kept: enough to see a web page, and little for many downloads at
// once.
const pagePeek = 4 << 10

func (b *beginning) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.kept.Write(p[:min(n, b.room)])
	b.more = b.more || n > b.room
	b.room -= min(n, b.room)
	return n, err
}
