package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// errSlow is the cause of the cancelled context of an answer whose body stalls or arrives too slowly.
var errSlow = errors.New("the answer's body stalled")

// Bounds on the wait for a body, besides the time-out for each read. Only the time spent in reads counts, so a caller
// may take its time.
const (
	slowest     = 1 << 10 // bytes per second, after the first time-out
	longestBody = time.Hour
)

// closeWait is how long Close waits for the end of a body of which everything else was read.
const closeWait = 250 * time.Millisecond

// bounded is an answer's body. Its reads end with the attempt's context, and when the body stalls or arrives too
// slowly. It cancels the context when it has been read or closed.
type bounded struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   time.Duration // for the first byte of a read
	notice *notice

	spent time.Duration // waiting in reads
	got   int64
	ended bool // by io.EOF
}

// Read bounds the wait.
func (b *bounded) Read(p []byte) (int, error) {
	start := time.Now()
	cut := time.AfterFunc(b.patience(), func() { b.cancel(errSlow) })
	say := b.notice.after(b.spent)
	n, err := b.ReadCloser.Read(p)
	cut.Stop()
	say.Stop()
	b.spent += time.Since(start)
	b.got += int64(n)
	if err != nil {
		b.ended = err == io.EOF
		if !b.ended && context.Cause(b.ctx) == errSlow {
			err = fmt.Errorf("wire: %w: %d bytes arrived in %v: try again later", errSlow, b.got, b.spent.Round(time.Second))
		}
		b.cancel(nil)
	}
	return n, err
}

// patience is how long the next read may take.
func (b *bounded) patience() time.Duration {
	left := b.idle + time.Duration(float64(b.got)/slowest*float64(time.Second)) - b.spent
	return max(0, min(left, b.idle, longestBody-b.spent))
}

// Close releases the connection.
func (b *bounded) Close() error {
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}

// switched is the connection after 101 Switching Protocols. It ends with the caller's context; net/http does not watch
// that any more.
type switched struct {
	io.ReadWriteCloser
	stop   func() bool
	cancel context.CancelCauseFunc
}

// switchedBody returns the body of a 101 that was asked for.
func switchedBody(ctx context.Context, conn io.ReadWriteCloser, cancel context.CancelCauseFunc) io.ReadWriteCloser {
	return &switched{conn, context.AfterFunc(ctx, func() { _ = conn.Close() }), cancel}
}

// Close closes the connection.
func (s *switched) Close() error {
	s.stop()
	err := s.ReadWriteCloser.Close()
	s.cancel(nil)
	return err
}

// tail is a body too long to be read before the caller gets it. Its record is made when it has been read to its end or
// given up.
type tail struct {
	io.Reader
	body *bounded
	stop func() bool // of the watch on the caller's context

	once sync.Once
	keep func(code string) error
	err  error // of keep
}

// newTail returns a body with the content of all, which ends with what body has yet to read. keep is called once, with
// CodeCut unless the body was read to its end.
func newTail(ctx context.Context, all io.Reader, body *bounded, keep func(code string) error) *tail {
	t := &tail{Reader: all, body: body, keep: keep}
	t.stop = context.AfterFunc(ctx, func() { _ = t.finish(CodeCut) })
	return t
}

// Read returns the error of the record in place of the end of the body.
func (t *tail) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	switch err {
	case nil:
		return n, nil
	case io.EOF:
		if kept := t.end(""); kept != nil {
			return n, kept
		}
		return n, err
	}
	return n, errors.Join(err, t.end(CodeCut))
}

// Close gives the rest of the body up.
func (t *tail) Close() error {
	code := CodeCut
	if !t.body.ended && t.body.ctx.Err() == nil { // a decoder stops at the end of its value, just before that of the body
		t.body.idle = min(t.body.idle, closeWait)
		t.body.spent = 0
		var rest [1]byte
		if n, err := t.body.Read(rest[:]); n == 0 && err == io.EOF {
			code = ""
		}
	}
	return errors.Join(t.end(code), t.body.Close())
}

// end makes the record from the caller's goroutine.
func (t *tail) end(code string) error {
	t.stop()
	return t.finish(code)
}

// finish makes the record, once. The watch on the context calls it too, perhaps before stop is set.
func (t *tail) finish(code string) error {
	t.once.Do(func() { t.err = t.keep(code) })
	return t.err
}

// upgrades reports whether a request asks for another protocol.
func upgrades(req *http.Request) bool { return req.Header.Get("Upgrade") != "" }
